/// Texts and numbers.
extension JSONParser {
    /// A text; the place is that of its first quotation mark.
    mutating func text() throws(JSONSyntaxError) -> String {
        place += 1
        let start = place
        var isASCII = try skipPlain()
        if takeQuote() {
            return try string(UnsafeBufferPointer(rebasing: bytes[start..<place - 1]), isASCII, from: start)
        }
        var octets = Array(bytes[start..<place])
        while !takeQuote() {
            guard place < bytes.count, bytes[place] == UInt8(ascii: "\\") else { throw error("a text has no end") }
            place += 1
            octets.append(contentsOf: String(try escaped()).utf8)
            let plain = place
            isASCII = try skipPlain() && isASCII
            octets.append(contentsOf: bytes[plain..<place])
        }
        return try octets.withUnsafeBufferPointer { octets throws(JSONSyntaxError) in
            try string(octets, isASCII, from: start)
        }
    }

    /// Octets of a text as a string. What was ASCII on the way needs no second look.
    private func string(
        _ octets: UnsafeBufferPointer<UInt8>, _ isASCII: Bool, from start: Int
    ) throws(JSONSyntaxError) -> String {
        if isASCII { return String(decoding: octets, as: UTF8.self) }
        guard let text = String(validating: octets, as: UTF8.self) else {
            var place = self
            place.place = start
            throw place.error("it is not valid UTF-8")
        }
        return text
    }

    private mutating func takeQuote() -> Bool {
        guard place < bytes.count, bytes[place] == UInt8(ascii: "\"") else { return false }
        place += 1
        return true
    }

    /// Goes on to the next quotation mark or backslash, and says whether all on the way was ASCII.
    private mutating func skipPlain() throws(JSONSyntaxError) -> Bool {
        var all: UInt8 = 0
        while place < bytes.count {
            let byte = bytes[place]
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { break }
            guard byte >= 0x20 else { throw error("a control character stands in a text") }
            all |= byte
            place += 1
        }
        return all < 0x80
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
        var number: UInt32 = 0
        for _ in 0..<4 {
            guard place < bytes.count, let digit = Self.hexadecimalDigit(bytes[place]) else {
                throw error("four hexadecimal digits must stand behind \\u")
            }
            number = number << 4 | digit
            place += 1
        }
        return number
    }

    private static func hexadecimalDigit(_ byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A") + 10)
        default: nil
        }
    }

    /// A number of the form in RFC 8259, section 6.
    mutating func number() throws(JSONSyntaxError) -> JSONValue {
        let start = place
        let isNegative = place < bytes.count && bytes[place] == UInt8(ascii: "-")
        if isNegative { place += 1 }
        let first = place
        let whole = digits()
        var isWell = whole > 0 && (whole == 1 || bytes[first] != UInt8(ascii: "0"))
        var isWhole = true
        if place < bytes.count, bytes[place] == UInt8(ascii: ".") {
            isWhole = false
            place += 1
            isWell = isWell && digits() > 0
        }
        if place < bytes.count, bytes[place] | 0x20 == UInt8(ascii: "e") {
            isWhole = false
            place += 1
            if place < bytes.count, "+-".utf8.contains(bytes[place]) { place += 1 }
            isWell = isWell && digits() > 0
        }
        let end = place
        guard isWell else {
            place = start
            throw error("a value must stand here")
        }
        // 18 digits fit in any case.
        if isWhole, whole <= 18 {
            let magnitude = bytes[first..<end].reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
            return .integer(isNegative ? -magnitude : magnitude)
        }
        let text = String(decoding: bytes[start..<end], as: UTF8.self)
        if isWhole, let integer = Int(text) { return .integer(integer) }
        guard let number = Double(text), number.isFinite else {
            place = start
            throw error("the number is too large")
        }
        return .number(number)
    }

    private mutating func digits() -> Int {
        let start = place
        while place < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[place]) { place += 1 }
        return place - start
    }
}
