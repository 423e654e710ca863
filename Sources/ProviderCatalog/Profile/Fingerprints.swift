public import MailJSON

/// What else, besides mail domains and exchangers, gives a provider away.
///
/// Host names stand for themselves and the names below them. When `dkimCNAME` is given, a selector counts only if its
/// record is an alias into one of those names.
public struct Fingerprints: Hashable, Sendable {
    /// Names in `include:` or `redirect=` of an SPF record (RFC 7208).
    public var spfInclude: [String]
    /// DKIM selectors (RFC 6376) that the provider hands out.
    public var dkimSelector: [String]
    /// Where the records of those selectors are aliases to.
    public var dkimCNAME: [String]
    /// Where `autodiscover.` and the domain is an alias to.
    public var autodiscoverCNAME: [String]
    /// Where `autoconfig.` and the domain is an alias to.
    public var autoconfigCNAME: [String]
    /// Beginnings of TXT records that prove ownership of the domain.
    public var txtPrefix: [String]
    /// Words in the greeting of the SMTP or IMAP server.
    public var greeting: [String]
    /// Names in the certificate of the SMTP or IMAP server.
    public var certificateName: [String]

    /// Whether there is none.
    public var isEmpty: Bool { self == Fingerprints() }
}

extension Fingerprints {
    /// No fingerprints.
    public init() {
        self.init(
            spfInclude: [], dkimSelector: [], dkimCNAME: [], autodiscoverCNAME: [], autoconfigCNAME: [], txtPrefix: [],
            greeting: [], certificateName: [])
    }

    /// How they stand in a profile.
    public static let json = JSONDescription<Fingerprints>.object(
        Fingerprints.init(
            spfInclude:dkimSelector:dkimCNAME:autodiscoverCNAME:autoconfigCNAME:txtPrefix:greeting:certificateName:),
        .field("spf_include", \.spfInclude, .filledTexts, missing: [], "Names that SPF records include."),
        .field("dkim_selector", \.dkimSelector, .filledTexts, missing: [], "DKIM selectors that it hands out."),
        .field("dkim_cname", \.dkimCNAME, .filledTexts, missing: [], "Where the records of those are aliases to."),
        .field(
            "autodiscover_cname", \.autodiscoverCNAME, .filledTexts, missing: [], "Where autodiscover.DOMAIN leads."),
        .field("autoconfig_cname", \.autoconfigCNAME, .filledTexts, missing: [], "Where autoconfig.DOMAIN leads."),
        .field("txt_prefix", \.txtPrefix, .filledTexts, missing: [], "Beginnings of TXT records that prove ownership."),
        .field("greeting", \.greeting, .filledTexts, missing: [], "Words in the greeting of a server."),
        .field(
            "certificate_name", \.certificateName, .filledTexts, missing: [], "Names in the certificate of a server."))
}
