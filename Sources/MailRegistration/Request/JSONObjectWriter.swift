import MailModel

/// Writes one flat JSON object (RFC 8259) without white space, octet by octet predictable.
///
/// A writer of our own, since a general encoder wants its input to be `Encodable`, and a type with passwords in it
/// must not be. Text stays UTF-8; only what section 7 demands is escaped.
struct JSONObjectWriter {
    private var text = ""

    /// The object written so far, closed.
    var octets: [UInt8] { Array("{\(text)}".utf8) }

    /// Appends one member.
    ///
    /// - Parameter field: Name and value.
    mutating func add(_ field: SentField) {
        if !text.isEmpty { text += "," }
        text += quoted(field.name) + ":"
        switch field.value {
        case .text(let value): text += quoted(value)
        case .number(let value): text += String(value)
        case .flag(let value): text += value ? "true" : "false"
        case .secret(let secret): text += quoted(secret.revealed)
        }
    }

    private func quoted(_ value: String) -> String {
        var result = "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case "\u{0}"..."\u{1F}": result += unicodeEscape(scalar)
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    private func unicodeEscape(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16)
        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }
}
