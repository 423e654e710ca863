/// Writes JSON (RFC 8259) octet by octet predictable: the members in their order, the same number always in the same way.
public struct JSONWriter {
    /// How the text is laid out.
    public enum Layout: Hashable, Sendable {
        /// Everything on one line, without white space.
        case compact
        /// Each member and element on a line of its own, two spaces a level.
        case indented
    }

    /// What is written as `\uXXXX`.
    public enum Escaping: Hashable, Sendable {
        /// Besides what must be: everything that could steer a terminal, end a line, or reorder or hide text.
        case safeToShow
        /// Only what section 7 demands, for a peer whose octets are agreed on.
        case whatMustBe
    }

    /// What has been written.
    public private(set) var octets: [UInt8] = []
    private let layout: Layout
    private let escaping: Escaping
    private var depth = 0

    /// Makes a writer that has written nothing.
    public init(_ layout: Layout = .indented, escaping: Escaping = .safeToShow) {
        self.layout = layout
        self.escaping = escaping
    }

    /// Writes a value.
    ///
    /// - Parameter value: The value.
    public mutating func write(_ value: JSONValue) {
        switch value {
        case .null: octets += "null".utf8
        case .bool(let bool): octets += (bool ? "true" : "false").utf8
        case .integer(let number): octets += String(number).utf8
        case .number(let number): write(number)
        case .text(let text): write(text)
        case .list(let values):
            open(UInt8(ascii: "["))
            for (place, value) in values.enumerated() {
                separate(place)
                write(value)
            }
            close(UInt8(ascii: "]"), isEmpty: values.isEmpty)
        case .object(let object):
            open(UInt8(ascii: "{"))
            for (place, key) in object.keys.enumerated() {
                separate(place)
                write(key)
                octets.append(UInt8(ascii: ":"))
                if layout == .indented { octets.append(0x20) }
                write(object.values[place])
            }
            close(UInt8(ascii: "}"), isEmpty: object.keys.isEmpty)
        }
    }

    private mutating func open(_ bracket: UInt8) {
        octets.append(bracket)
        depth += 1
    }

    private mutating func separate(_ place: Int) {
        if place > 0 { octets.append(UInt8(ascii: ",")) }
        newLine()
    }

    private mutating func close(_ bracket: UInt8, isEmpty: Bool) {
        depth -= 1
        if !isEmpty { newLine() }
        octets.append(bracket)
    }

    private mutating func newLine() {
        guard layout == .indented else { return }
        octets.append(0x0A)
        octets.append(contentsOf: repeatElement(0x20, count: 2 * depth))
    }

    private mutating func write(_ number: Double) {
        guard number.isFinite else { return octets.append(UInt8(ascii: "0")) }
        if let whole = Int(exactly: number) { octets += String(whole).utf8 } else { octets += String(number).utf8 }
    }
}

/// Texts.
extension JSONWriter {
    private mutating func write(_ text: String) {
        octets.append(UInt8(ascii: "\""))
        var text = text
        let isPlain = text.withUTF8 { utf8 in
            // Nearly all texts of a report are printable ASCII: one pass, one copy.
            let isPlain = utf8.allSatisfy { (0x20...0x7E).contains($0) && $0 != 0x22 && $0 != 0x5C }
            if isPlain { octets.append(contentsOf: utf8) }
            return isPlain
        }
        if !isPlain {
            for scalar in text.unicodeScalars { write(scalar) }
        }
        octets.append(UInt8(ascii: "\""))
    }

    private mutating func write(_ scalar: Unicode.Scalar) {
        switch scalar {
        case "\"": octets += "\\\"".utf8
        case "\\": octets += "\\\\".utf8
        case "\n": octets += "\\n".utf8
        case "\r": octets += "\\r".utf8
        case "\t": octets += "\\t".utf8
        case "\u{0}"..."\u{1F}": writeEscaped(scalar)
        case "\u{20}"..."\u{7E}": octets.append(UInt8(truncatingIfNeeded: scalar.value))
        case _ where escaping == .safeToShow && Self.canHarm(scalar): writeEscaped(scalar)
        default: octets += Unicode.UTF8.encode(scalar).map(Array.init) ?? []
        }
    }

    private mutating func writeEscaped(_ scalar: Unicode.Scalar) {
        for unit in String(scalar).utf16 {
            let digits = String(unit, radix: 16)
            octets += ("\\u" + String(repeating: "0", count: 4 - digits.count) + digits).utf8
        }
    }

    /// C1 controls, DEL, line and paragraph separators, and the characters that reorder or hide text.
    private static func canHarm(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned: true
        default: false
        }
    }
}

extension JSONValue {
    /// The value as JSON text with a line feed at its end, safe to show.
    ///
    /// - Parameter layout: How it is laid out.
    /// - Returns: The text.
    public func rendered(_ layout: JSONWriter.Layout = .indented) -> String {
        var writer = JSONWriter(layout)
        writer.write(self)
        return String(decoding: writer.octets, as: UTF8.self) + "\n"
    }
}
