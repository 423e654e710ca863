import MailModel
import ProviderCatalog

/// Decides which causes are told, in which order and how sure.
struct Causes {
    let catalog: Catalog
    let context: TextContext
    let evidence: EvidenceText
    let replies: [FoundReply]
    let provider: String?
    let weighing: Weighing
    let whoseWork: WhoseWork

    /// Lines that are looked through for hints, from the end.
    private static let lineLimit = 400
    /// Causes that are told at most.
    private static let limit = 3
    /// From here on a cause is told as known.
    private static let known = 0.6
    /// The most that can be said when nothing tells the causes apart.
    private static let unsure = 0.55

    /// The findings, best first; never empty.
    func findings() -> [Finding] {
        let best = weighing.causes.first
        let isKnown = best.map { $0.candidate?.isKnown ?? true || $0.clue?.weight ?? 0 >= Self.tellingClue } ?? false
        if let calm = weighing.calm, calm.weight >= (isKnown ? best?.weight ?? 0 : leastCalm) {
            return calmed(calm)
        }
        if let general = general(best, isKnown: isKnown) { return general }
        if !isKnown, !context.isProse, let guessed = guessed() { return guessed }
        guard let best else { return nothingMatched() }
        if let wrapper = wrapper(of: best) { return wrapped(wrapper) }
        if context.isDelivery, isAboutMessage(best) { return [notAnAccountProblem(confidence: 0.7)] }
        if whoseWork.isRecipients(best) { return delivered(best) }
        var result = told(best)
        if isDoubtful(best) {
            result = result.map(Self.asGuess)
        } else if isKnown {
            result[0].confidence = max(result[0].confidence, Self.unsure)
        }
        let decision = DecisionWords.sentence(for: best, reply: best.candidate?.found, wrappers: weighing.wrappers)
        result[0].detail += (result[0].detail.isEmpty ? "" : " ") + decision
        let others = weighing.causes.dropFirst().filter { $0.id != .unknownReply }
        for other in others where other.weight >= best.weight * 0.5 { append(finding(other), to: &result) }
        guard (result.first?.confidence ?? 0) < 0.9 else { return ranked(result) }
        let first = result.first
        if isDoubtful(best) { append(notAnAccountProblem(confidence: 0.35), to: &result) }
        for other in Alternatives.to(best.id, service: first?.service) {
            let confidence = min(other.confidence, (first?.confidence ?? 1) * 0.8)
            append(
                CandidateWords.finding(
                    other.id, confidence: confidence, service: first?.service, stage: first?.stage), to: &result)
        }
        return ranked(result)
    }

    /// A list of codes, a change of a program or an article, in which no server's refusal stands: it speaks of failures, and
    /// shows none that somebody met. An article that names a cause may be somebody's who followed one: that is left to doubt.
    private func general(_ best: WeighedCause?, isKnown: Bool) -> [Finding]? {
        let isGeneral = evidence.listsCodes || evidence.showsChange || context.isArticle && !isKnown
        guard isGeneral, evidence.listsCodes && !isKnown || !replies.contains(where: { $0.isRefusal && isOfMail($0) })
        else { return nil }
        let kind = evidence.showsChange ? "change" : "article"
        var finding = notAnAccountProblem(confidence: isKnown ? 0.6 : evidence.listsCodes ? 0.75 : 0.65)
        let words = CalmWords.words(for: "signature:cue.calm." + kind)
        finding.detail = words.detail
        finding.remedy = Remedy(who: words.who, steps: [.text(words.step)])
        var result = [finding]
        if isKnown, let best { append(Self.asGuess(self.finding(best)), to: &result) }
        return result
    }

    /// Calm words that are no more than likely leave the cause that they outweighed to be seen, as a guess.
    private func calmed(_ calm: WeighedCause) -> [Finding] {
        var result = [notAnAccount(calm)]
        guard calm.weight < Self.sureCalm, let rival = weighing.causes.first, rival.id != .unknownReply,
            rival.weight >= 0.6, context.isAboutMail
        else { return result }
        append(Self.asGuess(finding(rival)), to: &result)
        return result
    }

    /// From here on calm words stand alone.
    private static let sureCalm = 0.85

