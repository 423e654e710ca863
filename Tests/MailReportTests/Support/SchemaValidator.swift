import Foundation

/// The part of JSON Schema (draft 2020-12) that `docs/report.schema.json` uses. A keyword that is not known here is a
/// complaint of its own, so that no rule of the schema goes unread.
struct SchemaValidator {
    let root: ParsedJSON

    /// What is wrong with a value, each complaint with the place; none when it fits.
    func complaints(about value: ParsedJSON) -> [String] { complaints(about: value, schema: root, at: "$") }

    private func complaints(about value: ParsedJSON, schema: ParsedJSON, at place: String) -> [String] {
        guard case .object(let rules) = schema else { return ["\(place): the schema is no object"] }
        return rules.sorted { $0.key < $1.key }.flatMap { keyword, rule in
            apply(keyword, rule, to: value, at: place)
        }
    }

    private func apply(_ keyword: String, _ rule: ParsedJSON, to value: ParsedJSON, at place: String) -> [String] {
        switch keyword {
        case "$schema", "title", "description", "$defs": return []
        case "$ref":
            return reference(rule).map { complaints(about: value, schema: $0, at: place) } ?? ["\(place): \(rule)"]
        case "oneOf": return oneOf(rule, value, place)
        case "properties", "required", "items", "minItems": return structure(keyword, rule, value, place)
        default: return SchemaRules.holds(keyword, rule, value) ? [] : ["\(place): \(keyword) \(rule), found \(value)"]
        }
    }

    private func reference(_ rule: ParsedJSON) -> ParsedJSON? {
        guard case .text(let path) = rule, path.hasPrefix("#/$defs/") else { return nil }
        return root["$defs"]?[String(path.dropFirst("#/$defs/".count))]
    }

    private func oneOf(_ rule: ParsedJSON, _ value: ParsedJSON, _ place: String) -> [String] {
        guard case .list(let choices) = rule else { return ["\(place): oneOf is no list"] }
        let results = choices.map { complaints(about: value, schema: $0, at: place) }
        if results.filter(\.isEmpty).count == 1 { return [] }
        return ["\(place): not exactly one of \(choices.count)"] + results.flatMap { $0 }
    }

    private func structure(_ keyword: String, _ rule: ParsedJSON, _ value: ParsedJSON, _ place: String) -> [String] {
        switch (keyword, rule, value) {
        case ("properties", .object(let schemas), .object(let members)):
            return schemas.sorted { $0.key < $1.key }.flatMap { key, schema in
                members[key].map { complaints(about: $0, schema: schema, at: "\(place).\(key)") } ?? []
            }
        case ("required", .list(let keys), .object(let members)):
            return keys.compactMap { key in
                guard case .text(let name) = key, members[name] == nil else { return nil }
                return "\(place): \(name) is missing"
            }
        case ("items", let schema, .list(let items)):
            return items.enumerated().flatMap { index, item in
                complaints(about: item, schema: schema, at: "\(place)[\(index)]")
            }
        case ("minItems", .number(let least), .list(let items)):
            return Double(items.count) >= least ? [] : ["\(place): too few items"]
        // A rule for one kind of value says nothing about the other kinds.
        default: return []
        }
    }
}
