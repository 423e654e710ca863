public import MailJSON

/// How one source of evidence about the provider ended.
public enum EvidenceOutcome: String, Hashable, Sendable, CaseIterable {
    /// It said something.
    case found
    /// It has nothing on this.
    case none = "no_such_record"
    /// It says that there is nothing: a null MX, an SRV target of ".", a name that does not exist.
    case negative
    /// No answer in time.
    case timedOut = "timed_out"
    /// It does not want to answer.
    case refused
    /// It failed, or its answer makes no sense.
    case broken
    /// It answered over a channel that cannot be trusted.
    case notTrusted = "not_trusted"
    /// It was not asked, and why is in the detail.
    case notAsked = "not_asked"

    /// Whether it was asked and did not say what it knows.
    public var isSilent: Bool { self == .timedOut || self == .refused || self == .broken }
}

/// One line of the ledger: who was asked what, what came back, and what it speaks for.
public struct Evidence: Hashable, Sendable {
    /// Who can know something about a domain's mailboxes. Open: a report of a later version may name others.
    public struct Source: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
        /// The word for it in reports.
        public let rawValue: String

        /// Names a source by its word in reports.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// The word for it in reports.
        public var description: String { rawValue }
    }

    /// In which way the source was asked: what an answer is worth depends on it.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// Knowledge that is at hand: the catalogue.
        case known
        /// A record of the DNS.
        case record
        /// An alias (CNAME) in the DNS: who hosts the service, even where that is dead.
        case alias
        /// A document over https.
        case document
        /// A mail server's own words.
        case server
    }

    /// Who was asked.
    public var source: Source
    /// In which way.
    public var kind: Kind
    /// What was asked, such as `MX example.com`; for people.
    public var query: String
    /// How it ended.
    public var outcome: EvidenceOutcome
    /// What came back, in a few words; for people.
    public var detail: String
    /// The provider id it speaks for.
    public var pointsTo: String?
    /// How much it weighs, 0...1.
    public var weight: Double
    /// How long it took.
    public var duration: Duration

    /// One line; without `pointsTo` and `weight` it is no vote.
    public init(
        source: Source, kind: Kind, query: String, outcome: EvidenceOutcome, detail: String, pointsTo: String? = nil,
        weight: Double = 0, duration: Duration = .zero
    ) {
        self.source = source
        self.kind = kind
        self.query = query
        self.outcome = outcome
        self.detail = detail
        self.pointsTo = pointsTo
        self.weight = weight
        self.duration = duration
    }
}

extension Evidence.Source {
    /// The catalogue of providers.
    public static let catalogue = Self(rawValue: "catalogue")
    /// The mail exchangers (RFC 5321, section 5.1).
    public static let mx = Self(rawValue: "mx")
    /// The domain's own addresses.
    public static let address = Self(rawValue: "address")
    /// The service records of submission and IMAP (RFC 6186).
    public static let srv = Self(rawValue: "srv")
    /// Microsoft's Autodiscover (MS-OXDISCO).
    public static let autodiscover = Self(rawValue: "autodiscover")
    /// Mozilla's autoconfig (draft-ietf-mailmaint-autoconfig).
    public static let autoconfig = Self(rawValue: "autoconfig")
    /// Aliases of the usual names of mail servers.
    public static let alias = Self(rawValue: "alias")
    /// DKIM selectors (RFC 6376).
    public static let dkim = Self(rawValue: "dkim")
    /// The SPF record and what it includes (RFC 7208).
    public static let spf = Self(rawValue: "spf")
    /// Proofs of ownership in TXT records.
    public static let txt = Self(rawValue: "txt")
    /// A name that nobody has made.
    public static let wildcard = Self(rawValue: "wildcard")
    /// draft-ietf-mailmaint-pacc.
    public static let pacc = Self(rawValue: "pacc")
    /// A `mailconf=` record.
    public static let mailconf = Self(rawValue: "mailconf")
    /// The public database of settings.
    public static let ispdb = Self(rawValue: "ispdb")
    /// The directories of large providers.
    public static let realm = Self(rawValue: "realm")
    /// Servers that were tried without credentials.
    public static let probe = Self(rawValue: "probe")
    /// The registration data of the domain (RFC 9083).
    public static let rdap = Self(rawValue: "rdap")
    /// The user's own word; no line of the ledger has it, settings do.
    public static let user = Self(rawValue: "user")
}

extension Evidence {
    /// How it stands in a report.
    public static let json = JSONDescription<Evidence>.object(
        { source, kind, query, outcome, detail, pointsTo, weight, duration in
            Evidence(
                source: source, kind: kind ?? Kind(of: source, asked: query), query: query, outcome: outcome,
                detail: detail, pointsTo: pointsTo, weight: weight, duration: duration)
        },
        .field("source", \.source, Source.json, "catalogue, mx, srv, probe, ..."),
        .field("kind", \.toldKind, .some(.word("a kind of evidence")), missing: nil, "In which way it was asked."),
        .field("query", \.query, .text, "What was asked."),
        .field("outcome", \.outcome, .word("an outcome of evidence"), "How it ended."),
        .field("detail", \.detail, .text, "What came back, in a few words."),
        .field("points_to", \.pointsTo, .optional(.text), "The provider id that it speaks for."),
        .field("weight", \.weight, .fraction, "How much it weighs."),
        .field("duration_ms", \.duration, .milliseconds, "How long it took."))

    private var toldKind: Kind? { kind }
}

extension Evidence.Kind {
    /// What reports from before the kind was written down tell by the question.
    fileprivate init(of source: Evidence.Source, asked query: String) {
        switch (source, query.prefix { $0 != " " }) {
        case (_, "GET"), (_, "POST"): self = .document
        case (_, "CNAME"): self = .alias
        case (.catalogue, _): self = .known
        case (.probe, _): self = .server
        default: self = .record
        }
    }
}

extension Evidence.Source {
    /// How it stands in a report.
    public static let json = JSONDescription<String>.text
        .mapped(read: { Evidence.Source(rawValue: $0) }, write: \.rawValue)
}
