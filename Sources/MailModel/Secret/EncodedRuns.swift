/// Finds what may be encoded text: runs of base64 (RFC 4648) and of hexadecimal digits.
enum EncodedRuns {
    /// Shorter runs hold less than a secret that is looked for in them.
    private static let shortestBase64 = 12
    private static let fewestDigits = 10

    /// Where runs of base64 stand, of either alphabet.
    ///
    /// - Parameter text: The text.
    /// - Returns: The runs, without the signs that fill them up.
    static func base64(in text: [UInt8]) -> [Range<Int>] {
        var result: [Range<Int>] = []
        var start = 0
        for place in 0...text.count where place == text.count || base64Value(text[place]) == nil {
            if place - start >= shortestBase64 { result.append(start..<place) }
            start = place + 1
        }
        return result
    }

    /// Where hexadecimal digits stand, bare or in groups: `6869`, `68:69`, `0x68, 0x69`.
    ///
    /// - Parameter text: The text.
    /// - Returns: The places of the digits of each run.
    static func hexadecimal(in text: [UInt8]) -> [[Int]] {
        var result: [[Int]] = []
        var run = 0..<0
        var count = 0
        for (place, octet) in text.enumerated() {
            if OctetKind.hexDigits[Int(octet)] {
                run = (count == 0 ? place : run.lowerBound)..<(place + 1)
                count += 1
            } else if count > 0, !isPrefix(text, place), place - run.upperBound >= 2 || !isGap(octet) {
                if count >= fewestDigits { result.append(digits(in: text, run)) }
                count = 0
            }
        }
        if count >= fewestDigits { result.append(digits(in: text, run)) }
        return result.filter { $0.count >= fewestDigits }
    }

    private static func digits(in text: [UInt8], _ run: Range<Int>) -> [Int] {
        var result: [Int] = []
        for place in run {
            if OctetKind.hexDigits[Int(text[place])] {
                result.append(place)
            } else if isPrefix(text, place) {
                result.removeLast()
            }
        }
        return result
    }

    private static func isGap(_ octet: UInt8) -> Bool {
        switch octet {
        case 0x20, UInt8(ascii: ":"), UInt8(ascii: "-"), UInt8(ascii: ","), UInt8(ascii: "."): true
        default: false
        }
    }

    /// What a run of base64 holds, read from one of its first four characters on: any of them may begin a group.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - run: The characters.
    /// - Returns: The octets.
    static func base64(_ text: [UInt8], _ run: Range<Int>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(run.count)
        var value: UInt32 = 0
        var bits: UInt32 = 0
        for place in run {
            guard let digit = base64Value(text[place]) else { break }
            value = (value << 6 | UInt32(digit)) & 0xFFFF
            bits += 6
            guard bits >= 8 else { continue }
            bits -= 8
            result.append(UInt8(truncatingIfNeeded: value >> bits))
        }
        return result
    }

    /// What hexadecimal digits hold.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - digits: The places of the digits, two for each octet.
    /// - Returns: The octets.
    static func hexadecimal(_ text: [UInt8], _ digits: ArraySlice<Int>) -> [UInt8] {
        stride(from: digits.startIndex, to: digits.endIndex - 1, by: 2).map { place in
            let high = OctetKind.hexValue(text[digits[place]]) ?? 0
            return high << 4 | (OctetKind.hexValue(text[digits[place + 1]]) ?? 0)
        }
    }

    /// The number that a character of base64 stands for, in either alphabet.
    ///
    /// - Parameter octet: Any octet.
    /// - Returns: 0...63, nil for any other character.
    static func base64Value(_ octet: UInt8) -> UInt8? {
        switch octet {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): octet - UInt8(ascii: "A")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): octet - UInt8(ascii: "a") + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): octet - UInt8(ascii: "0") + 52
        case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
        case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
        default: nil
        }
    }

    /// The letter of `0x`, behind a zero that is no digit.
    private static func isPrefix(_ text: [UInt8], _ place: Int) -> Bool {
        text[place] | 0x20 == UInt8(ascii: "x") && place > 0 && text[place - 1] == UInt8(ascii: "0")
    }
}
