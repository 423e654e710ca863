/// A pasted text as the masks read it: octets in lines, and the small questions that all of them ask.
///
/// Every step that looks back or ahead from a place is bounded, by `reach` or by the end of something that is passed over
/// once: a text of a million octets that repeats one word must not take longer than any other.
struct MaskText {
    /// The text.
    let octets: [UInt8]
    /// The lines, without their ends.
    let lines: [Range<Int>]

    /// How far a name, a word before it or a tag may reach.
    static let reach = 64
    private static let longestQuotation = 4_096

    /// Cuts a text into lines. `\r\n` that a log wrote as four characters ends one too, and so does `\n` unless a small
    /// letter follows, as in `DOMAIN\nick`.
    ///
    /// - Parameter octets: The text.
    init(_ octets: [UInt8]) {
        self.octets = octets
        var lines: [Range<Int>] = []
        var start = 0
        var place = 0
        while place < octets.count {
            let length = Self.lineEnd(octets, place)
            if length > 0 {
                lines.append(start..<place)
                start = place + length
            }
            place += max(1, length)
        }
        self.lines = lines + [start..<octets.count]
    }

    private static func lineEnd(_ octets: [UInt8], _ place: Int) -> Int {
        switch octets[place] {
        case 0x0A: return 1
        case 0x0D: return octets.at(place + 1) == 0x0A ? 2 : 1
        case UInt8(ascii: "\\"):
            if octets.hasExactly("\\r\\n", at: place) { return 4 }
            guard octets.hasExactly("\\n", at: place) || octets.hasExactly("\\r", at: place) else { return 0 }
            return octets.at(place + 2)?.isLower == true ? 0 : 2
        default: return 0
        }
    }

    /// The words of a line: what stands between blanks.
    ///
    /// - Parameter line: A range of the text.
    /// - Returns: Their places.
    func words(_ line: Range<Int>) -> [Range<Int>] {
        var result: [Range<Int>] = []
        var place = line.lowerBound
        while place < line.upperBound {
            while place < line.upperBound, octets[place] <= 0x20 { place += 1 }
            let start = place
            while place < line.upperBound, octets[place] > 0x20 { place += 1 }
            if place > start { result.append(start..<place) }
        }
        return result
    }

    /// A short word in small letters without what encloses it: quotation marks, brackets, stops, and Python's `b'`.
    ///
    /// - Parameter range: A word.
    /// - Returns: The word, empty when it is too long for one that is known.
    func bare(_ range: Range<Int>) -> String {
        guard range.count <= Self.reach else { return "" }
        let isOuter: (UInt8) -> Bool = { $0.isQuote || ".,;:!?()[]{}<>*|\\".utf8.contains($0) }
        var word = octets[range].drop(while: isOuter)
        if word.count > 2, word.first == UInt8(ascii: "b"), word.dropFirst().first?.isQuote == true {
            word = word.dropFirst(2)
        }
        while let last = word.last, isOuter(last) { word = word.dropLast() }
        return String(decoding: word, as: UTF8.self).lowercased()
    }

    /// A range without quotation marks around it, and without blanks.
    ///
    /// - Parameter range: Any range.
    /// - Returns: What is inside.
    func unquoted(_ range: Range<Int>) -> Range<Int> {
        var range = range
        while !range.isEmpty, octets[range.lowerBound].isBlank { range = (range.lowerBound + 1)..<range.upperBound }
        while !range.isEmpty, octets[range.upperBound - 1].isBlank { range = range.lowerBound..<(range.upperBound - 1) }
        guard range.count >= 2, octets[range.lowerBound].isQuote,
            octets[range.upperBound - 1] == octets[range.lowerBound]
        else { return range }
        return (range.lowerBound + 1)..<(range.upperBound - 1)
    }

    /// What stands in quotation marks at a place, whose own marks may be escaped: `"x"`, `\"x\"`, `b'x'`, `@"x"`.
    ///
    /// - Parameters:
    ///   - place: Where it would begin.
    ///   - limit: Where it must have ended.
    /// - Returns: What stands between the marks, and where it goes on behind them; nil when there is no such thing.
    func quotation(at place: Int, before limit: Int) -> (inside: Range<Int>, end: Int)? {
        var start = place
        while start < limit, start - place < 2, "bBrRuUfL@$".utf8.contains(octets[start]) { start += 1 }
        let isEscaped = start < limit && octets[start] == UInt8(ascii: "\\")
        if isEscaped { start += 1 }
        guard start < limit, octets[start].isQuote else { return nil }
        var end = start + 1
        let limit = min(limit, start + Self.longestQuotation)
        while end < limit {
            if octets[end] == UInt8(ascii: "\\") {
                if isEscaped, octets.at(end + 1) == octets[start] { return ((start + 1)..<end, end + 2) }
                end += 2
                continue
            }
            if octets[end] == octets[start] { return ((start + 1)..<end, end + 1) }
            end += 1
        }
        return nil
    }

