/// Finds secrets in a text, however it writes them.
///
/// The text is read as it stands and with its escapes undone, once and again; each reading once as it is, once without
/// what stands between the parts of something that was folded or grouped, and what in it may be base64 or hexadecimal
/// digits once more decoded. In each the same few patterns are looked for in one pass. So the time is linear in the text,
/// and there is no list of spellings that a server could miss by a hair.
struct SecretSearch: Sendable {
    private let exact: PatternAutomaton
    private let exactEnds: PatternAutomaton
    private let squeezed: PatternAutomaton
    private let squeezedEnds: PatternAutomaton

    /// How often escapes are undone: a value in a URL in JSON in a text that was made safe to show.
    private static let depth = 3
    /// Octets that a find must have where the text was decoded, or where two lines were put together: less may be chance.
    private static let certain = 5

    /// Makes a search.
    ///
    /// - Parameter patterns: What to look for.
    init(_ patterns: SecretPatterns) {
        exact = PatternAutomaton(patterns.exact.forward)
        exactEnds = PatternAutomaton(patterns.exact.backward)
        squeezed = PatternAutomaton(patterns.squeezed.forward)
        squeezedEnds = PatternAutomaton(patterns.squeezed.backward)
    }

    /// Whether nothing is looked for.
    var isEmpty: Bool { exact.isEmpty && squeezed.isEmpty }

    /// Finds everything.
    ///
    /// - Parameters:
    ///   - text: The text to search.
    ///   - isFolded: Whether a secret may go on from one of its lines to the next.
    /// - Returns: Ranges in ascending order that neither overlap nor touch.
    func ranges(in text: [UInt8], isFolded: Bool = false) -> [Range<Int>] {
        guard !isEmpty, !text.isEmpty else { return [] }
        var ranges: [Range<Int>] = []
        var reading = TextReading(text)
        for depth in 0...Self.depth {
            search(reading, &ranges)
            if isFolded { ranges += plainFinds(unfolded: reading.unfolded) }
            guard depth < Self.depth, let next = reading.unescaped(.signs) else { break }
            reading = next
        }
        return Self.merged(ranges)
    }

    /// Ranges in ascending order, those that overlap or touch made one.
    ///
    /// - Parameter ranges: Any ranges.
    /// - Returns: The same places.
    static func merged(_ ranges: [Range<Int>]) -> [Range<Int>] {
        var result: [Range<Int>] = []
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            guard let last = result.last, range.lowerBound <= last.upperBound else {
                result.append(range)
                continue
            }
            result[result.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
        }
        return result
    }

    private func search(_ reading: TextReading, _ ranges: inout [Range<Int>]) {
        ranges += Self.whole(finds(in: reading, least: 1), in: reading)
        if let soft = reading.unescaped(.quotedPrintable) {
            ranges += Self.whole(finds(in: soft, least: Self.certain), in: soft)
        }
        let text = reading.octets
        for run in EncodedRuns.base64(in: text) {
            let isSecret = (0..<4).contains { start in
                holdsSecret(EncodedRuns.base64(text, (run.lowerBound + start)..<run.upperBound))
            }
            // The first and last characters of a blob hold parts of their neighbours.
            if isSecret { ranges.append(reading.source(run)) }
        }
        for digits in EncodedRuns.hexadecimal(in: text) {
            for start in 0...1 {
                let octets = TextReading(EncodedRuns.hexadecimal(text, digits[start...]))
                for find in Self.whole(finds(in: octets, least: Self.certain), in: octets) {
                    let first = digits[2 * find.lowerBound + start]
                    let last = digits[2 * find.upperBound - 1 + start]
                    ranges.append(reading.source(first..<(last + 1)))
                }
            }
        }
    }

    private func holdsSecret(_ octets: [UInt8]) -> Bool {
        !finds(in: TextReading(octets), least: Self.certain).isEmpty
    }

    private func finds(in reading: TextReading, least: Int) -> [PatternAutomaton.Match] {
        var found: [PatternAutomaton.Match] = []
        if !exact.isEmpty {
            let folded = reading.folded
            found = exact.matches(in: folded, minimum: least)
            found += exactEnds.matches(in: folded, isReversed: true, minimum: least)
        }
        guard !squeezed.isEmpty else { return found }
        let (octets, places) = reading.squeezed
        let all =
            squeezed.matches(in: octets, minimum: least)
            + squeezedEnds.matches(in: octets, isReversed: true, minimum: least)
        return found
            + all.map { match in
                let end = Int(places[match.range.upperBound - 1]) + 1
                return .init(range: Int(places[match.range.lowerBound])..<end, isBase64: match.isBase64)
            }
    }

    /// Without base64: what stands around a piece of it on another line may be words.
    private func plainFinds(unfolded: TextReading) -> [Range<Int>] {
        guard !exact.isEmpty else { return [] }
        return exact.matches(in: unfolded.folded, minimum: Self.certain).filter { !$0.isBase64 }
            .map { unfolded.source($0.range) }
    }

    /// Where the finds stand in the text that was given, each piece of base64 with the run around it.
    private static func whole(_ finds: [PatternAutomaton.Match], in reading: TextReading) -> [Range<Int>] {
        guard !finds.isEmpty else { return [] }
        let text = reading.octets
        var known = 0..<0
        return finds.sorted { $0.range.lowerBound < $1.range.lowerBound }.map { find in
            guard find.isBase64 else { return reading.source(find.range) }
            if find.range.lowerBound < known.lowerBound || find.range.upperBound > known.upperBound {
                // What was walked through already is not walked through again.
                var (start, end) = (find.range.lowerBound, find.range.upperBound)
                while start > known.upperBound, EncodedRuns.base64Value(text[start - 1]) != nil { start -= 1 }
                while end < text.count, EncodedRuns.base64Value(text[end]) != nil || text[end] == UInt8(ascii: "=") {
                    end += 1
                }
                known = start..<end
            }
            return reading.source(known)
        }
    }
}
