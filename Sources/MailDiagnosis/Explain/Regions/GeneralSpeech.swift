import ProviderCatalog

/// Lines that speak of failures in general: a wish, a change that somebody proposes, a guide, an advertisement. Words such as
/// "connection timeouts" in them say what happens to people, and nothing of what happened here.
struct GeneralSpeech: Sendable {
    private let phrases: PhraseSet
    private let limit: Int

    /// - Parameter words: The words that are looked for.
    init(_ words: SurroundingWords) {
        phrases = PhraseSet(words.general + words.cited)
        limit = words.general.count
    }

    /// Shorter lines are no sentences.
    private static let shortest = 40

    /// The lines of a folded text that speak in general.
    ///
    /// - Parameters:
    ///   - octets: The text, folded.
    ///   - line: The number of the line in which a place stands.
    /// - Returns: The numbers of lines that hold a word of general speech and nothing that cites what happened.
    func lines(in octets: [UInt8], line: (Int) -> Int) -> Set<Int> {
        var general: Set<Int> = []
        var cited: Set<Int> = []
        phrases.scan(octets) { phrase, range in
            if phrase < limit { general.insert(line(range.lowerBound)) } else { cited.insert(line(range.lowerBound)) }
        }
        return general.subtracting(cited)
    }

    /// Whether a line is long enough to be a sentence. Some languages write no blanks between words: there the octets of other
    /// letters than Latin ones are counted.
    static func isSentence(_ line: ArraySlice<UInt8>) -> Bool {
        guard line.count >= shortest else { return false }
        return line.count(where: { $0 == 0x20 }) >= 5 || line.count(where: { $0 >= 0x80 }) >= shortest
    }
}