    /// What a server met that hands mail on is its recipients' first, and a guess about ours.
    private func delivered(_ best: WeighedCause) -> [Finding] {
        var result = [notAnAccountProblem(confidence: 0.55)]
        append(Self.asGuess(finding(best)), to: &result)
        return result
    }

    /// What calm words must weigh where no reason is known: a step that went well says little beside a program that complains.
    private var leastCalm: Double { weighing.wrappers.contains { $0.weight >= 0.4 } ? 0.7 : 0 }

    /// What is told where the text leaves open whether it is about an account at all.
    private static let doubt = 0.48

    private static func asGuess(_ finding: Finding) -> Finding {
        var finding = finding
        finding.confidence = min(finding.confidence, doubt)
        return finding
    }

    /// Whether a cause may be another's: words of a system in a text that does not speak of mail, or what a server met on
    /// its way to a recipient or in its own log, where nobody of ours logged in.
    private func isDoubtful(_ best: WeighedCause) -> Bool {
        MailEvidence(catalog: catalog, context: context, evidence: evidence).isMissing(for: best)
            || whoseWork.isAnothers(best) || context.isArticle || evidence.showsChange
    }

    /// Words around from this weight on name a cause by themselves.
    private static let tellingClue = 0.5

    /// What words hint at, in the last refusal or, without one, in the last line that complains.
    private func guessed() -> [Finding]? {
        let search = HintSearch(catalog.cues.hints)
        let refusal = replies.last { $0.isRefusal && isOfMail($0) }
        var causes = refusal.map { search.causes(in: $0.reply.text.escaped) } ?? []
        let isWrapped = weighing.wrappers.contains { $0.weight > 0.37 }
        if causes.isEmpty, !isWrapped, context.isAboutMail, !context.isAboutSomethingElse, !context.isDelivery {
            causes =
                lines.suffix(Self.lineLimit).reversed().lazy.filter(complains)
                .map { search.causes(in: String(decoding: $0, as: UTF8.self)) }.first { !$0.isEmpty } ?? []
        }
        guard let first = causes.first else { return nil }
        if first == .notAnAccountProblem || (context.isDelivery && !Self.ofLogin.contains(first)) {
            return [notAnAccountProblem(confidence: 0.6)]
        }
        let service = refusal?.service ?? context.service
        var findings = [
            CandidateWords.finding(first, confidence: HintSearch.confidence, service: service, stage: stage)
        ]
        findings[0].serverText = refusal?.reply.quoted
        let others =
            causes.dropFirst().map { ($0, 0.35) }
            + Alternatives.to(first, service: service).map { ($0.id, $0.confidence) }
        if refusal == nil { append(notAnAccountProblem(confidence: 0.36), to: &findings) }
        for (id, confidence) in others where id != .notAnAccountProblem {
            append(CandidateWords.finding(id, confidence: confidence, service: service, stage: stage), to: &findings)
        }
        return ranked(findings)
    }

    /// The first stays the first; what else it can be follows by likelihood.
    private func ranked(_ findings: [Finding]) -> [Finding] {
        let others = findings.dropFirst().enumerated().sorted {
            ($0.element.confidence, -$0.offset) > ($1.element.confidence, -$1.offset)
        }
        return Array((findings.prefix(1) + others.map(\.element)).prefix(Self.limit))
    }

    /// Whether a reply is one of a mail server: some codes are those of other protocols too.
    private func isOfMail(_ found: FoundReply) -> Bool {
        let isTelling = found.reply.enhancedCode != nil || found.service == .imap || found.reply.code == 535
        return isTelling || context.mayBeAboutMail || (context.isShort && !context.isAboutSomethingElse)
    }

    /// Causes that a message which came back can show too: the login is missing, and not the recipient.
    private static let ofLogin: Set<FindingID> = [.protocolMismatch, .badCredentials, .ipBlocked, .tlsRequired]

    private var lines: [ArraySlice<UInt8>] { evidence.octets.split(separator: 0x0A) }

    private func complains(_ line: ArraySlice<UInt8>) -> Bool {
        let line = Array(line)
        return catalog.cues.surroundings.complaints.contains { line.contains(word: $0) }
    }

