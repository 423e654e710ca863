import ProviderCatalog

/// A pasted text, folded for the search of words, without what says nothing: calls of a stack trace, a message's own
/// header, sentences that a library prints as advice whatever happened, and lines that speak of failures in general.
struct EvidenceText {
    /// The lines that are left, folded; those that were set aside are empty.
    let octets: [UInt8]
    /// Where each line begins in `octets`.
    private let starts: [Int]
    /// The lines as they stand in the text.
    private let lines: [[UInt8]]
    /// The lines that speak in general or list codes, set aside.
    let general: Set<Int>
    /// Whether the text lists reply codes, as articles do.
    let listsCodes: Bool
    /// Whether the text shows a change of a program, line by line.
    let showsChange: Bool

    /// Sets aside what says nothing.
    ///
    /// - Parameters:
    ///   - text: The unwrapped text.
    ///   - advice: Sentences that say nothing.
    ///   - speech: What tells lines that speak in general.
    ///   - reader: What tells calls and headers.
    init(_ text: PastedText, advice: PhraseSet, speech: GeneralSpeech, reader: LineReader) {
        var octets: [UInt8] = []
        var starts: [Int] = []
        octets.reserveCapacity(text.lines.reduce(0) { $0 + $1.count + 1 })
        for line in text.lines {
            starts.append(octets.count)
            let folded = PhraseFolding.folded(String(decoding: line, as: UTF8.self))
            if reader.kind(of: folded[...]).speaks { octets += folded }
            octets.append(0x0A)
        }
        for range in advice.ranges(in: octets) {
            for place in range where octets[place] != 0x0A { octets[place] = 0x20 }
        }
        let codes = CodeList.lines(count: starts.count) { Self.line($0, of: octets, starts) }
        listsCodes = !codes.isEmpty
        let added = AddedLines.lines(count: starts.count) { Self.line($0, of: octets, starts) }
        showsChange = !added.isEmpty
        let general = speech.lines(in: octets) { Self.line(of: $0, starts) }.filter {
            GeneralSpeech.isSentence(Self.line($0, of: octets, starts))
        }.union(codes).union(added)
        for number in general {
            for place in Self.line(number, of: octets, starts).indices { octets[place] = 0x20 }
        }
        self.general = general
        self.octets = octets
        self.starts = starts
        lines = text.lines
    }

    /// The words that are left.
    var words: String { String(decoding: octets, as: UTF8.self) }

    /// How many lines there are.
    var lineCount: Int { lines.count }

    /// The number of the line that a place stands in.
    func line(of place: Int) -> Int { Self.line(of: place, starts) }

    private static func line(of place: Int, _ starts: [Int]) -> Int {
        var (low, high) = (0, starts.count)
        while low < high {
            let middle = (low + high) / 2
            if starts[middle] <= place { low = middle + 1 } else { high = middle }
        }
        return max(0, low - 1)
    }

    /// A line that is left, folded.
    func folded(_ line: Int) -> ArraySlice<UInt8> { Self.line(line, of: octets, starts) }

    private static func line(_ line: Int, of octets: [UInt8], _ starts: [Int]) -> ArraySlice<UInt8> {
        guard starts.indices.contains(line) else { return [] }
        let end = starts.indices.contains(line + 1) ? starts[line + 1] - 1 : octets.count - 1
        return octets[starts[line]..<max(starts[line], end)]
    }

    /// A line that was set aside, folded: of a call in a stack trace the library's name still tells what was at work.
    func call(_ line: Int) -> [UInt8] {
        guard lines.indices.contains(line), !general.contains(line) else { return [] }
        return PhraseFolding.folded(String(decoding: lines[line].prefix(Self.quoteLimit), as: UTF8.self))
    }

    /// The first line that holds all of some phrases; nil when none does.
    func line(holding phrases: [String]) -> Int? {
        guard !phrases.isEmpty else { return nil }
        let phrases = phrases.map(PhraseFolding.folded)
        return (0..<lineCount).first { number in
            let line = Array(folded(number))
            return phrases.allSatisfy { line.contains(octets: $0) }
        }
    }

    /// The most that is quoted of a line: octets.
    private static let quoteLimit = 300

    /// A line as it stands in the text, for a quotation: without what leads up to it, and cut where it is too long.
    func quote(_ line: Int) -> String {
        guard lines.indices.contains(line) else { return "" }
        let text = String(decoding: lines[line].prefix(4 * Self.quoteLimit), as: UTF8.self).trimmedBlanks
        guard text.utf8.count > Self.quoteLimit else { return text }
        return String(text.prefix(Self.quoteLimit - 1)) + "…"
    }
}

/// Phrases that are looked for together.
struct PhraseSet: Sendable {
    private let index: PhraseIndex
    private let lengths: [Int]

    /// Takes phrases, as people wrote them.
    init(_ phrases: [String]) { self.init(phrases.map(PhraseFolding.folded)) }

    /// Takes phrases that are folded as they stand, as the catalogue has those of cues.
    init(folded phrases: [String]) { self.init(phrases.map { Array($0.utf8) }) }

    private init(_ folded: [[UInt8]]) {
        index = PhraseIndex(folded)
        lengths = folded.map(\.count)
    }

    /// Where any of them stands in a folded text.
    func ranges(in text: [UInt8]) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        index.scan(text) { phrase, place in ranges.append(place..<(place + lengths[phrase])) }
        return ranges
    }

    /// The number of each phrase that stands in a folded text, wherever that is.
    func scan(_ text: [UInt8], _ found: (Int, Range<Int>) -> Void) {
        index.scan(text) { phrase, place in found(phrase, place..<(place + lengths[phrase])) }
    }
}
