/// The escapes of the dialogue format: `\xNN`, `\r`, `\n`, `\t`, `\0` and a backslash before anything else for itself.
struct DialogueEscape {
    /// One octet, and whether a backslash stood before it.
    struct Octet: Hashable, Sendable {
        var value: UInt8
        var isEscaped: Bool
    }

    /// Reads a text, and returns nil when an escape is cut off or is no hexadecimal number.
    static func octets(of text: some StringProtocol) -> [Octet]? {
        var rest = Array(text.utf8)[...]
        var result: [Octet] = []
        while let first = rest.popFirst() {
            guard first == UInt8(ascii: "\\") else {
                result.append(Octet(value: first, isEscaped: false))
                continue
            }
            guard let value = escaped(&rest) else { return nil }
            result.append(Octet(value: value, isEscaped: true))
        }
        return result
    }

    private static func escaped(_ rest: inout ArraySlice<UInt8>) -> UInt8? {
        guard let kind = rest.popFirst() else { return nil }
        switch kind {
        case UInt8(ascii: "x"):
            guard rest.count >= 2 else { return nil }
            let digits = String(decoding: rest.prefix(2), as: UTF8.self)
            rest = rest.dropFirst(2)
            return UInt8(digits, radix: 16)
        case UInt8(ascii: "r"): return UInt8(ascii: "\r")
        case UInt8(ascii: "n"): return UInt8(ascii: "\n")
        case UInt8(ascii: "t"): return UInt8(ascii: "\t")
        case UInt8(ascii: "0"): return 0
        default: return kind
        }
    }
}
