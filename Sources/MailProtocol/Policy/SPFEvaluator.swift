public import MailModel

/// What an SPF record comes to without a message (RFC 7208, section 4): the records that belong to it, what they cost a
/// receiver, and whether every receiver gives up on them.
///
/// It asks for TXT records, those of `include` and `redirect`, level by level, and where `asksForAddresses` is set also
/// for what `a`, `mx` and `exists` name, since void look-ups count. A name is asked once and counted each time that a
/// receiver would ask (section 4.6.4). Names with macros are counted and not asked. Nothing is asked beyond 10 look-ups.
///
/// ```
/// var evaluator = SPFEvaluator("example.com")
/// evaluator.questions          // [DNSQuestion("example.com", .txt)]
/// evaluator.take(response)     // "v=spf1 include:_spf.example.net mx -all"
/// evaluator.questions          // [DNSQuestion("_spf.example.net", .txt)]
/// ```
public struct SPFEvaluator: PolicyMachine {
    /// How many look-ups a receiver makes at most (section 4.6.4).
    public static let maximumLookups = 10
    /// How many void ones.
    public static let maximumVoidLookups = 2
    /// How many exchangers the name of one `mx` may have.
    public static let maximumExchangers = 10

    /// The domain.
    public let domain: String

    private let asksForAddresses: Bool
    private let follows: @Sendable (String) -> Bool
    private var answers: [DNSQuestion: DNSResponse] = [:]
    private var asked: Set<DNSQuestion>
    /// What is known by now.
    public private(set) var evaluation: SPFEvaluation
    /// What to ask now.
    public private(set) var questions: [DNSQuestion]

    /// Makes an evaluator that has asked nothing.
    ///
    /// - Parameters:
    ///   - domain: The domain, lower case.
    ///   - asksForAddresses: Whether the names of `a`, `mx` and `exists` are asked for.
    ///   - follows: Whether the record of an included name is asked for; one that is not is counted as one look-up.
    public init(
        _ domain: String, asksForAddresses: Bool = false,
        following follows: @escaping @Sendable (String) -> Bool = { _ in true }
    ) {
        self.domain = domain
        self.asksForAddresses = asksForAddresses
        self.follows = follows
        evaluation = SPFEvaluation(root: .none)
        questions = [DNSQuestion(domain, .txt)]
        asked = Set(questions)
    }

    /// Takes an answer.
    ///
    /// - Parameter response: The answer to a question that was asked, whatever it says; others are ignored.
    public mutating func take(_ response: DNSResponse) {
        let question = DNSQuestion(response.name, response.type)
        guard asked.contains(question) else { return }
        answers[question] = response
        var walk = SPFWalk(answers: answers, asksForAddresses: asksForAddresses, follows: follows)
        walk.run(from: domain)
        evaluation = walk.evaluation
        questions = walk.missing
        asked.formUnion(questions)
    }
}

/// What an `SPFEvaluator` found.
public struct SPFEvaluation: Hashable, Sendable {
    /// One record that belongs to the domain's, and where it stands.
    public struct Found: Hashable, Sendable {
        /// The look-up; its name is where the record stands.
        public var lookup: DNSResponse
        /// The record, if the look-up brought exactly one.
        public var record: SoleRecord<SPFRecord>
    }

    /// A term that breaks the grammar, and the name whose record it stands in.
    public struct Problem: Hashable, Sendable {
        /// The name.
        public var name: String
        /// The term.
        public var problem: SPFProblem
    }

    /// The domain's own record.
    public internal(set) var root: SoleRecord<SPFRecord>
    /// The domain's record and those that belong to it, as far as they were asked for, breadth first, each name once.
    public internal(set) var found: [Found] = []
    /// How many look-ups a receiver makes at most; counting stops once there are too many.
    public internal(set) var lookupCount = 0
    /// How many of the names that were asked for have nothing to say.
    public internal(set) var voidLookupCount = 0
    /// The names of `include` and `redirect`, each as often as a receiver meets it.
    public internal(set) var includes: [String] = []
    /// The names with macros that were counted and not asked, as written.
    public internal(set) var withMacros: [String] = []
    /// The names among `includes` whose record could not be read, for whatever reason.
    public internal(set) var unreadable: [String] = []
    /// The names of `include` and `redirect` that were not asked for since there were too many look-ups before.
    public internal(set) var leftOut: [String] = []
    /// The terms that break the grammar, in order, each record's once.
    public internal(set) var problems: [Problem] = []
    /// The first reason why every receiver gives up.
    public internal(set) var permanentError: SPFPermanentError?

    /// Whether there was more to follow than a receiver would.
    public var isCut: Bool { lookupCount > SPFEvaluator.maximumLookups }

    /// What is said of all other senders: the qualifier of the domain's own `all`.
    public var allQualifier: SPFMechanism.Qualifier? {
        root.record?.mechanisms.first { $0.kind == .all }?.qualifier
    }

    /// The same as the facts of a check; nil before the domain's own look-up.
    public var facts: SPFFacts? {
        found.first.map { own in
            SPFFacts(
                lookup: own.lookup, recordCount: root.count,
                problems: problems.map { "\($0.name): \($0.problem.fault.rawValue) at \"\($0.problem.term)\"" },
                lookupCount: lookupCount, voidLookupCount: voidLookupCount, permanentError: permanentError,
                includes: includes, withMacros: withMacros, unreadable: unreadable,
                allQualifier: allQualifier?.rawValue)
        }
    }

    init(root: SoleRecord<SPFRecord>) { self.root = root }
}
