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
        var result = Self.escape(octets.prefix(limit))
        if octets.count > limit { result += " [+\(octets.count - limit) octets]" }
        escaped = result
    }

    /// Makes a text safe to show.
    ///
    /// - Parameter text: Any text.
    public init(_ text: String) { escaped = Self.escape(text.utf8) }

    /// The safe text.
    public var description: String { escaped }

    private static func escape(_ octets: some Collection<UInt8>) -> String {
        if octets.allSatisfy({ (0x20...0x7E).contains($0) }) { return String(decoding: octets, as: UTF8.self) }
        var result = ""
        var rest = octets[...]
        var decoder = Unicode.UTF8.ForwardParser()
        var iterator = rest.makeIterator()
        while true {
            switch decoder.parseScalar(from: &iterator) {
            case .valid(let encoded):
                rest = rest.dropFirst(encoded.count)
                escape(Unicode.UTF8.decode(encoded), into: &result)
            case .error(let length):
                for octet in rest.prefix(length) { result += "\\x" + hex(UInt32(octet), width: 2) }
                rest = rest.dropFirst(length)
            case .emptyInput: return result
            }
        }
    }

    private static func escape(_ scalar: Unicode.Scalar, into result: inout String) {
        switch scalar.value {
        case 0x09: result.append(" ")
        case 0x00...0x1F, 0x7F...0x9F: result += "\\x" + hex(scalar.value, width: 2)
        case 0x061C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFB, 0xE0000...0xE007F:
            result += "\\u{" + hex(scalar.value, width: 4) + "}"
        default: result.unicodeScalars.append(scalar)
        }
    }

    private static func hex(_ value: UInt32, width: Int) -> String {
        let digits = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

extension JSONDescription where Value == ServerText {
    /// Text of a server, as it may be shown.
    public static var serverText: JSONDescription {
        JSONDescription<String>.text.mapped(read: { ServerText($0) }, write: \.escaped)
    }
}
