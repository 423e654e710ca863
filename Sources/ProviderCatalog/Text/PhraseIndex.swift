/// Finds which of many phrases stand in a text, in one pass whose time grows with the text and hardly with the phrases.
///
/// Each phrase is found by the four octets of it that the fewest other phrases hold, so that the words with which hundreds of
/// them begin cost nothing. Texts and phrases are folded alike (`PhraseFolding`) before they are compared.
public struct PhraseIndex: Hashable, Sendable {
    /// The shortest phrase that can be found: octets.
    public static let shortest = 4

    private struct Entry: Hashable {
        var phrase: Int32
        var offset: Int32
    }

    private static let bits = 14
    private let phrases: [[UInt8]]
    /// Where the entries of each hash begin; one more than there are hashes.
    private let starts: [Int32]
    private let entries: [Entry]

    /// Makes an index. Phrases shorter than `shortest` are never found.
    ///
    /// - Parameter phrases: The phrases, folded.
    public init(_ phrases: [[UInt8]]) {
        let anchors = Self.anchors(of: phrases)
        var counts = [Int32](repeating: 0, count: (1 << Self.bits) + 1)
        for anchor in anchors where anchor.offset >= 0 { counts[Int(anchor.hash) + 1] += 1 }
        for place in 1..<counts.count { counts[place] += counts[place - 1] }
        var next = counts
        var entries = [Entry](repeating: Entry(phrase: 0, offset: 0), count: Int(counts.last ?? 0))
        for (number, anchor) in anchors.enumerated() where anchor.offset >= 0 {
            entries[Int(next[Int(anchor.hash)])] = Entry(phrase: Int32(number), offset: anchor.offset)
            next[Int(anchor.hash)] += 1
        }
        self.phrases = phrases
        starts = counts
        self.entries = entries
    }

    /// How many phrases there are.
    public var count: Int { phrases.count }

    /// Tells each phrase wherever it stands.
    ///
    /// - Parameters:
    ///   - text: The text, folded.
    ///   - found: Is told the number of the phrase and the place where it begins, in no order of the phrases.
    public func scan(_ text: [UInt8], _ found: (_ phrase: Int, _ place: Int) -> Void) {
        guard !entries.isEmpty, text.count >= Self.shortest else { return }
        text.withUnsafeBufferPointer { text in
            starts.withUnsafeBufferPointer { starts in
                for place in 0...(text.count - Self.shortest) {
                    let hash = Self.hash(text, place)
                    let (from, to) = (Int(starts[hash]), Int(starts[hash + 1]))
                    guard from < to else { continue }
                    for entry in entries[from..<to] {
                        let start = place - Int(entry.offset)
                        if isThere(Int(entry.phrase), text, start) { found(Int(entry.phrase), start) }
                    }
                }
            }
        }
    }

    /// The numbers of the phrases that stand in a text.
    ///
    /// - Parameter text: The text, folded.
    /// - Returns: The numbers.
    public func present(in text: [UInt8]) -> Set<Int> {
        var result: Set<Int> = []
        scan(text) { phrase, _ in result.insert(phrase) }
        return result
    }

    private func isThere(_ number: Int, _ text: UnsafeBufferPointer<UInt8>, _ start: Int) -> Bool {
        guard start >= 0 else { return false }
        return phrases[number].withUnsafeBufferPointer { phrase in
            guard start + phrase.count <= text.count else { return false }
            var place = 0
            while place < phrase.count, text[start + place] == phrase[place] { place += 1 }
            return place == phrase.count
        }
    }

    /// The four octets by which each phrase is found: the ones that the fewest phrases hold.
    private static func anchors(of phrases: [[UInt8]]) -> [(hash: Int32, offset: Int32)] {
        var counts = [Int32](repeating: 0, count: 1 << bits)
        for phrase in phrases where phrase.count >= shortest {
            phrase.withUnsafeBufferPointer { octets in
                for place in 0...(octets.count - shortest) { counts[hash(octets, place)] += 1 }
            }
        }
        return phrases.map { phrase in
            guard phrase.count >= shortest else { return (0, -1) }
            return phrase.withUnsafeBufferPointer { octets in
                var best = (hash: Int32(hash(octets, 0)), offset: Int32(0))
                for place in 1..<max(1, octets.count - shortest + 1) {
                    let hash = hash(octets, place)
                    if counts[hash] < counts[Int(best.hash)] { best = (Int32(hash), Int32(place)) }
                }
                return best
            }
        }
    }

    @inline(__always)
    private static func hash(_ octets: UnsafeBufferPointer<UInt8>, _ place: Int) -> Int {
        let word =
            UInt32(octets[place]) | UInt32(octets[place + 1]) << 8 | UInt32(octets[place + 2]) << 16
            | UInt32(octets[place + 3]) << 24
        return Int((word &* 2_654_435_761) >> (32 - UInt32(bits)))
    }
}
