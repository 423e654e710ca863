public import FoundationEssentials
public import MailJSON

/// What stands in one certificate (RFC 5280).
public struct CertificateFacts: Hashable, Sendable {
    /// The subject's distinguished name on one line.
    public var subject: String
    /// The issuer's distinguished name on one line.
    public var issuer: String
    /// The DNS names of the subject alternative name extension.
    public var dnsNames: [String]
    /// The IP addresses of the subject alternative name extension, as text.
    public var ipAddresses: [String]
    /// Not valid before.
    public var notBefore: Date
    /// Not valid after.
    public var notAfter: Date
    /// SHA-256 of the DER form, lower-case hexadecimal.
    public var sha256: String
    /// Whether subject and issuer are the same name.
    public var isSelfIssued: Bool

    /// Makes facts.
    public init(
        subject: String, issuer: String, dnsNames: [String], ipAddresses: [String], notBefore: Date, notAfter: Date,
        sha256: String, isSelfIssued: Bool
    ) {
        self.subject = subject
        self.issuer = issuer
        self.dnsNames = dnsNames
        self.ipAddresses = ipAddresses
        self.notBefore = notBefore
        self.notAfter = notAfter
        self.sha256 = sha256
        self.isSelfIssued = isSelfIssued
    }
}

extension CertificateFacts {
    /// How it stands in a report.
    public static let json = JSONDescription<CertificateFacts>.object(
        CertificateFacts.init,
        .field("subject", \.subject, .text, "The subject's distinguished name."),
        .field("issuer", \.issuer, .text, "The issuer's distinguished name."),
        .field("dns_names", \.dnsNames, .texts, "The DNS names of the subject alternative name extension."),
        .field("ip_addresses", \.ipAddresses, .texts, "The IP addresses of that extension."),
        .field("not_before", \.notBefore, .date, "Not valid before."),
        .field("not_after", \.notAfter, .date, "Not valid after."),
        .field("sha256", \.sha256, .text, "SHA-256 of the DER form, lower-case hexadecimal."),
        .field("self_issued", \.isSelfIssued, .bool, "Whether subject and issuer are the same name."))
}
