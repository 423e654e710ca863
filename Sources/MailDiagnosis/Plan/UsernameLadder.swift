public import MailModel
public import ProviderCatalog

/// Which other forms of the user name may be tried after a refusal, when the user asked for that. Pure.
///
/// It stops at any sign that the server counts: locked, throttled, or anything but "wrong user name or password".
public struct UsernameLadder: Sendable {
    /// How many are tried besides the first.
    public static let limit = 2

    /// Words of a server that counts, whatever its code.
    private static let signs = ["too many", "lock", "block", "attempt", "disabled", "suspend", "try again", "wait"]

    private let signatures: SignatureBase
    private let provider: String?

    /// Takes what tells a wrong user name from everything else.
    ///
    /// - Parameters:
    ///   - signatures: What the replies of servers mean.
    ///   - provider: The id of the provider, nil when it is not known.
    public init(signatures: SignatureBase, provider: String?) {
        self.signatures = signatures
        self.provider = provider
    }

    /// The forms to try, in order: the whole address, the part before the `@`, the provider's own form.
    ///
    /// - Parameters:
    ///   - address: The address.
    ///   - form: The provider's form, nil when it is not known.
    ///   - first: The name that was tried.
    /// - Returns: At most two.
    public static func forms(_ address: EmailAddress, provider form: UsernameForm?, without first: String) -> [String] {
        var result: [String] = []
        for name in [form?.template.username(for: address), address.description, address.localPart].compactMap({ $0 })
        where name != first && !result.contains(name) { result.append(name) }
        return Array(result.prefix(limit))
    }

    /// Whether a refusal leaves room for another try.
    ///
    /// - Parameters:
    ///   - reply: The server's word.
    ///   - service: The side.
    /// - Returns: True when it says "wrong user name or password" and nothing else.
    public func mayGoOn(after reply: ServerReply, _ service: MailService) -> Bool {
        let matches = signatures.matches(reply: reply, service: service, stage: .auth, provider: provider)
        guard matches.first?.signature.finding == .badCredentials else { return false }
        let words = reply.text.escaped.lowercased()
        guard !Self.signs.contains(where: words.contains) else { return false }
        let warning: Set<FindingID> = [.accountLocked, .tooManyLogins, .rateLimited, .ipBlocked]
        return !matches.contains { warning.contains($0.signature.finding) }
    }
}
