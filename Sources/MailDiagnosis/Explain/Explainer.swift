public import MailModel
public import ProviderCatalog

/// Explains a pasted text: an error, a reply, an exception, a log. Pure: no network, no password, no clock.
public struct Explainer: Sendable {
    private let catalog: Catalog

    /// Octets that a text may have.
    public static let limit = 1_048_576

    /// Makes an explainer.
    ///
    /// - Parameter catalog: What is known of providers and their replies.
    public init(catalog: Catalog) { self.catalog = catalog }

    /// The host and domain names in a text, by which a provider may be told: what has to be known of the catalogue.
    ///
    /// - Parameter text: The text as it was pasted.
    /// - Returns: The names, in small letters.
    public static func names(in text: String) -> Set<String> {
        let context = TextContext(PastedText(PasteMask.masked(text)), cues: .none)
        return HostReader.names(in: context.text).all
    }

    /// Explains a text.
    ///
    /// - Parameter text: The text as it was pasted.
    /// - Returns: Up to three causes; `not_an_account_problem` alone when the text shows none.
    public func explain(_ text: String) -> Explanation {
        let masked = PasteMask.masked(text)
        let pasted = PastedText(masked)
        let context = TextContext(pasted, cues: catalog.cues)
        let replies = ReplyFinder.replies(in: pasted)
        let recognition = ProviderRecognition(context, catalog: catalog)
        let whole = pasted.joined + BlobReader.challenges(in: pasted.joined)
        let search = CandidateSearch(
            catalog: catalog, context: context, replies: replies, provider: recognition.best(), whole: whole)
        let candidates = search.candidates()
        let provider = provider(recognition, candidates.first)
        let findings = Causes(
            catalog: catalog, context: context, replies: replies, provider: provider, candidates: candidates
        ).findings()
        return Explanation(
            text: masked, provider: provider, providerName: provider.flatMap { catalog.profile(id: $0)?.name },
            service: findings.first?.service, stage: findings.first?.stage, findings: findings)
    }

    /// Words that only one provider uses outweigh its rivals' hosts.
    private func provider(_ recognition: ProviderRecognition, _ best: Candidate?) -> String? {
        guard let signature = best?.match.signature, !signature.providers.isEmpty else { return recognition.best() }
        return recognition.best(among: signature.providers)
    }
}
