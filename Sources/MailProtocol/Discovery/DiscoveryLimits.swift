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
