public import MailJSON

/// Text that came from outside, made safe to show: nothing in it can move a cursor, colour a screen or end a line.
///
/// Octets that are no UTF-8, C0 and C1 controls, DEL, and the Unicode characters that reorder or hide text are written
/// as `\xNN` or `\u{NNNN}`; a tab becomes a space. A backslash stays as it is: the text is for eyes, not for decoding.
public struct ServerText: Hashable, Sendable, CustomStringConvertible {
    /// The text, safe to print.
    public let escaped: String

    /// Makes octets safe to show.
    ///
    /// - Parameters:
    ///   - octets: What the server sent, without its line end.
    ///   - limit: How many octets are kept; what is cut is said.
    public init(octets: some Collection<UInt8>, limit: Int = 4096) {
        let count = octets.count
        var result = Self.escape(octets.prefix(limit))
        if count > limit { result += " [+\(count - limit) octets]" }
        escaped = result
    }

    /// Makes a text safe to show.
    ///
    /// - Parameter text: Any text.
    public init(_ text: String) { escaped = Self.escape(text.utf8) }

    /// The safe text.
    public var description: String { escaped }

    private static func escape(_ octets: some Collection<UInt8>) -> String {
        octets.withContiguousStorageIfAvailable(escape) ?? Array(octets).withUnsafeBufferPointer(escape)
    }

    /// Every line of every server comes through here: the usual one, printable ASCII, is looked at once and copied once.
    private static func escape(_ octets: UnsafeBufferPointer<UInt8>) -> String {
        var plain = 0
        while plain < octets.count, (0x20...0x7E).contains(octets[plain]) { plain += 1 }
        if plain == octets.count { return String(decoding: octets, as: UTF8.self) }
        var result: [UInt8] = []
        result.reserveCapacity(octets.count + octets.count / 2 + 16)
        var decoder = Unicode.UTF8.ForwardParser()
        var iterator = octets.makeIterator()
        var place = 0
        while true {
            switch decoder.parseScalar(from: &iterator) {
            case .valid(let encoded):
                place += encoded.count
                escape(Unicode.UTF8.decode(encoded), encoded, into: &result)
            case .error(let length):
                for octet in octets[place..<min(place + length, octets.count)] {
                    append("\\x", UInt32(octet), width: 2, to: &result)
                }
                place += length
            case .emptyInput: return String(decoding: result, as: UTF8.self)
            }
        }
    }

    private static func escape(
        _ scalar: Unicode.Scalar, _ encoded: Unicode.UTF8.EncodedScalar, into result: inout [UInt8]
    ) {
        switch scalar.value {
        case 0x09: result.append(0x20)
        case 0x20...0x7E: result.append(UInt8(truncatingIfNeeded: scalar.value))
        case 0x00...0x1F, 0x7F...0x9F: append("\\x", scalar.value, width: 2, to: &result)
        case 0x061C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFB, 0xE0000...0xE007F:
            append("\\u{", scalar.value, width: 4, to: &result)
            result.append(UInt8(ascii: "}"))
        default: for octet in encoded { result.append(octet) }
        }
    }

    /// A number in hexadecimal capitals, with what stands before it.
    private static func append(_ lead: StaticString, _ value: UInt32, width: Int, to result: inout [UInt8]) {
        lead.withUTF8Buffer { result.append(contentsOf: $0) }
        let digits = max(width, value > 0xFFFF ? 5 : value > 0xFF ? 4 : 2)
        for place in (0..<digits).reversed() {
            let digit = UInt8(truncatingIfNeeded: value >> (4 * UInt32(place)) & 0xF)
            result.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "A") + digit - 10)
        }
    }
}

extension JSONDescription where Value == ServerText {
    /// Text of a server, as it may be shown.
    public static var serverText: JSONDescription {
        JSONDescription<String>.text.mapped(read: { ServerText($0) }, write: \.escaped)
    }
}
