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

/// One walk through the records of a domain as far as answers are there, breadth first. What is missing is left open.
struct SPFWalk {
    /// What was found.
    private(set) var evaluation = SPFEvaluation(root: .none)
    /// What is missing, each question once; nothing once there are too many look-ups.
    private(set) var missing: [DNSQuestion] = []

    private let answers: [DNSQuestion: DNSResponse]
    private let asksForAddresses: Bool
    private let follows: (String) -> Bool
    private var pending: [Place] = []

    /// A name whose record is to be read, and the names that led there.
    private struct Place {
        var name: String
        var path: [String]
    }

    init(answers: [DNSQuestion: DNSResponse], asksForAddresses: Bool, follows: @escaping (String) -> Bool) {
        self.answers = answers
        self.asksForAddresses = asksForAddresses
        self.follows = follows
    }

    /// Walks. Once a receiver would have given up, what was asked before is still read and nothing more is opened.
    ///
    /// - Parameter domain: The domain.
    mutating func run(from domain: String) {
        pending = [Place(name: domain, path: [])]
        while !pending.isEmpty { visit(pending.removeFirst()) }
        if evaluation.isCut { missing = [] }
    }

    private mutating func visit(_ place: Place) {
        guard let response = answer(DNSQuestion(place.name, .txt)) else { return }
        let isRoot = place.path.isEmpty
        let sole = SPFRecord.sole(in: response.texts)
        let isNew = !evaluation.found.contains { $0.lookup.name == place.name }
        if isRoot { evaluation.root = sole }
        if isNew { evaluation.found.append(SPFEvaluation.Found(lookup: response, record: sole)) }
        switch sole {
        case .one(let record):
            if isNew { note(record.problems, at: place.name) }
            read(record, at: place)
        case .several:
            if !isRoot { leaveOut(place.name) }
            fail(.severalRecords, at: place.name)
        case .none:
            guard !isRoot else { return }
            leaveOut(place.name)
            if response.isVoid { countVoid(at: place.name) }
            if response.isAnswered { fail(.noRecord, at: place.name) }
        }
    }

    /// Follows a record's terms in order, as far as a receiver would.
    private mutating func read(_ record: SPFRecord, at place: Place) {
        if !evaluation.isCut { evaluation.lookupCount += record.lookupCost }
        guard !evaluation.isCut else {
            fail(.tooManyLookups, at: place.name)
            evaluation.leftOut += record.links.filter(follows)
            return
        }
        for mechanism in record.tested where mechanism.costsLookup {
            if mechanism.domain?.hasMacros == true {
                evaluation.withMacros.append(mechanism.domain?.description ?? "")
            } else if case .include(let target) = mechanism.kind {
                follow(target, from: place)
            } else if asksForAddresses {
                ask(mechanism, at: place.name)
            }
        }
        guard let redirect = record.effectiveRedirect else { return }
        if redirect.hasMacros {
            evaluation.withMacros.append(redirect.description)
        } else {
            follow(redirect, from: place)
        }
    }

    private mutating func follow(_ target: SPFDomain, from place: Place) {
        guard let name = target.macroSuffix else { return }
        evaluation.includes.append(name)
        let path = place.path + [place.name]
        guard !path.contains(name) else { return fail(.loop, at: name) }
        if follows(name) { pending.append(Place(name: name, path: path)) }
    }

    /// Whether `a`, `mx` and `exists` name something. A receiver asks for the family of its client's address, so a name
    /// is void only when it has none of both.
    private mutating func ask(_ mechanism: SPFMechanism, at place: String) {
        let name = mechanism.domain?.macroSuffix ?? place
        switch mechanism.kind {
        case .a:
            guard answer(DNSQuestion(name, .a))?.isVoid == true, answer(DNSQuestion(name, .aaaa))?.isVoid == true else {
                return
            }
            countVoid(at: name)
        case .exists: if answer(DNSQuestion(name, .a))?.isVoid == true { countVoid(at: name) }
        case .mx:
            guard let response = answer(DNSQuestion(name, .mx)) else { return }
            if response.isVoid { countVoid(at: name) }
            if response.records.count > SPFEvaluator.maximumExchangers { fail(.tooManyExchangers, at: name) }
        case .all, .include, .ptr, .ip4, .ip6: break
        }
    }

    private mutating func answer(_ question: DNSQuestion) -> DNSResponse? {
        if let answer = answers[question] { return answer }
        if !evaluation.isCut, !missing.contains(question) { missing.append(question) }
        return nil
    }

    private mutating func note(_ problems: [SPFProblem], at name: String) {
        evaluation.problems += problems.prefix(4).map { SPFEvaluation.Problem(name: name, problem: $0) }
        if !problems.isEmpty { fail(.syntax, at: name) }
    }

    private mutating func leaveOut(_ name: String) {
        if !evaluation.unreadable.contains(name) { evaluation.unreadable.append(name) }
    }

    private mutating func countVoid(at name: String) {
        evaluation.voidLookupCount += 1
        if evaluation.voidLookupCount > SPFEvaluator.maximumVoidLookups { fail(.tooManyVoidLookups, at: name) }
    }

    private mutating func fail(_ kind: SPFPermanentError.Kind, at name: String) {
        if evaluation.permanentError == nil { evaluation.permanentError = SPFPermanentError(kind, at: name) }
    }
}
