/// Finds out in which encoding a text was saved. PowerShell's `>` writes UTF-16, old programs write Latin-1, and neither says so.
public enum PastedEncoding {
    /// The text.
    ///
    /// - Parameter octets: What stands in the file or came through the pipe.
    /// - Returns: The text, without a byte order mark. What is valid in no encoding is shown as U+FFFD.
    public static func text(of octets: [UInt8]) -> String {
        switch (octets.first, octets.dropFirst().first) {
        case (0xFF, 0xFE): return utf16(octets.dropFirst(2), isLittle: true)
        case (0xFE, 0xFF): return utf16(octets.dropFirst(2), isLittle: false)
        case (0xEF, 0xBB) where octets.count > 2 && octets[2] == 0xBF: return utf8(octets.dropFirst(3))
        default: break
        }
        if let isLittle = looksLikeUTF16(octets) { return utf16(octets[...], isLittle: isLittle) }
        return utf8(octets[...])
    }

    /// Texts of ASCII in UTF-16 have a zero in every other octet: which one tells the order. nil for everything else.
    private static func looksLikeUTF16(_ octets: [UInt8]) -> Bool? {
        let sample = octets.prefix(4_096)
        guard sample.count >= 4 else { return nil }
        var zeros = (even: 0, odd: 0)
        for (place, octet) in sample.enumerated() where octet == 0 {
            if place.isMultiple(of: 2) { zeros.even += 1 } else { zeros.odd += 1 }
        }
        let half = sample.count / 2
        if zeros.odd * 10 >= half * 4, zeros.even * 20 <= half { return true }
        if zeros.even * 10 >= half * 4, zeros.odd * 20 <= half { return false }
        return nil
    }

    private static func utf16(_ octets: ArraySlice<UInt8>, isLittle: Bool) -> String {
        var units: [UInt16] = []
        units.reserveCapacity(octets.count / 2)
        var place = octets.startIndex
        while place + 1 < octets.endIndex {
            let (first, second) = (UInt16(octets[place]), UInt16(octets[place + 1]))
            units.append(isLittle ? second << 8 | first : first << 8 | second)
            place += 2
        }
        return String(decoding: units, as: UTF16.self)
    }

    /// UTF-8; octets that are none are taken for Latin-1, as far as that is likely.
    private static func utf8(_ octets: ArraySlice<UInt8>) -> String {
        if let text = String(validating: octets, as: UTF8.self) { return text }
        let high = octets.filter { $0 >= 0x80 }
        let isLatin = high.allSatisfy { $0 >= 0xA0 } && high.count * 4 < octets.count
        guard isLatin else { return String(decoding: octets, as: UTF8.self) }
        return String(String.UnicodeScalarView(octets.map { Unicode.Scalar($0) }))
    }
}
