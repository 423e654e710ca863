/// What kind of character an octet of ASCII is. Texts are scanned as octets: that is fast, and UTF-8 never misleads it.
extension UInt8 {
    var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }

    var isLower: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) }

    var isUpper: Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) }

    var isLetter: Bool { isLower || isUpper }

    var isAlphanumeric: Bool { isLetter || isDigit }

    var isBlank: Bool { self == 0x20 || self == 0x09 }

    var isQuote: Bool { self == UInt8(ascii: "\"") || self == UInt8(ascii: "'") || self == UInt8(ascii: "`") }

    var isBase64: Bool { isAlphanumeric || self == UInt8(ascii: "+") || self == UInt8(ascii: "/") }

    /// The small letter of a capital one, every other octet as it is.
    var lowered: UInt8 { isUpper ? self + 0x20 : self }

    var hexValue: UInt8? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}

extension Array where Element == UInt8 {
    /// The octet at a place, nil outside: what is read comes from strangers.
    func at(_ place: Int) -> UInt8? { indices.contains(place) ? self[place] : nil }

    /// Whether a word of ASCII stands at a place, whatever the case of its letters.
    func has(_ word: StaticString, at place: Int) -> Bool {
        let count = word.utf8CodeUnitCount
        guard place >= 0, place + count <= self.count else { return false }
        return word.withUTF8Buffer { wanted in
            (0..<count).allSatisfy { self[place + $0].lowered == wanted[$0] }
        }
    }

    /// Whether octets in small letters stand at a place, whatever the case of the letters there.
    func has(_ word: [UInt8], at place: Int) -> Bool {
        guard place >= 0, place + word.count <= count else { return false }
        return word.indices.allSatisfy { self[place + $0].lowered == word[$0] }
    }

    /// The octets of a range as text.
    func text(_ range: Range<Int>) -> String { String(decoding: self[range.clamped(to: indices)], as: UTF8.self) }

    /// Whether octets stand anywhere in these.
    func contains(octets wanted: [UInt8]) -> Bool {
        guard let first = wanted.first else { return true }
        guard wanted.count <= count else { return false }
        return (0...(count - wanted.count)).contains {
            self[$0] == first && self[$0..<($0 + wanted.count)].elementsEqual(wanted)
        }
    }

    /// Whether a word stands anywhere in the octets. Texts are searched for hundreds of words, and String's own search
    /// takes a hundred times as long.
    func contains(word: String) -> Bool {
        var word = word
        return word.withUTF8 { wanted in
            withUnsafeBufferPointer { text in
                guard let first = wanted.first, wanted.count <= text.count else { return wanted.isEmpty }
                var start = 0
                while start <= text.count - wanted.count {
                    if text[start] == first {
                        var length = 1
                        while length < wanted.count, text[start + length] == wanted[length] { length += 1 }
                        if length == wanted.count { return true }
                    }
                    start += 1
                }
                return false
            }
        }
    }
}
