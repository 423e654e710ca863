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
