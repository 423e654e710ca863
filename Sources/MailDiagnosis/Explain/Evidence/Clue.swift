import MailModel
import ProviderCatalog

/// Something in a text that speaks for a cause: words of a program or a system, in any language.
struct Clue {
    /// What the words are.
    var role: ExplainCue.Role
    /// The cause; of a wrapper the likeliest one.
    var finding: FindingID
    /// How much they weigh.
    var weight: Double
    /// The entry of the catalogue that knows them: `signature:cue.os.refused.name`.
    var reference: String
    /// The lines in which they stand.
    var lines: [Int]
    /// Who says so in another language than English, and in which; nil for cues.
    var translation: (program: String, language: String)?
    /// The words themselves, folded, as far as they are of use for a sentence.
    var words = ""

    /// The last line in which they stand.
    var line: Int { lines.last ?? 0 }
}

/// Looks for cues. Made once for a catalogue: the index of their phrases serves every text.
struct CueSearch: Sendable {
    private let cues: [ExplainCue]
    private let phrases: PhraseSet
    /// The numbers of the phrases of each cue: its groups, and what must not stand there.
    private let parts: [(all: [[Int]], none: [Int])]
    private let rules: [PhraseRule]
    private let words: [String]

    /// Takes the cues of a catalogue.
    init(_ cues: [ExplainCue]) {
        var words: [String] = []
        // Some phrases stand in several cues. To find those more than once takes less time than to look each up.
        func number(_ phrase: String) -> Int {
            words.append(phrase)
            return words.count - 1
        }
        parts = cues.map { cue in (cue.all.map { $0.map(number) }, cue.none.map(number)) }
        self.cues = cues
        self.words = words
        phrases = PhraseSet(folded: words)
        rules = words.map(PhraseRule.init)
    }

    /// The cues whose words stand in a text.
    ///
    /// - Parameter text: The text.
    /// - Returns: A clue for each.
    func clues(in text: EvidenceText) -> [Clue] {
        let lines = lines(in: text)
        return cues.indices.compactMap { number in
            let cue = cues[number]
            let found = cue.scope == .line ? near(parts[number], lines) : anywhere(parts[number], lines)
            guard let last = found.max() else { return nil }
            let said = parts[number].all.first?.first { lines[$0].last == last } ?? parts[number].all.first?.first
            return Clue(
                role: cue.role, finding: cue.finding, weight: cue.weight, reference: "signature:cue." + cue.id,
                lines: found.sorted(), words: cue.id.contains(Self.stems) ? "" : said.map { words[$0] } ?? "")
        }
    }

    /// Part of the names of cues whose phrases are stems of words, which are no quotation.
    private static let stems = ".tongues"

    /// The lines in which each phrase stands.
    private func lines(in text: EvidenceText) -> [[Int]] {
        var lines = [[Int]](repeating: [], count: rules.count)
        phrases.scan(text.octets) { phrase, range in
            guard rules[phrase].isWhole(range, in: text.octets) else { return }
            let line = text.line(of: range.lowerBound)
            if lines[phrase].last != line { lines[phrase].append(line) }
        }
        return lines
    }

    private func near(_ part: (all: [[Int]], none: [Int]), _ lines: [[Int]]) -> Set<Int> {
        var found: Set<Int>?
        for group in part.all {
            let places = Set(group.flatMap { lines[$0] })
            found = found?.intersection(places) ?? places
            if found?.isEmpty ?? true { return [] }
        }
        guard var found else { return [] }
        for phrase in part.none { found.subtract(lines[phrase]) }
        return found
    }

    private func anywhere(_ part: (all: [[Int]], none: [Int]), _ lines: [[Int]]) -> Set<Int> {
        guard part.all.allSatisfy({ group in group.contains { !lines[$0].isEmpty } }),
            part.none.allSatisfy({ lines[$0].isEmpty }), let last = part.all.last
        else { return [] }
        return Set(last.flatMap { lines[$0] })
    }
}

/// Where a phrase may begin and end: a number is never part of a longer one, a short word never part of another.
private struct PhraseRule: Sendable {
    private let beginsWithDigit: Bool
    private let endsWithDigit: Bool
    private let isWord: Bool

    init(_ phrase: String) {
        let octets = Array(phrase.utf8)
        beginsWithDigit = octets.first?.isDigit ?? false
        endsWithDigit = octets.last?.isDigit ?? false
        isWord =
            octets.count <= 10 && octets.allSatisfy { $0.isLetter || $0 == UInt8(ascii: "_") }
            || octets.count <= 5 && (octets.first?.isLetter ?? false)
    }

    func isWhole(_ range: Range<Int>, in text: [UInt8]) -> Bool {
        if beginsWithDigit, text.at(range.lowerBound - 1).map({ $0.isDigit || $0 == UInt8(ascii: ".") }) ?? false {
            return false
        }
        if endsWithDigit, text.at(range.upperBound)?.isDigit ?? false { return false }
        return !isWord || !(text.at(range.lowerBound - 1)?.isLetter ?? false)
    }
}
