import Foundation

/// The ways in which a server can write a text that it was sent: as JSON, Python and HTML quote it.
///
/// Frameworks put a refused value into their sentence as their language quotes it, or a whole JSON text into another.
package enum SecretSpellings {
    /// The text as it is, without the white space around it, and as JSON, Python and HTML write it.
    ///
    /// - Parameter text: The secret.
    /// - Returns: The spellings, some of them equal.
    package static func all(of text: String) -> [String] {
        [text, text.trimmingCharacters(in: .whitespacesAndNewlines)] + json(text) + python(text) + html(text)
    }

    /// Writers differ in whether they keep to ASCII and whether they escape the slash (RFC 8259, section 7).
    private static func json(_ text: String) -> [String] {
        let short: [Unicode.Scalar: String] = [
            "\"": "\\\"", "\\": "\\\\", "\u{8}": "\\b", "\u{C}": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t",
        ]
        let utf8 = map(text) { scalar in short[scalar] ?? (scalar.value < 0x20 ? utf16Escape(scalar) : nil) }
        let ascii = map(text) { scalar in
            short[scalar] ?? ((0x20...0x7E).contains(scalar.value) ? nil : utf16Escape(scalar))
        }
        guard text.utf8.contains(UInt8(ascii: "/")) else { return [utf8, ascii] }
        return [utf8, ascii, utf8.replacing("/", with: "\\/"), ascii.replacing("/", with: "\\/")]
    }

    /// `repr()`: the quotation mark around the text decides whether one in it is escaped.
    private static func python(_ text: String) -> [String] {
        let short: [Unicode.Scalar: String] = ["\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"]
        let quoted = map(text) { scalar in
            short[scalar] ?? (scalar.value < 0x20 || scalar.value == 0x7F ? "\\x" + hex(scalar.value, 2) : nil)
        }
        guard text.utf8.contains(UInt8(ascii: "'")) else { return [quoted] }
        return [quoted, quoted.replacing("'", with: "\\'")]
    }

    /// Template engines differ in how they write the two quotation marks.
    private static func html(_ text: String) -> [String] {
        guard text.utf8.contains(where: { "&<>\"'".utf8.contains($0) }) else { return [text] }
        let base = text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
        let doubles = ["\"", "&quot;", "&#34;"].map { base.replacing("\"", with: $0) }
        return doubles.flatMap { form in ["'", "&#39;", "&#x27;"].map { form.replacing("'", with: $0) } }
    }

    private static func map(_ text: String, _ escape: (Unicode.Scalar) -> String?) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            if let escaped = escape(scalar) { result += escaped } else { result.unicodeScalars.append(scalar) }
        }
        return result
    }

    private static func utf16Escape(_ scalar: Unicode.Scalar) -> String {
        String(scalar).utf16.map { "\\u" + hex(UInt32($0), 4) }.joined()
    }

    private static func hex(_ value: UInt32, _ width: Int) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
