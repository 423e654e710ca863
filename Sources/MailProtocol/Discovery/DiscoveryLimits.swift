import FoundationEssentials

/// What a document or record may measure at most. Whoever answers for a domain writes it, so it is not trusted.
///
/// The figures leave room: a document that lists 200 domains, more than any known one, takes about 10 KiB.
enum DiscoveryLimits {
    /// Octets of a document; above this it is refused before it is parsed.
    static let octets = 256 * 1024
    /// Elements inside each other.
    static let depth = 16
    /// Elements in all.
    static let elements = 2000
    /// Octets of text in one element, and of all the attributes of one element.
    static let text = 16 * 1024
    /// Server sections that are looked at, the first ones.
    static let sections = 32
    /// Octets of a user name (RFC 5321, section 4.5.3.1: 64 + "@" + 255).
    static let username = 320
    /// Octets of a URL.
    static let url = 2048
    /// Octets of a TXT record that is read.
    static let record = 8192
}

/// A URL that a record or document may send us to.
enum SecureURL {
    /// Checks a URL (RFC 3986, RFC 9110 section 4.2.2).
    ///
    /// - Parameter text: The URL.
    /// - Returns: The URL as written. Nil unless it is `https`, names a fully qualified host, and carries neither user
    ///   information nor anything but visible ASCII.
    static func checked(_ text: String) -> String? {
        guard text.utf8.count <= DiscoveryLimits.url, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
            let parts = URLComponents(string: text), parts.scheme?.lowercased() == "https",
            let host = parts.host, HostName.checked(host) != nil,
            parts.user == nil, parts.password == nil, (1...65535).contains(parts.port ?? 443)
        else { return nil }
        return text
    }
}

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
