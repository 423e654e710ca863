/// One message of a client in a SASL exchange (RFC 4422). It prints as what may be shown of it.
struct SASLMessage: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
    /// The message in base64, as SMTP and IMAP carry it. May hold a secret.
    let encoded: [UInt8]
    /// What a transcript may show.
    let shown: String

    /// Makes a message with a secret in it.
    ///
    /// - Parameter secret: The message before base64.
    init(secret: [UInt8]) {
        encoded = Base64.encode(secret)
        shown = "[redacted]"
    }

    /// Makes a message that everybody may see.
    ///
    /// - Parameter open: The message before base64.
    init(open: [UInt8]) {
        encoded = Base64.encode(open)
        shown = String(decoding: encoded, as: UTF8.self)
    }

    /// What may be shown.
    var description: String { shown }

    /// A mirror of what may be shown.
    var customMirror: Mirror { Mirror(self, children: ["shown": shown]) }
}

/// The base64 encoding (RFC 4648, section 4) in which SASL messages travel.
enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let padding = UInt8(ascii: "=")

    /// Encodes octets, with padding and without line breaks.
    ///
    /// - Parameter octets: Any octets.
    /// - Returns: ASCII.
    static func encode(_ octets: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity((octets.count + 2) / 3 * 4)
        for start in stride(from: 0, to: octets.count, by: 3) {
            let group = octets[start..<min(start + 3, octets.count)]
            var bits = group.reduce(0) { $0 << 8 | Int($1) }
            bits <<= 8 * (3 - group.count)
            for position in 0...3 {
                let isData = position <= group.count
                result.append(isData ? alphabet[bits >> (18 - 6 * position) & 0x3F] : padding)
            }
        }
        return result
    }

    /// Decodes octets; missing padding is forgiven, anything else is not.
    ///
    /// - Parameter octets: What should be base64.
    /// - Returns: The data, nil when it is no base64.
    static func decode(_ octets: [UInt8]) -> [UInt8]? {
        var digits = octets[...]
        while digits.last == padding, octets.count - digits.count < 2 { digits.removeLast() }
        guard digits.count % 4 != 1, digits.count == octets.count || octets.count % 4 == 0 else { return nil }
        var result: [UInt8] = []
        var bits = 0
        var width = 0
        for digit in digits {
            guard let value = value(of: digit) else { return nil }
            bits = (bits << 6 | value) & 0xFFFF
            width += 6
            guard width >= 8 else { continue }
            width -= 8
            result.append(UInt8(truncatingIfNeeded: bits >> width))
        }
        return result
    }

    private static func value(of digit: UInt8) -> Int? {
        switch digit {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): Int(digit) - 65
        case UInt8(ascii: "a")...UInt8(ascii: "z"): Int(digit) - 71
        case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(digit) + 4
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}
