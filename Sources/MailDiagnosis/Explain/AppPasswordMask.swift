/// Finds app passwords: sixteen small letters, in one word or in four groups, next to a word such as "password".
enum AppPasswordMask {
    /// How far before it the word may stand.
    private static let reach = 80

    /// Where they are.
    static func ranges(in text: [UInt8]) -> [Range<Int>] {
        var result: [Range<Int>] = []
        var place = 0
        while place < text.count {
            guard text[place].isLower, place == 0 || !text[place - 1].isAlphanumeric,
                let end = end(of: place, in: text), isNamed(place, end, in: text)
            else {
                place += 1
                continue
            }
            result.append(place..<end)
            place = end
        }
        return result
    }

    private static func end(of start: Int, in text: [UInt8]) -> Int? {
        // All groups are set apart in the same way, or none is.
        let separator = text.at(start + 4).flatMap { $0.isAlphanumeric ? nil : $0 }
        if let separator, separator != 0x20, separator != UInt8(ascii: "-") { return nil }
        var place = start
        for group in 0..<4 {
            if group > 0, let separator {
                guard text.at(place) == separator else { return nil }
                place += 1
            }
            for _ in 0..<4 {
                guard text.at(place)?.isLower == true else { return nil }
                place += 1
            }
        }
        return text.at(place)?.isAlphanumeric == true ? nil : place
    }

    private static func isNamed(_ start: Int, _ end: Int, in text: [UInt8]) -> Bool {
        let before = text[max(0, start - reach)..<start].map(\.lowered)
        let words: [StaticString] = ["pass", "pwd", "app code", "secret"]
        if before.indices.contains(where: { place in words.contains { before.has($0, at: place) } }) { return true }
        // A line of its own, as it is copied.
        let startsLine = start == 0 || text[start - 1] == 0x0A
        return startsLine && (end == text.count || text[end] == 0x0A) && end - start == 19
    }
}
