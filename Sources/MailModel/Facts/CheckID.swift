public import MailJSON

/// The stable name of a check, such as `smtp.tls`. Open: a report of a later version may hold others.
public struct CheckID: Hashable, Sendable, CustomStringConvertible {
    /// The name.
    public let description: String

    /// Names a check by its word in reports: lower-case words joined by dots.
    public init(_ name: String) { description = name }

    private init(_ service: MailService, _ name: String) { self.init("\(service.rawValue).\(name)") }

    /// The domain's mail exchangers.
    public static let dnsMX = CheckID("dns.mx")
    /// The domain's SPF record.
    public static let dnsSPF = CheckID("dns.spf")
    /// The domain's DMARC record.
    public static let dnsDMARC = CheckID("dns.dmarc")
    /// The keys that the provider signs the domain's mail with.
    public static let dnsDKIM = CheckID("dns.dkim")
    /// The domain's MTA-STS policy.
    public static let dnsMTASTS = CheckID("dns.mta_sts")
    /// The domain's TLS-RPT record.
    public static let dnsTLSRPT = CheckID("dns.tls_rpt")

    /// Connections made for comparison, since a planned one met silence.
    public static let netControl = CheckID("net.control")

    /// Finding and connecting to a side's server, and its greeting where that comes in plaintext.
    public static func connect(_ service: MailService) -> CheckID { CheckID(service, "connect") }

    /// The TLS handshake of a side.
    public static func tls(_ service: MailService) -> CheckID { CheckID(service, "tls") }

    /// What a side's server offers on the channel of the login.
    public static func capabilities(_ service: MailService) -> CheckID { CheckID(service, "capabilities") }

    /// The login of a side.
    public static func auth(_ service: MailService) -> CheckID { CheckID(service, "auth") }

    /// What was tried in place of a side's planned endpoint.
    public static func alternatives(_ service: MailService) -> CheckID { CheckID(service, "alternatives") }

    /// The test message that the mailbox sends to itself.
    public static let sender = CheckID(.smtp, "sender")
    /// The mailbox from outside.
    public static let mailboxes = CheckID(.imap, "mailboxes")
}

extension CheckID {
    /// How it stands in a report.
    public static let json = JSONDescription<String>.text(pattern: "^[a-z]+(\\.[a-z_0-9]+)+$")
        .mapped(read: { CheckID($0) }, write: \.description)
}
