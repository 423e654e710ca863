/// The arguments of IMAP's LOGIN command as they come in: atoms, quoted strings and literals (RFC 9051, section 6.2.3).
struct IMAPLoginArguments: Hashable, Sendable {
    private var values: [[UInt8]] = []
    private var literalLength: Int?

    /// Takes what follows the command's name, or the next line of it.
    mutating func feed(_ line: ArraySlice<UInt8>) -> LoginProgress {
        var rest = line
        if let length = literalLength {
            guard rest.count >= length else { return .malformed }
            values.append(Array(rest.prefix(length)))
            rest = rest.dropFirst(length)
            literalLength = nil
        }
        while true {
            rest = rest.drop { $0 == UInt8(ascii: " ") }
            guard !rest.isEmpty else { break }
            if let literal = Self.literal(rest) {
                literalLength = literal.length
                return literal.waits ? .prompt("+ go ahead") : .quiet
            }
            guard let value = Self.string(&rest) else { return .malformed }
            values.append(value)
        }
        guard values.count == 2 else { return .malformed }
        let texts = values.map { String(decoding: $0, as: UTF8.self) }
        return .attempt(LoginAttempt(username: texts[0], password: texts[1], mechanism: "LOGIN"))
    }

    /// `{5}` or, where the client does not wait (RFC 7888), `{5+}` at the end of a line.
    private static func literal(_ text: ArraySlice<UInt8>) -> (length: Int, waits: Bool)? {
        guard text.first == UInt8(ascii: "{"), text.last == UInt8(ascii: "}") else { return nil }
        var inner = String(decoding: text.dropFirst().dropLast(), as: UTF8.self)
        let waits = !inner.hasSuffix("+")
        if !waits { inner.removeLast() }
        return Int(inner).flatMap { (0...4_096).contains($0) ? ($0, waits) : nil }
    }

    private static func string(_ rest: inout ArraySlice<UInt8>) -> [UInt8]? {
        guard rest.first == UInt8(ascii: "\"") else {
            let atom = rest.prefix { $0 != UInt8(ascii: " ") }
            rest = rest.dropFirst(atom.count)
            return Array(atom)
        }
        rest.removeFirst()
        var value: [UInt8] = []
        while var octet = rest.popFirst() {
            if octet == UInt8(ascii: "\"") { return value }
            if octet == UInt8(ascii: "\\") {
                guard let quoted = rest.popFirst() else { return nil }
                octet = quoted
            }
            value.append(octet)
        }
        return nil
    }
}
