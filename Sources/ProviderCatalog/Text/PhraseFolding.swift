/// How texts and phrases are made comparable: small letters, one blank for any run of white space, plain apostrophes.
public enum PhraseFolding {
    /// Folds a text.
    ///
    /// Line feeds stay, so that a line of the text is a line of what comes out; no blank stands beside one.
    ///
    /// - Parameter text: Any text.
    /// - Returns: Its octets, folded.
    public static func folded(_ text: String) -> [UInt8] {
        var source = text
        return source.withUTF8 { folded($0) }
    }

    private static func folded(_ octets: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(octets.count)
        var place = 0
        while place < octets.count {
            let octet = octets[place]
            place += 1
            switch octet {
            case 0x0A, 0x0D:
                if result.last == 0x20 { result.removeLast() }
                if octet == 0x0A || place >= octets.count || octets[place] != 0x0A { result.append(0x0A) }
            case 0x09, 0x0B, 0x0C, 0x20: addBlank(to: &result)
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): result.append(octet + 0x20)
            case 0xC2 where place < octets.count && octets[place] == 0xA0:
                addBlank(to: &result)
                place += 1
            case 0xE2 where place + 1 < octets.count && octets[place] == 0x80:
                place += 2
                switch octets[place - 1] {
                case 0x98, 0x99: result.append(UInt8(ascii: "'"))
                case 0xAF, 0x89, 0x8A: addBlank(to: &result)
                default: result += [0xE2, 0x80, octets[place - 1]]
                }
            case 0xC3...0xD2 where place < octets.count:
                result += SmallLetters.pair(octet, octets[place])
                place += 1
            case 0xE1 where place + 1 < octets.count:
                result += [octet, octets[place], SmallLetters.vietnamese(octets[place], octets[place + 1])]
                place += 2
            default: result.append(octet)
            }
        }
        if result.last == 0x20 { result.removeLast() }
        return result
    }

    private static func addBlank(to result: inout [UInt8]) {
        if let last = result.last, last != 0x20, last != 0x0A { result.append(0x20) }
    }
}

/// Small letters of the alphabets that have capitals, octet by octet (Unicode 16, CaseFolding): the library's own way takes
/// longer than everything else that is done with a phrase.
private enum SmallLetters {
    /// The small letter of one of two octets: Latin, Greek and Cyrillic.
    static func pair(_ first: UInt8, _ second: UInt8) -> [UInt8] {
        switch (first, second) {
        case (0xC3, 0x80...0x9E) where second != 0x97: [first, second + 0x20]
        case (0xC4, 0x80...0xB7) where second != 0xB0 && second != 0xB1, (0xC5, 0x8A...0xB7): [first, second | 1]
        case (0xC4, 0xB9...0xBE), (0xC5, 0x81...0x88), (0xC5, 0xB9...0xBE): [first, second + (second & 1)]
        case (0xCE, 0x91...0x9F): [0xCE, second + 0x20]
        case (0xCE, 0xA0...0xAB): [0xCF, second - 0x20]
        case (0xD0, 0x80...0x8F): [0xD1, second + 0x10]
        case (0xD0, 0x90...0x9F): [0xD0, second + 0x20]
        case (0xD0, 0xA0...0xAF): [0xD1, second - 0x20]
        default: [first, second]
        }
    }

    /// The last octet of a small letter of Latin Extended Additional, which Vietnamese needs.
    static func vietnamese(_ second: UInt8, _ third: UInt8) -> UInt8 {
        guard second == 0xBB || second == 0xBA && !(0x96...0x9F).contains(third) else { return third }
        return third | 1
    }
}
