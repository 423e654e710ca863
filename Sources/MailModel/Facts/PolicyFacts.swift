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
    /// The names whose records are included, directly or through others.
    public var includes: [String]
    /// The names among them that could not be read.
    public var unreadable: [String]
    /// Whether the record allows the provider's servers; nil when it is not known how they are named.
    public var includesProvider: Bool?
    /// What is said of all other senders: `-`, `~`, `?` or `+`; nil when nothing is.
    public var allQualifier: String?

    /// Makes facts.
    public init(
        lookup: DNSResponse, recordCount: Int = 0, problems: [String] = [], lookupCount: Int = 0,
        includes: [String] = [], unreadable: [String] = [], includesProvider: Bool? = nil, allQualifier: String? = nil
    ) {
        self.lookup = lookup
        self.recordCount = recordCount
        self.problems = problems
        self.lookupCount = lookupCount
        self.includes = includes
        self.unreadable = unreadable
        self.includesProvider = includesProvider
        self.allQualifier = allQualifier
    }
}

/// The DMARC policy of the sending domain (RFC 7489).
public struct DMARCFacts: Hashable, Sendable {
    /// The look-up of `_dmarc.DOMAIN`.
    public var lookup: DNSResponse
    /// How many DMARC records there are; one is right, several count as none.
    public var recordCount: Int
    /// `none`, `quarantine` or `reject`; nil when there is no policy.
    public var policy: String?
    /// What is wrong with the record.
    public var problems: [String]

    /// Makes facts.
    public init(lookup: DNSResponse, recordCount: Int = 0, policy: String? = nil, problems: [String] = []) {
        self.lookup = lookup
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
        .field("includes", \.includes, .texts, "The names whose records are included."),
        .field("unreadable", \.unreadable, .texts, "Those among them that could not be read."),
        .field(
            "includes_provider", \.includesProvider, .optional(.bool),
            "Whether the provider's servers are allowed; null when it is not known how they are named."),
        .field("all_qualifier", \.allQualifier, .optional(.text), "What is said of all other senders: -, ~, ? or +."))
}

extension DMARCFacts {
    /// How it stands in a report.
    public static let json = JSONDescription<DMARCFacts>.object(
        DMARCFacts.init,
        .field("lookup", \.lookup, DNSResponse.json, "The look-up of _dmarc.DOMAIN."),
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
