/// A TXT record that names the URL of an `AutoconfigDocument`: `mailconf=https://example.com/mail/config-v1.1.xml`.
///
/// An early idea of Mozilla's format that never reached its draft, and is still published
/// (https://wiki.mozilla.org/Thunderbird:Autoconfiguration:DNSBasedLookup).
public struct MailconfRecord: Hashable, Sendable {
    /// The URL, `https` only.
    public let url: String

    /// Reads a record. Nil for other records and for every URL that is not a plain `https` one.
    ///
    /// - Parameter record: The text of a TXT record.
    public init?(record: String) {
        let octets = ASCII.trimmed(record.utf8.prefix(DiscoveryLimits.record))
        let prefix = "mailconf="
        guard ASCII.keyword(octets.prefix(prefix.utf8.count)) == prefix.uppercased() else { return nil }
        let text = String(decoding: octets.dropFirst(prefix.utf8.count), as: UTF8.self)
        guard let url = SecureURL.checked(text) else { return nil }
        self.url = url
    }

    /// The first such record among others.
    ///
    /// - Parameter records: The texts of all TXT records of the domain.
    /// - Returns: The record, nil when there is none.
    public static func first(in records: [String]) -> MailconfRecord? {
        records.lazy.compactMap { MailconfRecord(record: $0) }.first
    }
}
