import MailModel

/// A piece of HTML. Foreign text comes in by `text` only, which escapes it; tags come from string literals of this program.
package struct HTML: ExpressibleByStringInterpolation {
    package private(set) var source: String

    /// Takes markup of this program.
    package init(stringLiteral value: String) { source = value }

    /// Takes literals as they are and values escaped: so nothing foreign is ever markup.
    package init(stringInterpolation: Interpolation) { source = stringInterpolation.source }

    /// Puts pieces and texts together.
    package struct Interpolation: StringInterpolationProtocol {
        fileprivate var source = ""

        package init(literalCapacity: Int, interpolationCount: Int) { source.reserveCapacity(literalCapacity * 2) }

        package mutating func appendLiteral(_ literal: String) { source += literal }

        package mutating func appendInterpolation(_ text: some StringProtocol) { source += HTML.escaped(String(text)) }

        package mutating func appendInterpolation(_ number: Int) { source += String(number) }

        package mutating func appendInterpolation(_ html: HTML) { source += html.source }

        package mutating func appendInterpolation(_ parts: [HTML]) { for part in parts { source += part.source } }
    }

    /// Nothing.
    package static let empty: HTML = ""

    /// Both, one after the other.
    package static func + (one: HTML, other: HTML) -> HTML {
        var result = one
        result.source += other.source
        return result
    }

    /// Text as it is shown: controls and what hides or reorders text as escapes, the five marks as entities.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for character in ServerText(text).escaped {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.append(character)
            }
        }
        return result
    }
}

extension HTML {
    /// A link, where the text is an https address of plain characters; else the text.
    static func link(_ text: String) -> HTML {
        let isPlain = text.hasPrefix("https://") && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
        return isPlain ? "<a href=\"\(text)\" rel=\"noreferrer\">\(text)</a>" : "\(text)"
    }
}