    /// Where a run of blanks ends.
    ///
    /// - Parameters:
    ///   - place: Where it would begin.
    ///   - limit: Where it must have ended.
    /// - Returns: The first place that is no blank.
    func afterBlanks(_ place: Int, before limit: Int) -> Int {
        var place = place
        while place < limit, octets[place].isBlank { place += 1 }
        return place
    }

    /// Where the identifier begins of which a place is a part: letters, digits and what joins them.
    ///
    /// - Parameters:
    ///   - place: A place.
    ///   - line: The line around it.
    /// - Returns: Its first octet, at most `reach` before the place.
    func identifierStart(_ place: Int, in line: Range<Int>) -> Int {
        var start = place
        while start > line.lowerBound, place - start < Self.reach,
            octets[start - 1].isAlphanumeric || "_-.$@:/".utf8.contains(octets[start - 1])
        {
            start -= 1
        }
        return start
    }

    /// Whether nothing but blanks stands between the start of a line and a place, or what quotes and lists begin with.
    ///
    /// - Parameters:
    ///   - place: A place.
    ///   - line: The line around it.
    /// - Returns: False also when there are more blanks than `reach`.
    func isLineStart(_ place: Int, in line: Range<Int>) -> Bool {
        var start = place
        while start > line.lowerBound, place - start < Self.reach,
            octets[start - 1].isBlank || octets[start - 1].isQuote || "-*>|#;".utf8.contains(octets[start - 1])
        {
            start -= 1
        }
        return start == line.lowerBound
    }

    /// Whether a word looks like a secret and not like one of a sentence: letters and digits, or signs inside.
    ///
    /// - Parameter range: A word.
    /// - Returns: False for codes, addresses, hosts and paths.
    func looksSecret(_ range: Range<Int>) -> Bool {
        guard (4...4_096).contains(range.count) else { return range.count > 4_096 }
        var (letters, digits, signs, dots, capitals) = (0, 0, 0, 0, 0)
        for octet in octets[range] {
            if octet.isDigit {
                digits += 1
            } else if octet.isLetter || octet >= 0x80 {
                letters += 1
                if octet.isUpper { capitals += 1 }
            } else if octet == UInt8(ascii: ".") {
                dots += 1
            } else if !"-_/:'".utf8.contains(octet) {
                signs += 1
            }
        }
        if letters == 0 { return digits >= 6 && dots == 0 || signs > 0 && digits > 0 }
        let isName = signs == 0 && dots > 0 && capitals == 0 || octets[range].contains(word: "://") || isAddress(range)
        return !isName && (digits > 0 || signs > 0)
    }

    /// Whether a word can hardly be anything but a secret: letters, and digits or signs between them, more than once.
    ///
    /// - Parameter range: A word.
    /// - Returns: False for `Office365` and the like.
    func isSurelySecret(_ range: Range<Int>) -> Bool {
        guard range.count >= 6, looksSecret(range) else { return false }
        let kinds = octets[range].map {
            $0.isDigit ? 0 : $0.isLetter || $0 >= 0x80 ? 1 : "-_.:/'".utf8.contains($0) ? 3 : 2
        }
        guard kinds.contains(1) else { return false }
        let changes = zip(kinds, kinds.dropFirst()).count { $0 != $1 && $0 != 3 && $1 != 3 }
        return changes >= 3 || kinds.dropFirst().dropLast().contains(2) && kinds.contains(0)
    }

    /// `jane@example.com`
    func isAddress(_ range: Range<Int>) -> Bool {
        let parts = octets[range].split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        guard parts.count == 2, let domain = parts.last, domain.contains(UInt8(ascii: ".")) else { return false }
        return domain.allSatisfy { $0.isAlphanumeric || ".-".utf8.contains($0) } && domain.last?.isLetter == true
            && parts[0].allSatisfy { $0.isAlphanumeric || "._-+%".utf8.contains($0) }
    }
}

extension ArraySlice where Element == UInt8 {
    func contains(word: String) -> Bool { Array(self).contains(word: word) }
}
