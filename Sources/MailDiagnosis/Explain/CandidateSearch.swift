import MailModel
import ProviderCatalog

/// A cause that something in a text speaks for.
struct Candidate {
    /// The signature that speaks for it.
    var match: SignatureMatch
    /// The reply that it stands in, nil for the words of a program.
    var found: FoundReply?
    /// How much it counts against the others.
    var weight: Double

    /// Makes a candidate.
    ///
    /// - Parameters:
    ///   - match: The signature.
    ///   - found: The reply, if it stands in one.
    init(_ match: SignatureMatch, found: FoundReply?) {
        self.match = match
        self.found = found
        weight = match.confidence * Self.factor(match.specificity, inReply: found != nil)
    }

    /// The cause.
    var id: FindingID { match.signature.finding }

    /// Whether words speak for it, and not a code alone.
    var hasWords: Bool { !match.signature.needles.isEmpty }

    /// Whether it rests on more than a code that says little.
    var isKnown: Bool { hasWords || isProviders || match.confidence >= 0.8 }

    /// Whether the words are those of one provider.
    var isProviders: Bool { match.specificity >= .providerCode }

    /// Words in a server's reply say more than words around it, and words say more than codes.
    private static func factor(_ specificity: Specificity, inReply: Bool) -> Double {
        switch specificity {
        case .providerText: inReply ? 1.3 : 0.95
        // What a code means at this provider outranks the default words of its software, as it does for a live reply.
        case .providerCode: 1.2
        case .softwareText: inReply ? 0.97 : 0.9
        case .codeAndText: inReply ? 0.95 : 0.85
        case .text: inReply ? 0.92 : 0.85
        case .enhancedCode: 0.75
        case .code: 0.7
        case .codeClass: 0.45
        }
    }
}

/// Collects what speaks for which cause: in each reply, and in the words around.
struct CandidateSearch {
    let catalog: Catalog
    let context: TextContext
    let replies: [FoundReply]
    let provider: String?
    let whole: String

    /// The candidates, best first; each cause once.
    func candidates() -> [Candidate] {
        var best: [FindingID: Candidate] = [:]
        for candidate in inReplies() + inWords() where isHeard(candidate) {
            if candidate.weight > best[candidate.id]?.weight ?? -1 { best[candidate.id] = candidate }
        }
        return best.values.sorted { ($0.weight, $1.id.description) > ($1.weight, $0.id.description) }
    }

    private func inReplies() -> [Candidate] {
        refusals.flatMap { found in
            catalog.signatures.matches(reply: found.reply, service: found.service, stage: nil, provider: provider)
                .filter { !Self.isProgramsWord($0) }.prefix(4).map { Candidate($0, found: found) }
        }
    }

    /// The cause that each refusal shows by itself, for a log with many.
    func causesOfReplies() -> [(line: Int, id: FindingID)] {
        var known: [String: FindingID] = [:]
        return replies.filter(\.isRefusal).compactMap { found in
            if let id = known[found.kind] { return (found.line, id) }
            guard known.count < Self.refusalLimit else { return nil }
            let best = catalog.signatures.matches(
                reply: found.reply, service: found.service, stage: nil, provider: provider
            ).first { !Self.isProgramsWord($0) }
            known[found.kind] = best?.signature.finding ?? .unknownReply
            return (found.line, best?.signature.finding ?? .unknownReply)
        }
    }

    /// Words of a program about its connection; a server that says "connection refused" means something else.
    private static func isProgramsWord(_ match: SignatureMatch) -> Bool {
        let network: Set<FindingID> = [
            .connectRefused, .connectTimeout, .wrongHost, .dnsFailure, .certInvalid, .certExpired, .certNameMismatch,
        ]
        return match.signature.service == nil && network.contains(match.signature.finding)
    }

    private func inWords() -> [Candidate] {
        let words = ServerReply(text: ServerText(whole.replacing("\n", with: " ")))
        return catalog.signatures.matches(reply: words, service: nil, stage: nil, provider: provider)
            .filter { $0.signature.pattern.isEmpty || $0.signature.needleLength >= Self.tellingLength }
            .filter { !(Self.isProgramsWord($0) && isSaidByServer($0)) }
            .map { Candidate($0, found: nil) }
    }

    private func isSaidByServer(_ match: SignatureMatch) -> Bool {
        refusals.contains { found in
            let text = Array(found.reply.text.escaped.lowercased().utf8)
            return match.signature.needles.allSatisfy { text.contains(word: $0.description.lowercased()) }
        }
    }

    /// The refusals, each wording once, whatever numbers and addresses stand in it; of very many, the last ones.
    private var refusals: [FoundReply] {
        var seen: Set<String> = []
        let different = replies.reversed().filter { $0.isRefusal && seen.insert($0.kind).inserted }
        return different.prefix(Self.refusalLimit).reversed()
    }

    private static let refusalLimit = 400

    /// Words that go with a code must be this long to count without it: `starttls` alone says nothing.
    private static let tellingLength = 12

    /// Whether a candidate counts: the same words mean something else in texts about other services, and about messages.
    private func isHeard(_ candidate: Candidate) -> Bool {
        if candidate.isProviders, candidate.hasWords, !context.isProse || candidate.found != nil { return true }
        if context.isProse { return false }
        if context.isDelivery, !candidate.hasWords { return false }
        if candidate.found != nil { return candidate.hasWords || isMailReply(candidate) }
        return !context.isAboutSomethingElse && (context.isAboutMail || context.isShort)
    }

    private func isMailReply(_ candidate: Candidate) -> Bool {
        guard let found = candidate.found else { return false }
        let isTelling = found.reply.enhancedCode != nil || found.service == .imap || found.reply.code == 535
        return isTelling || context.isAboutMail || (context.isShort && !context.isAboutSomethingElse)
    }
}
