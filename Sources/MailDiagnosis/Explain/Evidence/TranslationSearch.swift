import MailModel
import ProviderCatalog

/// Looks for what programs say in other languages than English.
struct TranslationSearch: Sendable {
    private let meanings: [String: TranslatedMeaning]

    /// Takes what messages mean.
    init(_ meanings: [TranslatedMeaning]) {
        self.meanings = Dictionary(meanings.map { ($0.means, $0) }) { first, _ in first }
    }

    /// The messages that stand in a text, as clues.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - base: All messages.
    /// - Returns: A clue for each meaning, once.
    func clues(in text: EvidenceText, _ base: TranslationBase) -> [Clue] {
        var best: [String: Clue] = [:]
        for match in base.matches(in: text.octets) {
            guard let meaning = meanings[match.means] else { continue }
            var clue = Clue(
                role: meaning.role, finding: meaning.finding, weight: meaning.weight * Self.factor(match),
                reference: "signature:translation.\(match.means).\(match.language)",
                lines: [text.line(of: match.range.lowerBound)])
            clue.translation = (match.program, match.language)
            if match.isWeak, clue.role == .reason { clue.role = .wrapper }
            let key = match.means + (clue.role == .wrapper ? "?" : "")
            if let other = best[key] {
                let lines = Set(other.lines + clue.lines).sorted()
                if other.weight >= clue.weight { clue = other }
                clue.lines = lines
            }
            best[key] = clue
        }
        return best.keys.sorted().compactMap { best[$0] }
    }

    /// Longer words say more: a sentence is surer than two words.
    private static func factor(_ match: TranslationMatch) -> Double {
        (match.isWeak ? 0.7 : 1) * (match.length >= 24 ? 1 : match.length >= 12 ? 0.96 : 0.85)
    }
}
