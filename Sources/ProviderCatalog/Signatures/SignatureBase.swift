public import MailModel

/// All signatures, and the way to find those that fit a reply.
public struct SignatureBase: Hashable, Sendable {
    /// The signatures, in the order of the files.
    public let signatures: [Signature]
    private let needles: LazyNeedles

    /// Octets up to which a text is looked through for each needle by itself.
    private static let short = 1_024

    /// Makes a base.
    ///
    /// - Parameter signatures: The signatures.
    init(_ signatures: [Signature]) {
        self.signatures = signatures
        needles = LazyNeedles()
    }

    /// Equal with the same signatures in the same order.
    public static func == (one: SignatureBase, other: SignatureBase) -> Bool { one.signatures == other.signatures }

    /// Hashes the signatures.
    public func hash(into hasher: inout Hasher) { hasher.combine(signatures) }

    /// The signatures that fit a reply, best first.
    ///
    /// A signature of a provider is looked at only when the account is there, or when its words are nobody else's. In a
    /// text that was pasted without a code, the words alone decide, and the confidence is a little lower.
    ///
    /// - Parameters:
    ///   - reply: What the server said.
    ///   - service: The side, nil when it is not known; the form of the reply tells it then.
    ///   - stage: The stage, nil when it is not known.
    ///   - provider: The id of the provider, nil when it is not known.
    /// - Returns: The matches; none when nothing is known about the reply.
    public func matches(
        reply: ServerReply, service: MailService?, stage: Stage?, provider: String?
    ) -> [SignatureMatch] {
        let subject = Subject(reply: reply, service: service, stage: stage, provider: provider)
        // One pass finds all needles of a long text; a short one is looked through faster as it is.
        let index = subject.text.length > Self.short ? needles.index(of: signatures) : nil
        let found = index?.found(in: subject.text) ?? []
        return signatures.indices.compactMap { place in
            if let index, !index.isMet(place, found) { return nil }
            return subject.match(signatures[place], needlesAreThere: index != nil)
        }.sorted { $0.isBetter(than: $1) }
    }
}

extension SignatureBase {
    /// One reply and what is known around it.
    struct Subject {
        private let reply: ServerReply
        let text: FoldedText
        private let service: MailService?
        private let stage: Stage?
        private let provider: String?

        /// Prepares a reply for many comparisons.
        init(reply: ServerReply, service: MailService?, stage: Stage?, provider: String?) {
            self.reply = reply
            text = FoldedText([reply.responseCode, reply.text.escaped].compactMap { $0 }.joined(separator: " "))
            let told: MailService? = reply.code != nil ? .smtp : reply.status != nil ? .imap : nil
            self.service = service ?? told
            self.stage = stage
            self.provider = provider
        }

        /// Compares one signature.
        ///
        /// - Parameters:
        ///   - signature: The signature.
        ///   - needlesAreThere: Whether its needles were found already.
        /// - Returns: The match, nil when it does not fit.
        func match(_ signature: Signature, needlesAreThere: Bool = false) -> SignatureMatch? {
            guard service == nil || signature.service == nil || service == signature.service else { return nil }
            let isAtProvider = provider.map { signature.providers.contains($0) } ?? false
            guard isAtProvider || signature.providers.isEmpty || signature.context == .any else { return nil }
            guard let certainty = certainty(of: signature) else { return nil }
            guard needlesAreThere || signature.needles.allSatisfy({ text.contains($0.folded) }) else { return nil }
            return SignatureMatch(
                signature: signature, specificity: specificity(of: signature, isAtProvider: isAtProvider),
                confidence: signature.confidence * certainty)
        }

        /// What is left of the confidence after what could not be proved; nil when something speaks against it.
        private func certainty(of signature: Signature) -> Double? {
            let hasText = !signature.needles.isEmpty
            var certainty: Double
            switch signature.pattern.fit(reply) {
            case .differs: return nil
            case .unproved where !hasText: return nil
            case .unproved: certainty = 0.9
            case .fits: certainty = 1
            }
            guard let wanted = signature.stage, wanted != stage else { return certainty }
            if stage != nil, !hasText { return nil }
            if stage != nil { certainty *= 0.8 }
            if stage == nil, !hasText, !signature.pattern.namesCode { certainty *= 0.7 }
            return certainty
        }

        private func specificity(of signature: Signature, isAtProvider: Bool) -> Specificity {
            let hasText = !signature.needles.isEmpty
            if !signature.providers.isEmpty, hasText { return .providerText }
            if isAtProvider { return .providerCode }
            // Where the code is not there, only the words are left, whoever uses them.
            if hasText, signature.pattern.fit(reply) == .unproved { return .text }
            if signature.software != nil, hasText { return .softwareText }
            if hasText { return signature.pattern.isEmpty ? .text : .codeAndText }
            if signature.pattern.enhancedCode != nil || signature.pattern.responseCode != nil { return .enhancedCode }
            return signature.pattern.code != nil ? .code : .codeClass
        }
    }
}