    private func append(_ finding: Finding, to result: inout [Finding]) {
        guard !result.contains(where: { $0.id == finding.id }), let first = result.first else { return }
        var finding = finding
        finding.confidence = min(finding.confidence, first.confidence * 0.9, Self.known - 0.01)
        result.append(finding)
    }

    /// The best cause; at a provider with a password of its own kind, what a refused password means there.
    private func told(_ best: WeighedCause) -> [Finding] {
        var first = finding(best)
        guard best.id == .badCredentials, !(best.candidate?.isProviders ?? false) else {
            if let candidate = best.candidate, !candidate.isKnown, (best.clue?.weight ?? 0) < Self.tellingClue {
                first.confidence = min(first.confidence, Self.unsure)
            }
            return [first]
        }
        let profile = provider.flatMap { catalog.profile(id: $0) }
        if let profile, profile.kind.hasServers, profile.password?.kind == .appPassword {
            first.confidence = min(first.confidence, 0.5)
            return [PasswordKindRefinement.wanted(at: profile, inPlaceOf: first), first]
        }
        first.confidence = min(first.confidence, profile == nil ? Self.unsure : 0.7)
        return [first]
    }

    /// What the judge says of a reply without its surroundings, or the words of a cause that words around name.
    private func finding(_ cause: WeighedCause) -> Finding {
        guard let candidate = cause.candidate, candidate.weight >= (cause.clue?.weight ?? 0) * 0.8 else {
            return cause.clue.map { named($0) } ?? notAnAccountProblem(confidence: 0.6)
        }
        let signature = candidate.match.signature
        let judged = JudgedReply(
            reply: candidate.found?.reply, service: candidate.found?.service ?? signature.service ?? context.service,
            stage: signature.stage ?? stage, evidence: ["text"])
        var finding = judged.known(candidate.match)
        if let clue = cause.clue { finding.evidence.append(clue.reference) }
        if finding.serverText == nil {
            let line = cause.clue?.line ?? evidence.line(holding: signature.needles.map(\.description))
            finding.serverText = line.map(evidence.quote)
        }
        return finding
    }

    /// Words around are never surer than this.
    private static let mostOfWords = 0.95

    /// A cause that words around name, quoted.
    private func named(_ clue: Clue) -> Finding {
        var finding = CandidateWords.finding(
            clue.finding, confidence: min(clue.weight, Self.mostOfWords), service: context.service, stage: stage)
        finding.summary = "The text shows \(DecisionWords.noun(clue.finding))."
        finding.detail = ""
        finding.evidence.append(clue.reference)
        finding.serverText = evidence.quote(clue.line)
        return finding
    }

    /// The stage that the words around name.
    private var stage: Stage? {
        if context.has(["command: 'conn'", "connect"]) { return .connect }
        if context.has(["mail from command", "command: 'mail from'", "rcpt to"]) { return .submit }
        return context.has(["auth", "login"]) ? .auth : nil
    }

    /// Reputation and limits of the recipient's side, told about a message that came back.
    private func isAboutMessage(_ best: WeighedCause) -> Bool {
        guard let candidate = best.candidate, best.clue == nil else { return false }
        return [.mailboxMissing, .senderNotAllowed, .quotaExceeded].contains(best.id) && !candidate.isProviders
            && candidate.match.specificity <= .codeAndText && !candidate.hasWords
    }

    /// Nothing names a cause: a refusal is quoted, or the line that complains; without either it is no account problem.
    private func nothingMatched() -> [Finding] {
        if !context.isDelivery, !context.isProse, let refusal = replies.last(where: { $0.isRefusal && isOfMail($0) }) {
            let judged = JudgedReply(reply: refusal.reply, service: refusal.service, stage: stage, evidence: ["text"])
            return withNeighbours(judged.unknown, of: refusal)
        }
        if let wrapper = weighing.wrappers.first, !context.isDelivery { return wrapped(wrapper) }
        return [notAnAccountProblem(confidence: replies.contains { !$0.isRefusal } ? 0.8 : 0.6)]
    }

    /// A refusal that nobody knows, with what its code is mostly given for.
    private func withNeighbours(_ unknown: Finding, of refusal: FoundReply) -> [Finding] {
        var findings = [unknown]
        for (id, confidence) in UnknownCause.neighbours(of: refusal.reply) {
            guard id != .notAnAccountProblem else {
                append(notAnAccountProblem(confidence: confidence), to: &findings)
                continue
            }
            append(
                CandidateWords.finding(id, confidence: confidence, service: refusal.service, stage: stage),
                to: &findings)
        }
        return ranked(findings)
    }

