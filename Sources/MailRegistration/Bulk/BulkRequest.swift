import MailModel

/// Up to 100 accounts in one request: `POST /sender-accounts/smtp/bulk`.
///
/// Source: <https://docs.coldsend.pro/api-reference/sender-accounts/add-multiple-smtp-email-accounts>
public struct BulkRequest: Hashable, Sendable {
    /// The documented most.
    public static let most = 100

    /// The accounts, in order.
    public let accounts: [RegistrationRequest]

    /// Puts accounts together.
    ///
    /// - Parameter accounts: 1 to 100, no address twice.
    /// - Throws: `BulkInputError`.
    public init(_ accounts: [RegistrationRequest]) throws(BulkInputError) {
        guard (1...Self.most).contains(accounts.count) else { throw .count(accounts.count) }
        var places: [String: Int] = [:]
        for (place, account) in accounts.enumerated() {
            let address = account.address.description.lowercased()
            if let first = places[address] { throw .duplicate(first, place) }
            places[address] = place
        }
        self.accounts = accounts
    }

    /// The JSON text that goes on the wire. It holds all passwords: hand it to the HTTPS client only.
    var body: [UInt8] {
        Array("{\"inboxes\":[".utf8) + accounts.map(\.body).joined(separator: Array(",".utf8)) + Array("]}".utf8)
    }

    var secrets: [Secret] { Array(Set(accounts.flatMap { [$0.passwords.smtp, $0.passwords.imap] })) }
}
