public import MailJSON

/// What the SPF record of the sending domain comes to without a message (RFC 7208).
public struct SPFFacts: Hashable, Sendable {
    /// The look-up of the domain's TXT records.
    public var lookup: DNSResponse
    /// How many SPF records there are; one is right.
    public var recordCount: Int
    /// What breaks the grammar in it or in an included record, each with the name it stands at.
    public var problems: [String]
    /// How many look-ups a receiver has to make at most; 10 are allowed (section 4.6.4).
    public var lookupCount: Int
    /// How many of the names that were asked for have nothing to say; 2 are allowed (section 4.6.4).
    public var voidLookupCount: Int
    /// Why receivers give up on the record, whatever the message; nil when they do not.
    public var permanentError: SPFPermanentError?
    /// The names with macros in them: what they stand for depends on the message, so they were counted and not asked.
    public var withMacros: [String]
    /// The names whose records are included, directly or through others.
    public var includes: [String]
    /// The names among them that could not be read.
    public var unreadable: [String]
    /// Whether the record allows the provider's servers; nil when it is not known how they are named.
    public var includesProvider: Bool?
    /// What is said of all other senders: `-`, `~`, `?` or `+`; nil when nothing is.
    public var allQualifier: String?

    /// Why receivers give up, by all that is known here: reports of older versions hold no `permanentError`.
    public var fault: SPFPermanentError? {
        if let permanentError { return permanentError }
        if recordCount > 1 { return SPFPermanentError(.severalRecords, at: lookup.name) }
        if !problems.isEmpty { return SPFPermanentError(.syntax, at: lookup.name) }
        return lookupCount > 10 ? SPFPermanentError(.tooManyLookups, at: lookup.name) : nil
    }

    /// Makes facts.
    public init(
        lookup: DNSResponse, recordCount: Int = 0, problems: [String] = [], lookupCount: Int = 0,
        voidLookupCount: Int = 0, permanentError: SPFPermanentError? = nil, includes: [String] = [],
        withMacros: [String] = [], unreadable: [String] = [], includesProvider: Bool? = nil,
        allQualifier: String? = nil
    ) {
        self.lookup = lookup
        self.recordCount = recordCount
        self.problems = problems
        self.lookupCount = lookupCount
        self.voidLookupCount = voidLookupCount
        self.permanentError = permanentError
        self.includes = includes
        self.withMacros = withMacros
        self.unreadable = unreadable
        self.includesProvider = includesProvider
        self.allQualifier = allQualifier
    }
}

/// Why every receiver answers a record with `permerror` (RFC 7208, section 2.6.7), and where.
public struct SPFPermanentError: Hashable, Sendable {
    /// What is wrong. The raw values are stable.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// There is more than one record (section 4.5).
        case severalRecords = "several_records"
        /// A term breaks the grammar (section 4.6).
        case syntax
        /// It takes more than 10 look-ups (section 4.6.4).
        case tooManyLookups = "too_many_lookups"
        /// More than 2 of the names that it asks for have nothing to say (section 4.6.4).
        case tooManyVoidLookups = "too_many_void_lookups"
        /// The name of an `mx` has more than 10 exchangers (section 4.6.4).
        case tooManyExchangers = "too_many_exchangers"
        /// A record leads back to itself, so it never comes to an end within the 10 look-ups.
        case loop
        /// An `include` or `redirect` leads to a name without a record (sections 5.2 and 6.1).
        case noRecord = "no_record"
    }

    /// What is wrong.
    public var kind: Kind
    /// The name that it is wrong at.
    public var name: String

    /// Makes an error.
    public init(_ kind: Kind, at name: String) {
        self.kind = kind
        self.name = name
    }
}

/// The DMARC policy of the sending domain (RFC 7489).
public struct DMARCFacts: Hashable, Sendable {
    /// The look-up of `_dmarc.DOMAIN`.
    public var lookup: DNSResponse
    /// The look-up at the organizational domain, which counts when the domain has no record of its own (section 6.6.3);
    /// nil when it was not asked.
    public var organizationalLookup: DNSResponse?
    /// How many DMARC records there are at the name that counts; one is right, several count as none.
    public var recordCount: Int
    /// `none`, `quarantine` or `reject`, as it holds for the domain: for a subdomain, `sp` goes before `p`. nil when
    /// there is no policy.
    public var policy: String?
    /// What is wrong with the record.
    public var problems: [String]

