public import MailModel
public import ProviderCatalog

/// Explains a pasted text: an error, a reply, an exception, a log. Pure: no network, no password, no clock.
public struct Explainer: Sendable {
    private let catalog: Catalog
    private let cues: CueSearch
    private let translations: TranslationSearch
    private let advice: PhraseSet
    private let speech: GeneralSpeech
    private let work: WorkWords
    private let libraries: PhraseSet
    private let reader: LineReader

    /// Lines from which on a text is a log, whose lines are about many things.
    private static let longLog = 60

    /// Octets that a text may have.
    public static let limit = 1_048_576

    /// Makes an explainer.
    ///
    /// - Parameter catalog: What is known of providers and their replies.
    public init(catalog: Catalog) {
        self.catalog = catalog
        cues = CueSearch(catalog.explainCues.cues)
        translations = TranslationSearch(catalog.explainCues.meanings)
        advice = PhraseSet(catalog.explainCues.advice)
        let words = catalog.cues.surroundings
        speech = GeneralSpeech(words)
        work = WorkWords(words)
        libraries = PhraseSet(words.libraries)
        reader = LineReader(headers: words.headers)
    }

    /// The host and domain names in a text, by which a provider may be told: what has to be known of the catalogue.
    ///
    /// - Parameter text: The text as it was pasted.
    /// - Returns: The names, in small letters.
    public static func names(in text: String) -> Set<String> {
        let context = TextContext(PastedText(PasteMask.masked(text)), cues: .none)
        return HostReader.names(in: context.text).all.filter(HostReader.canBeHost)
    }

    /// Explains a text.
    ///
    /// - Parameter text: The text as it was pasted.
    /// - Returns: Up to three causes; `not_an_account_problem` alone when the text shows none.
    public func explain(_ text: String) -> Explanation {
        let masked = PasteMask.masked(text)
        let pasted = PastedText(masked)
        let evidence = EvidenceText(pasted, advice: advice, speech: speech, reader: reader)
        let context = TextContext(pasted, cues: catalog.cues)
        let replies = ReplyFinder.replies(in: pasted, reader).filter { !evidence.general.contains($0.line) }
        let recognition = ProviderRecognition(evidence.octets, catalog: catalog)
        // Challenges are JSON in base64, which begins like this.
        let encoded = pasted.lines.filter { $0.contains(word: "eyJ") }
        let whole = evidence.words + encoded.map { BlobReader.challenges(in: $0.text($0.indices)) }.joined()
        let search = CandidateSearch(
            catalog: catalog, context: context, replies: replies, provider: recognition.best(), whole: whole)
        let candidates = search.candidates()
        let provider = provider(recognition, candidates.first)
        var clues = clues(in: evidence, context, candidates)
        let failures = FailureLog.groups(in: evidence, replies: search.causesOfReplies(), clues: clues)
        if !failures.isEmpty, evidence.lineCount > Self.longLog {
            // In a long log some lines are always about something else; they say nothing about the lines that fail.
            clues.removeAll { $0.role == .calm }
        }
        clues = ElsewhereClues(replies: replies, evidence: evidence, libraries: libraries).settled(clues)
        let findings = Causes(
            catalog: catalog, context: context, evidence: evidence, replies: replies, provider: provider,
            weighing: Weighing(candidates: candidates, clues: clues), whoseWork: WhoseWork(evidence, context, work)
        ).findings()
        return Explanation(
            text: masked, provider: provider, providerName: provider.flatMap { catalog.profile(id: $0)?.name },
            service: findings.first?.service, stage: findings.first?.stage, findings: findings,
            surer: SurerWords.sentence(findings, provider: provider, replies: replies, context: context),
            failures: failures)
    }

    /// Words that only one provider uses outweigh its rivals' hosts.
    private func provider(_ recognition: ProviderRecognition, _ best: Candidate?) -> String? {
        guard let signature = best?.match.signature, !signature.providers.isEmpty else { return recognition.best() }
        return recognition.best(among: signature.providers)
    }

    /// What words around the replies speak for. Other languages are looked at when the text holds some, or when English
    /// words leave its cause open.
    private func clues(in evidence: EvidenceText, _ context: TextContext, _ candidates: [Candidate]) -> [Clue] {
        var clues = cues.clues(in: evidence)
        let isForeign = evidence.octets.contains { $0 >= 0x80 }
        let isTold =
            candidates.contains { $0.weight >= 0.6 } || clues.contains { $0.role != .wrapper && $0.weight >= 0.6 }
        if isForeign || !isTold, let base = try? catalog.translations.base(for: evidence.octets) {
            clues += translations.clues(in: evidence, base)
        }
        return clues.filter { context.hears($0) }
    }
}
