import MailModel
import ProviderCatalog

/// Looks for words that speak for a cause when no signature knows the text. What it finds is a guess and is told as one.
struct HintSearch {
    private let hints: [RecognitionCues.Hint]

    /// How sure a hint can make.
    static let confidence = 0.45

    /// Takes the hints.
    init(_ hints: [RecognitionCues.Hint]) { self.hints = hints }

    /// The causes that words speak for, best first.
    ///
    /// - Parameter text: One reply, or one line.
    /// - Returns: Each cause once, at most three.
    func causes(in text: some StringProtocol) -> [FindingID] {
        let text = Array(text.lowercased().utf8)
        var result: [FindingID] = []
        for hint in hints where !result.contains(hint.finding) && fits(hint, text) { result.append(hint.finding) }
        return Array(result.prefix(3))
    }

    private func fits(_ hint: RecognitionCues.Hint, _ text: [UInt8]) -> Bool {
        hint.all.allSatisfy { group in group.contains { text.contains(word: $0) } }
            && !hint.none.contains { text.contains(word: $0) }
    }
}