    /// A program says that something failed, and not why: its line is quoted, with what it mostly is.
    private func wrapped(_ wrapper: Clue) -> [Finding] {
        let service = context.service
        let unknown = UnknownCause.finding(
            quote: evidence.quote(wrapper.line), service: service, stage: stage, wrapper: wrapper)
        var findings = [unknown]
        // Nothing but a word such as "error": it may be about no account at all.
        let isVague = wrapper.weight < 0.37
        let isOpen = isVague || !context.isAboutMail
        var guesses = [(wrapper.finding, 0.45)]
        if wrapper.weight >= Self.leadingWrapper, !isRuledOut(wrapper.finding) {
            var guess = CandidateWords.finding(wrapper.finding, confidence: 0.48, service: service, stage: stage)
            guess.evidence.append(wrapper.reference)
            guess.serverText = unknown.serverText
            findings = [guess]
            append(unknown, to: &findings)
            guesses = []
        }
        guesses += weighing.wrappers.dropFirst().filter { $0.weight > 0.32 }.map { ($0.finding, 0.4) }
        guesses += Alternatives.to(wrapper.finding, service: service).map { ($0.id, min($0.confidence, 0.35)) }
        guesses.removeAll { $0.0 == .unknownReply || isRuledOut($0.0) }
        for (id, confidence) in guesses where findings.count < Self.limit - (isOpen ? 1 : 0) {
            append(CandidateWords.finding(id, confidence: confidence, service: service, stage: stage), to: &findings)
        }
        if isVague, !context.isAboutMail {
            // It fails, and nothing in the text is a mail server, a port or a login. That is not known, and not "no problem".
            return [Self.asGuess(unknown), notAnAccountProblem(confidence: 0.4)]
        }
        if isOpen { append(notAnAccountProblem(confidence: 0.3), to: &findings) }
        return ranked(findings)
    }

    /// Whether a server answered, so that nobody can say of it that it was not reached.
    private func isRuledOut(_ id: FindingID) -> Bool {
        Self.unreached.contains(id) && replies.contains { !$0.isRefusal }
    }

    /// What a program says that reached no server, where one answered: it is no more than that something failed.
    private func wrapper(of best: WeighedCause) -> Clue? {
        guard best.weight < Self.known, isRuledOut(best.id) else { return nil }
        if let clue = best.clue { return clue }
        guard let signature = best.candidate?.match.signature, best.candidate?.found == nil else { return nil }
        let line = evidence.line(holding: signature.needles.map(\.description))
        return Clue(
            role: .wrapper, finding: best.id, weight: 0.4, reference: "signature:" + signature.id,
            lines: line.map { [$0] } ?? [])
    }

    private static let unreached: Set<FindingID> = [.connectTimeout, .connectRefused, .wrongHost, .dnsFailure]

    /// From this weight on a program's words say more than that something failed: what they mostly mean comes first.
    private static let leadingWrapper = 0.48

    /// What shows that there is no problem of an account.
    private func notAnAccount(_ calm: WeighedCause) -> Finding {
        if let candidate = calm.candidate, candidate.weight >= calm.clue?.weight ?? 0 { return finding(calm) }
        var finding = notAnAccountProblem(confidence: min(0.95, max(0.6, calm.weight)))
        if let clue = calm.clue {
            let words = CalmWords.words(for: clue.reference)
            finding.detail = words.detail
            finding.remedy = Remedy(who: words.who, steps: [.text(words.step)])
            finding.evidence.append(clue.reference)
            finding.serverText = evidence.quote(clue.line)
        }
        return finding
    }

    private func notAnAccountProblem(confidence: Double) -> Finding {
        Finding(
            id: .notAnAccountProblem, severity: .info, confidence: confidence, service: nil, stage: nil,
            summary: "The text shows no problem of a mail account.",
            detail: CalmWords.unnamed.detail, evidence: ["text"],
            remedy: Remedy(who: .user, steps: [.text(CalmWords.unnamed.step)]))
    }
}