    /// The look-up that counts.
    public var decisiveLookup: DNSResponse { organizationalLookup ?? lookup }

    /// Makes facts.
    public init(
        lookup: DNSResponse, organizationalLookup: DNSResponse? = nil, recordCount: Int = 0, policy: String? = nil,
        problems: [String] = []
    ) {
        self.lookup = lookup
        self.organizationalLookup = organizationalLookup
        self.recordCount = recordCount
        self.policy = policy
        self.problems = problems
    }
}

/// Whether the keys are there that the provider signs with (RFC 6376).
public struct DKIMFacts: Hashable, Sendable {
    /// One selector.
    public struct Selector: Hashable, Sendable {
        /// Its name.
        public var name: String
        /// What was found.
        public var state: State
        /// The look-up.
        public var lookup: DNSResponse

        /// Makes facts.
        public init(name: String, state: State, lookup: DNSResponse) {
            self.name = name
            self.state = state
            self.lookup = lookup
        }
    }

    /// What was found at a selector.
    public enum State: String, Hashable, Sendable, CaseIterable {
        /// A key.
        case key
        /// A record without a key: it was withdrawn (section 3.6.1, `p`).
        case withdrawn
        /// Nothing.
        case missing
        /// It could not be asked.
        case notKnown = "not_known"
    }

    /// The selectors that the provider hands out.
    public var selectors: [Selector]

    /// Makes facts.
    public init(selectors: [Selector]) { self.selectors = selectors }
}

extension SPFFacts {
    /// How it stands in a report.
    public static let json = JSONDescription<SPFFacts>.object(
        SPFFacts.init,
        .field("lookup", \.lookup, DNSResponse.json, "The look-up of the domain's TXT records."),
        .field("record_count", \.recordCount, .integer, "How many SPF records there are; one is right."),
        .field("problems", \.problems, .texts, "What breaks the grammar, each with the name that it stands at."),
        .field("lookup_count", \.lookupCount, .integer, "How many look-ups a receiver makes; 10 are allowed."),
        .field(
            "void_lookup_count", \.voidLookupCount, .integer, missing: 0,
            "How many of them find nothing; 2 are allowed."),
        .field(
            "permanent_error", \.permanentError, .optional(SPFPermanentError.json), missing: nil,
            "Why receivers answer the record with permerror."),
        .field("includes", \.includes, .texts, "The names whose records are included."),
        .field("with_macros", \.withMacros, .texts, missing: [], "Names that only a message makes whole."),
        .field("unreadable", \.unreadable, .texts, "Those among them that could not be read."),
        .field(
            "includes_provider", \.includesProvider, .optional(.bool),
            "Whether the provider's servers are allowed; null when it is not known how they are named."),
        .field("all_qualifier", \.allQualifier, .optional(.text), "What is said of all other senders: -, ~, ? or +."))
}

extension SPFPermanentError {
    /// How it stands in a report.
    public static let json = JSONDescription<SPFPermanentError>.object(
        SPFPermanentError.init,
        .field("kind", \.kind, .word("a kind of permerror"), "What it is."),
        .field("name", \.name, .text, "The name at which it stands."))
}

extension DMARCFacts {
    /// How it stands in a report.
    public static let json = JSONDescription<DMARCFacts>.object(
        DMARCFacts.init,
        .field("lookup", \.lookup, DNSResponse.json, "The look-up of _dmarc.DOMAIN."),
        .field(
            "organizational_lookup", \.organizationalLookup, .optional(DNSResponse.json), missing: nil,
            "The look-up at the organisational domain, when that was asked too."),
        .field("record_count", \.recordCount, .integer, "How many DMARC records there are; one is right."),
        .field("policy", \.policy, .optional(.text), "none, quarantine or reject; null when there is no policy."),
        .field("problems", \.problems, .texts, "What is wrong with the record."))
}

extension DKIMFacts.Selector {
    /// How it stands in a report.
    public static let json = JSONDescription<DKIMFacts.Selector>.object(
        DKIMFacts.Selector.init,
        .field("name", \.name, .text, "The selector."),
        .field("state", \.state, .word("a state of a selector"), "What was found."),
        .field("lookup", \.lookup, DNSResponse.json, "The look-up."))
}

extension DKIMFacts {
    /// How it stands in a report.
    public static let json = JSONDescription<DKIMFacts>.object(
        DKIMFacts.init,
        .field("selectors", \.selectors, .list(Selector.json), "The selectors that the provider hands out."))
}
