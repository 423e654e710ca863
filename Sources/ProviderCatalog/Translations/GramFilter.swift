/// Tells quickly what cannot stand in a text: all groups of four octets of the text are known, and a message of which one is
/// missing is not there. What may be there is looked for properly afterwards.
struct GramFilter {
    private var isThere = [Bool](repeating: false, count: 1 << 16)

    /// Takes a folded text.
    init(_ text: [UInt8]) {
        guard text.count >= 4 else { return }
        for place in 0...(text.count - 4) {
            isThere[Self.hash(text[place], text[place + 1], text[place + 2], text[place + 3])] = true
        }
    }

    /// Whether a message may stand in the text. Only groups of four small letters of ASCII, and of octets that are in no alphabet
    /// with capitals, are compared: how others are folded is not known here.
    func mayHold(_ piece: String) -> Bool {
        var piece = piece
        return piece.withUTF8 { octets in
            guard octets.count >= 4 else { return true }
            for place in 0...(octets.count - 4) where Self.isPlain(octets, place) {
                if !isThere[Self.hash(octets[place], octets[place + 1], octets[place + 2], octets[place + 3])] {
                    return false
                }
            }
            return true
        }
    }

    private static func isPlain(_ octets: UnsafeBufferPointer<UInt8>, _ place: Int) -> Bool {
        (place..<(place + 4)).allSatisfy {
            (0x61...0x7A).contains(octets[$0]) || (0xE4...0xEE).contains(octets[$0]) || isTail(octets, $0)
        }
    }

    /// Whether an octet goes on with a letter of three octets, which is neither punctuation nor Vietnamese.
    private static func isTail(_ octets: UnsafeBufferPointer<UInt8>, _ place: Int) -> Bool {
        guard octets[place] & 0xC0 == 0x80 else { return false }
        for back in 1...2 where place >= back && octets[place - back] & 0xC0 == 0xC0 {
            return (0xE4...0xEE).contains(octets[place - back])
        }
        return false
    }

    private static func hash(_ a: UInt8, _ b: UInt8, _ c: UInt8, _ d: UInt8) -> Int {
        let word = UInt32(a) | UInt32(b) << 8 | UInt32(c) << 16 | UInt32(d) << 24
        return Int((word &* 2_654_435_761) >> 16)
    }
}
