/// What else, besides mail domains and exchangers, gives a provider away.
///
/// Host names stand for themselves and the names below them. When `dkimCNAME` is given, a selector counts only if its
/// record is an alias into one of those names.
public struct Fingerprints: Hashable, Sendable {
    /// Names in `include:` or `redirect=` of an SPF record (RFC 7208).
    public var spfInclude: [String] = []
    /// DKIM selectors (RFC 6376) that the provider hands out.
    public var dkimSelector: [String] = []
    /// Where the records of those selectors are aliases to.
    public var dkimCNAME: [String] = []
    /// Where `autodiscover.` and the domain is an alias to.
    public var autodiscoverCNAME: [String] = []
    /// Where `autoconfig.` and the domain is an alias to.
    public var autoconfigCNAME: [String] = []
    /// Beginnings of TXT records that prove ownership of the domain.
    public var txtPrefix: [String] = []
    /// Words in the greeting of the SMTP or IMAP server.
    public var greeting: [String] = []
    /// Names in the certificate of the SMTP or IMAP server.
    public var certificateName: [String] = []

    /// No fingerprints.
    public init() {}

    /// Reads `fingerprints`.
    init(_ object: JSONObject) throws(CatalogError) {
        let keys: [(String, WritableKeyPath<Fingerprints, [String]>)] = [
            ("spf_include", \.spfInclude), ("dkim_selector", \.dkimSelector), ("dkim_cname", \.dkimCNAME),
            ("autodiscover_cname", \.autodiscoverCNAME), ("autoconfig_cname", \.autoconfigCNAME),
            ("txt_prefix", \.txtPrefix), ("greeting", \.greeting), ("certificate_name", \.certificateName),
        ]
        try object.allow([], optional: keys.map(\.0))
        for (key, property) in keys { self[keyPath: property] = try object.texts(key) }
    }

    /// Whether there is none.
    public var isEmpty: Bool { self == Fingerprints() }
}
