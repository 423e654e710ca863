public import MailModel

/// What a check is called where people read it.
public enum CheckTitle {
    /// The title of a check.
    ///
    /// - Parameter id: The check.
    /// - Returns: Its title; the id itself for a check that has none, such as one from a newer report.
    public static func title(of id: CheckID) -> String { titles[id.description] ?? id.description }

    private static let titles: [String: String] = [
        "dns.mx": "Mail exchangers",
        "dns.spf": "SPF record",
        "dns.dmarc": "DMARC record",
        "dns.dkim": "DKIM keys",
        "dns.mta_sts": "MTA-STS policy",
        "dns.tls_rpt": "TLS-RPT record",
        "net.control": "Other hosts",
        "smtp.connect": "SMTP connection",
        "smtp.tls": "SMTP encryption",
        "smtp.capabilities": "SMTP capabilities",
        "smtp.auth": "SMTP login",
        "smtp.alternatives": "Other SMTP servers",
        "smtp.sender": "SMTP sender",
        "imap.connect": "IMAP connection",
        "imap.tls": "IMAP encryption",
        "imap.capabilities": "IMAP capabilities",
        "imap.auth": "IMAP login",
        "imap.alternatives": "Other IMAP servers",
        "imap.mailboxes": "IMAP mailboxes",
    ]
}
