public import MailJSON

/// The part of JSON Schema (draft 2020-12) that the schemas of this repository use. A keyword that is not known here is a
/// complaint of its own, so that no rule of a schema goes unread.
public struct SchemaValidator {
    private let root: JSONValue

    /// Takes a schema.
    ///
    /// - Parameter root: The schema.
    public init(root: JSONValue) { self.root = root }

    /// What is wrong with a value, each complaint with the place; none when it fits.
    ///
    /// - Parameter value: The value.
    /// - Returns: The complaints.
    public func complaints(about value: JSONValue) -> [String] { complaints(about: value, schema: root, at: "$") }

    private func complaints(about value: JSONValue, schema: JSONValue, at place: String) -> [String] {
        guard case .object(let rules) = schema else { return ["\(place): the schema is not an object"] }
        return zip(rules.keys, rules.values).flatMap { keyword, rule in
            apply(keyword, rule, among: rules, to: value, at: place)
        }
    }

    private func apply(
        _ keyword: String, _ rule: JSONValue, among rules: JSONObject, to value: JSONValue, at place: String
    ) -> [String] {
        switch keyword {
        case "$schema", "title", "description", "$defs": return []
        case "$ref":
            return reference(rule).map { complaints(about: value, schema: $0, at: place) } ?? ["\(place): \(rule)"]
        case "oneOf": return oneOf(rule, value, place)
        case "properties", "required", "items", "minItems": return structure(keyword, rule, value, place)
        case "additionalProperties": return additional(rule, rules, value, place)
        default: return SchemaRules.holds(keyword, rule, value) ? [] : ["\(place): \(keyword) \(rule), found \(value)"]
        }
    }

    private func reference(_ rule: JSONValue) -> JSONValue? {
        guard let path = rule.text, path.hasPrefix("#/$defs/") else { return nil }
        return root["$defs"]?[String(path.dropFirst("#/$defs/".count))]
    }

    private func oneOf(_ rule: JSONValue, _ value: JSONValue, _ place: String) -> [String] {
        guard let choices = rule.elements else { return ["\(place): oneOf is not a list"] }
        let results = choices.map { complaints(about: value, schema: $0, at: place) }
        if results.filter(\.isEmpty).count == 1 { return [] }
        return ["\(place): not exactly one of \(choices.count)"] + results.flatMap { $0 }
    }

    private func additional(_ rule: JSONValue, _ rules: JSONObject, _ value: JSONValue, _ place: String) -> [String] {
        guard case .object(let members) = value else { return [] }
        var known: [String] = []
        if case .object(let properties)? = rules["properties"] { known = properties.keys }
        return zip(members.keys, members.values).filter { !known.contains($0.0) }.flatMap { key, member in
            rule == false
                ? ["\(place): \(key) is not known"] : complaints(about: member, schema: rule, at: "\(place).\(key)")
        }
    }

    private func structure(_ keyword: String, _ rule: JSONValue, _ value: JSONValue, _ place: String) -> [String] {
        switch (keyword, rule, value) {
        case ("properties", .object(let schemas), .object(let members)):
            return zip(schemas.keys, schemas.values).flatMap { key, schema in
                members[key].map { complaints(about: $0, schema: schema, at: "\(place).\(key)") } ?? []
            }
        case ("required", .list(let keys), .object(let members)):
            return keys.compactMap(\.text).filter { members[$0] == nil }.map { "\(place): \($0) is missing" }
        case ("items", let schema, .list(let items)):
            return items.enumerated().flatMap { index, item in
                complaints(about: item, schema: schema, at: "\(place)[\(index)]")
            }
        case ("minItems", .integer(let least), .list(let items)):
            return items.count >= least ? [] : ["\(place): too few items"]
        // A rule for one kind of value says nothing about the other kinds.
        default: return []
        }
    }
}

/// The rules of JSON Schema that look at one value alone.
private enum SchemaRules {
    /// Whether a value keeps a rule. False for a keyword that is not known.
    static func holds(_ keyword: String, _ rule: JSONValue, _ value: JSONValue) -> Bool {
        switch (keyword, rule) {
        case ("type", .list(let names)): names.contains { holds("type", $0, value) }
        case ("type", .text(let name)): isA(name, value)
        case ("const", _): rule == value
        case ("enum", .list(let choices)): choices.contains(value)
        case ("pattern", .text(let pattern)): value.text.map { matches($0, pattern) } ?? true
        case ("format", .text(let format)): value.text.map { has($0, format) } ?? true
        case ("minimum", _): value.number.map { $0 >= rule.number ?? .infinity } ?? true
        case ("maximum", _): value.number.map { $0 <= rule.number ?? -.infinity } ?? true
        case ("minLength", .integer(let least)): value.text.map { $0.unicodeScalars.count >= least } ?? true
        case ("maxLength", .integer(let most)): value.text.map { $0.unicodeScalars.count <= most } ?? true
        default: false
        }
    }

    private static func isA(_ name: String, _ value: JSONValue) -> Bool {
        switch (name, value) {
        case ("null", .null), ("boolean", .bool), ("number", .number), ("number", .integer), ("string", .text),
            ("array", .list), ("object", .object):
            true
        case ("integer", _): value.integer != nil
        default: false
        }
    }

    private static func has(_ text: String, _ format: String) -> Bool {
        switch format {
        case "date-time": matches(text, #"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$"#)
        case "date": matches(text, #"^\d{4}-\d\d-\d\d$"#)
        case "uri": matches(text, #"^[a-z][a-z0-9+.-]*://[^/]+"#)
        default: false
        }
    }

    private static func matches(_ text: String, _ pattern: String) -> Bool {
        guard let regex = try? Regex(pattern) else { return false }
        return text.firstMatch(of: regex) != nil
    }
}
