import MailModel
import ProviderCatalog

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

    /// The refusals, each wording once; of a long log the first and the last ones.
    private var refusals: [FoundReply] {
        var seen: Set<ServerReply> = []
        let different = replies.filter { $0.isRefusal && seen.insert($0.reply).inserted }
        return different.count <= Self.refusalLimit
            ? different : Array(different.prefix(Self.refusalLimit / 2) + different.suffix(Self.refusalLimit / 2))
    }

    private static let refusalLimit = 24

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
