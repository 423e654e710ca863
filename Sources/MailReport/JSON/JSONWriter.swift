/// Writes JSON (RFC 8259) that is also safe to look at: what could steer a terminal, end a line or hide text is escaped.
struct JSONWriter {
    let pretty: Bool
    private(set) var text = ""
    private var depth = 0

    init(pretty: Bool) { self.pretty = pretty }

    mutating func write(_ value: JSONValue) {
        switch value {
        case .null: text += "null"
        case .flag(let flag): text += flag ? "true" : "false"
        case .integer(let number): text += String(number)
        case .number(let number): write(number)
        case .text(let string): write(string)
        case .list(let values):
            writeAll(values, between: ("[", "]")) { writer, value in writer.write(value) }
        case .object(let members):
            writeAll(members, between: ("{", "}")) { writer, member in writer.write(member) }
        }
    }

    private mutating func write(_ member: JSONValue.Member) {
        write(member.key)
        text += pretty ? ": " : ":"
        write(member.value)
    }

    private mutating func writeAll<Item>(
        _ items: [Item], between brackets: (String, String), each: (inout JSONWriter, Item) -> Void
    ) {
        text += brackets.0
        depth += 1
        for (index, item) in items.enumerated() {
            if index > 0 { text += "," }
            newLine()
            each(&self, item)
        }
        depth -= 1
        if !items.isEmpty { newLine() }
        text += brackets.1
    }

    private mutating func newLine() {
        guard pretty else { return }
        text += "\n" + String(repeating: "  ", count: depth)
    }

    private mutating func write(_ number: Double) {
        guard number.isFinite else { return text += "0" }
        if let whole = Int(exactly: number) { text += String(whole) } else { text += String(number) }
    }

    private mutating func write(_ string: String) {
        text += "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case _ where Self.mustBeEscaped(scalar): text += UTF16.encode(scalar)?.map(Self.escape).joined() ?? ""
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }

    private static func escape(_ unit: UInt16) -> String {
        let digits = String(unit, radix: 16)
        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }

    /// C0 and C1 controls, DEL, line and paragraph separators, and the characters that reorder or hide text.
    private static func mustBeEscaped(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned: true
        default: false
        }
    }
}
