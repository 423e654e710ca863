public import MailJSON

/// Whether the domain asks senders for TLS that can be trusted (MTA-STS, RFC 8461), and whether what it asks holds together.
public struct MTASTSFacts: Hashable, Sendable {
    /// What senders shall do with a server that the policy does not cover. The raw values are those of the policy.
    public enum Mode: String, Hashable, Sendable, CaseIterable {
        /// Not deliver to it.
        case enforce
        /// Deliver, and report.
        case testing
        /// Nothing: the domain takes its policy back.
        case none
    }

    /// What a policy says (section 3.2).
    public struct Policy: Hashable, Sendable {
        /// What senders shall do.
        public var mode: Mode
        /// How long they may keep it, in seconds.
        public var maximumAge: Int
        /// The names of the domain's mail exchangers, lower case; `*.` stands for one label.
        public var patterns: [String]

        /// Makes facts.
        public init(mode: Mode, maximumAge: Int, patterns: [String]) {
            self.mode = mode
            self.maximumAge = maximumAge
            self.patterns = patterns
        }
    }

    /// Why there is no policy though a record says so. The raw values are stable.
    public enum Problem: String, Error, Hashable, Sendable, CaseIterable {
        /// There is more than one record, which counts as none (section 3.1).
        case severalRecords = "several_records"
        /// The record has no `id`, or one that is not 1 to 32 letters and digits.
        case badRecord = "bad_record"
        /// The policy host has no address.
        case noPolicyHost = "no_policy_host"
        /// The policy host takes no connection.
        case notConnected = "not_connected"
        /// Its certificate cannot be trusted, or the TLS handshake failed.
        case notTrusted = "not_trusted"
        /// It did not answer in time, or its name could not be looked up; it may be well all the same.
        case noAnswer = "no_answer"
        /// It redirects, which senders do not follow (section 3.3).
        case redirected
        /// It answers with another status than 200.
        case badStatus = "bad_status"
        /// What it answers is not `text/plain`.
        case badMediaType = "bad_media_type"
        /// The policy is longer than 64 KiB.
        case tooLarge = "too_large"
        /// The policy is not of the version `STSv1`.
        case badVersion = "bad_version"
        /// `mode` is missing or none of the three.
        case badMode = "bad_mode"
        /// `max_age` is missing, no number, or above 31557600.
        case badMaximumAge = "bad_max_age"
        /// There is no `mx`, though the mode is not `none`, or one that is no name.
        case badPattern = "bad_mx"
    }

    /// The look-up of `_mta-sts.DOMAIN`.
    public var lookup: DNSResponse
    /// How many MTA-STS records there are; one is right.
    public var recordCount: Int
    /// The `id` of the policy.
    public var id: String?
    /// The host that was asked for the policy over https; nil when none was.
    public var policyHost: String?
    /// The policy; nil when there is none, and when it was not asked for.
    public var policy: Policy?
    /// Why there is none.
    public var problem: Problem?
    /// The domain's mail exchangers that no name in the policy covers.
    public var uncovered: [String]

    /// Makes facts.
    public init(
        lookup: DNSResponse, recordCount: Int = 0, id: String? = nil, policyHost: String? = nil,
        policy: Policy? = nil, problem: Problem? = nil, uncovered: [String] = []
    ) {
        self.lookup = lookup
        self.recordCount = recordCount
        self.id = id
        self.policyHost = policyHost
        self.policy = policy
        self.problem = problem
        self.uncovered = uncovered
    }
}

/// Where the domain wants reports about failed TLS (SMTP TLS Reporting, RFC 8460).
public struct TLSRPTFacts: Hashable, Sendable {
    /// What can be wrong. The raw values are stable.
    public enum Problem: String, Hashable, Sendable, CaseIterable {
        /// There is more than one record, which counts as none (section 3).
        case severalRecords = "several_records"
        /// There is no `rua`, or nothing in it.
        case noAddress = "no_address"
        /// `rua` holds something that is neither `mailto:` nor `https:`.
        case badAddress = "bad_address"
    }

    /// The look-up of `_smtp._tls.DOMAIN`.
    public var lookup: DNSResponse
    /// How many TLS-RPT records there are; one is right.
    public var recordCount: Int
    /// How many addresses get reports.
    public var addressCount: Int
    /// What is wrong; nil when nothing is, or when there is no record.
    public var problem: Problem?

    /// Makes facts.
    public init(lookup: DNSResponse, recordCount: Int = 0, addressCount: Int = 0, problem: Problem? = nil) {
        self.lookup = lookup
        self.recordCount = recordCount
        self.addressCount = addressCount
        self.problem = problem
    }
}

extension MTASTSFacts.Policy {
    /// How it stands in a report.
    public static let json = JSONDescription<MTASTSFacts.Policy>.object(
        MTASTSFacts.Policy.init, .field("mode", \.mode, .word("a mode of MTA-STS"), "What senders are asked to do."),
        .field("max_age", \.maximumAge, .integer, "How many seconds the policy may be kept."),
        .field("mx", \.patterns, .texts, "The names of the mail exchangers."))
}

extension MTASTSFacts {
    /// How it stands in a report.
    public static let json = JSONDescription<MTASTSFacts>.object(
        MTASTSFacts.init,
        .field("lookup", \.lookup, DNSResponse.json, "The look-up of _mta-sts.DOMAIN."),
        .field("record_count", \.recordCount, .integer, "How many records there are; one is right."),
        .field("id", \.id, .optional(.text), "The policy's id."),
        .field("policy_host", \.policyHost, .optional(.text), "The host that was asked for the policy."),
        .field("policy", \.policy, .optional(Policy.json), "The policy."),
        .field("problem", \.problem, .optional(.word("a problem of MTA-STS")), "What is wrong."),
        .field("uncovered", \.uncovered, .texts, "The mail exchangers that the policy leaves out."))
}

extension TLSRPTFacts {
    /// How it stands in a report.
    public static let json = JSONDescription<TLSRPTFacts>.object(
        TLSRPTFacts.init,
        .field("lookup", \.lookup, DNSResponse.json, "The look-up of _smtp._tls.DOMAIN."),
        .field("record_count", \.recordCount, .integer, "How many records there are; one is right."),
        .field("address_count", \.addressCount, .integer, "How many places reports go to."),
        .field("problem", \.problem, .optional(.word("a problem of TLS-RPT")), "What is wrong."))
}
