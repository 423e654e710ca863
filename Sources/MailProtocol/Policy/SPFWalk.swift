import MailModel

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
