public import MailJSON

/// The stable name of a check, such as `smtp.tls`.
public struct CheckID: Hashable, Sendable, CustomStringConvertible {
    /// The name.
    public let description: String

    /// Names a check.
    ///
    /// - Parameter name: Lower-case words joined by dots.
    public init(_ name: String) { description = name }

    /// The domain's mail exchangers.
    public static let dnsMX = CheckID("dns.mx")
    /// The domain's SPF record.
    public static let dnsSPF = CheckID("dns.spf")
    /// The domain's DMARC record.
    public static let dnsDMARC = CheckID("dns.dmarc")
    /// The keys that the provider signs the domain's mail with.
    public static let dnsDKIM = CheckID("dns.dkim")

    /// The check of one service at one stage: `smtp.connect`, `imap.tls`, ...
    ///
    /// - Parameters:
    ///   - service: The side.
    ///   - name: `connect`, `tls`, `capabilities`, `auth`, `alternatives`, `sender` or `mailboxes`.
    /// - Returns: The id.
    public static func of(_ service: MailService, _ name: String) -> CheckID { CheckID("\(service.rawValue).\(name)") }
}

extension CheckID {
    /// How it stands in a report.
    public static let json = JSONDescription<String>.text(pattern: "^[a-z]+(\\.[a-z_0-9]+)+$")
        .mapped(read: { CheckID($0) }, write: \.description)
}
