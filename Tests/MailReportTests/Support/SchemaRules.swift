import Foundation

/// The rules of JSON Schema that look at one value alone.
enum SchemaRules {
    /// Whether a value keeps a rule. False for a keyword that is not known.
    static func holds(_ keyword: String, _ rule: ParsedJSON, _ value: ParsedJSON) -> Bool {
        switch (keyword, rule, value) {
        case ("type", .list(let names), _): names.contains { holds("type", $0, value) }
        case ("type", .text(let name), _): isA(name, value)
        case ("const", _, _): rule == value
        case ("enum", .list(let choices), _): choices.contains(value)
        case ("pattern", .text(let pattern), .text(let text)): matches(text, pattern)
        case ("format", .text("date-time"), .text(let text)):
            matches(text, #"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$"#)
        case ("format", .text("uri"), .text(let text)): matches(text, #"^[a-z][a-z0-9+.-]*://[^/]+"#)
        case ("minimum", .number(let least), .number(let number)): number >= least
        case ("maximum", .number(let most), .number(let number)): number <= most
        case ("minLength", .number(let least), .text(let text)): Double(text.unicodeScalars.count) >= least
        case ("maxLength", .number(let most), .text(let text)): Double(text.unicodeScalars.count) <= most
        case ("pattern", _, _), ("format", .text("date-time"), _), ("format", .text("uri"), _): true
        case ("minimum", _, _), ("maximum", _, _), ("minLength", _, _), ("maxLength", _, _): true
        default: false
        }
    }

    private static func isA(_ name: String, _ value: ParsedJSON) -> Bool {
        switch (name, value) {
        case ("null", .null), ("boolean", .flag), ("number", .number), ("string", .text), ("array", .list),
            ("object", .object):
            true
        case ("integer", .number(let number)): number.rounded() == number
        default: false
        }
    }

    private static func matches(_ text: String, _ pattern: String) -> Bool {
        guard let regex = try? Regex(pattern) else { return false }
        return text.firstMatch(of: regex) != nil
    }
}
