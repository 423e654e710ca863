/// How texts and phrases are made comparable: small letters, one blank for any run of white space, plain apostrophes.
public enum PhraseFolding {
    /// Folds a text.
    ///
    /// Line feeds stay, so that a line of the text is a line of what comes out; no blank stands beside one.
    ///
    /// - Parameter text: Any text.
    /// - Returns: Its octets, folded.
    public static func folded(_ text: String) -> [UInt8] {
        var source = text.utf8.allSatisfy { $0 < 0x80 } ? text : text.lowercased()
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
