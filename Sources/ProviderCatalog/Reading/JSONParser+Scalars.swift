/// Texts and numbers.
extension JSONParser {
    /// A text; the place is that of its first quotation mark.
    mutating func text() throws(JSONSyntaxError) -> String {
        place += 1
        let start = place
        try skipPlain()
        if takeQuote() { return String(decoding: bytes[start..<place - 1], as: UTF8.self) }
        var octets = Array(bytes[start..<place])
        while !takeQuote() {
            guard place < bytes.count, bytes[place] == UInt8(ascii: "\\") else { throw error("a text has no end") }
            place += 1
            octets.append(contentsOf: String(try escaped()).utf8)
            let plain = place
            try skipPlain()
            octets.append(contentsOf: bytes[plain..<place])
        }
        return String(decoding: octets, as: UTF8.self)
    }

    private mutating func takeQuote() -> Bool {
        guard place < bytes.count, bytes[place] == UInt8(ascii: "\"") else { return false }
        place += 1
        return true
    }

    private mutating func skipPlain() throws(JSONSyntaxError) {
        while place < bytes.count, bytes[place] != UInt8(ascii: "\""), bytes[place] != UInt8(ascii: "\\") {
            guard bytes[place] >= 0x20 else { throw error("a control character stands in a text") }
            place += 1
        }
    }

    private mutating func escaped() throws(JSONSyntaxError) -> Unicode.Scalar {
        guard place < bytes.count else { throw error("a text has no end") }
        place += 1
        switch bytes[place - 1] {
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "u"): return try scalar()
        case let byte where "\"\\/".utf8.contains(byte): return Unicode.Scalar(byte)
        default: throw error("an unknown character stands behind a backslash")
        }
    }

    /// The character of `\uXXXX`, or of two of them (RFC 8259, section 7).
    private mutating func scalar() throws(JSONSyntaxError) -> Unicode.Scalar {
        let first = try hexadecimal()
        if let scalar = Unicode.Scalar(first) { return scalar }
        if first < 0xDC00, bytes[place...].starts(with: "\\u".utf8) {
            place += 2
            let second = try hexadecimal()
            if (0xDC00...0xDFFF).contains(second),
                let scalar = Unicode.Scalar(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00))
            {
                return scalar
            }
        }
        throw error("half a character stands behind \\u")
    }

    private mutating func hexadecimal() throws(JSONSyntaxError) -> UInt32 {
        let digits = bytes[place...].prefix(4)
        guard digits.count == 4, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
            let number = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
        else { throw error("four hexadecimal digits must stand behind \\u") }
        place += 4
        return number
    }

    /// A number of the form in RFC 8259, section 6.
    mutating func number() throws(JSONSyntaxError) -> Double {
        let start = place
        if place < bytes.count, bytes[place] == UInt8(ascii: "-") { place += 1 }
        let whole = digits()
        var isWell = whole > 0 && (whole == 1 || bytes[place - whole] != UInt8(ascii: "0"))
        if place < bytes.count, bytes[place] == UInt8(ascii: ".") {
            place += 1
            isWell = isWell && digits() > 0
        }
        if place < bytes.count, bytes[place] | 0x20 == UInt8(ascii: "e") {
            place += 1
            if place < bytes.count, "+-".utf8.contains(bytes[place]) { place += 1 }
            isWell = isWell && digits() > 0
        }
        guard isWell, let number = Double(String(decoding: bytes[start..<place], as: UTF8.self)), number.isFinite else {
            place = start
            throw error("a value must stand here")
        }
        return number
    }

    private mutating func digits() -> Int {
        let start = place
        while place < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[place]) { place += 1 }
        return place - start
    }
}
