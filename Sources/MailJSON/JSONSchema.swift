/// A JSON Schema (draft 2020-12) in the making: the definitions that have been collected so far.
public struct JSONSchema {
    /// Whether keys that are not described are forbidden.
    let isClosed: Bool
    private var definitions: [String: JSONObject] = [:]

    private init(isClosed: Bool) { self.isClosed = isClosed }

    /// The whole schema of a value.
    ///
    /// - Parameters:
    ///   - description: The value's description, that of an object.
    ///   - title: What the schema is called.
    ///   - about: What is said of it at its top.
    ///   - isClosed: Whether keys that are not described are forbidden, as in files that people write.
    /// - Returns: The schema.
    public static func document<Value>(
        of description: JSONDescription<Value>, title: String, about: String, isClosed: Bool = false
    ) -> JSONValue {
        var draft = JSONSchema(isClosed: isClosed)
        var root = description.schema(&draft)
        if let own = draft.definitions.removeValue(forKey: name(of: Value.self)) { root = own }
        var document: JSONObject = [
            "$schema": "https://json-schema.org/draft/2020-12/schema", "title": .text(title),
            "description": .text(about),
        ]
        for (key, value) in zip(root.keys, root.values) where key != "description" { document[key] = value }
        if isClosed, case .object(var properties)? = document["properties"] {
            properties["$schema"] = ["description": "Names this schema, for editors.", "type": "string"]
            document["properties"] = .object(properties)
        }
        document["$defs"] = .object(JSONObject(sorting: draft.definitions.mapValues(JSONValue.object)))
        return .object(document)
    }

    /// A reference to the schema of a type, which is made when it is first asked for.
    mutating func reference(_ type: Any.Type, _ make: (inout JSONSchema) -> JSONObject) -> JSONObject {
        let name = Self.name(of: type)
        if definitions[name] == nil {
            // It stands there before it is made: a type that holds itself refers to it.
            definitions[name] = [:]
            definitions[name] = make(&self)
        }
        return ["$ref": .text("#/$defs/" + name)]
    }

    /// The same schema with `null` allowed.
    static func nullable(_ schema: JSONObject) -> JSONObject {
        var schema = schema
        if case .text(let type)? = schema["type"] {
            schema["type"] = .texts([type, "null"])
            return schema
        }
        if case .list(let words)? = schema["enum"] {
            schema["enum"] = .list(words + [.null])
            return schema
        }
        return ["oneOf": .list([["type": "null"], .object(schema)])]
    }

    /// The type's name as it is written in Swift, without its module and without the file that a private one is in.
    private static func name(of type: Any.Type) -> String {
        String(reflecting: type).split(separator: ".").dropFirst().filter { !$0.hasPrefix("(") }
            .joined(separator: ".")
    }
}

extension JSONObject {
    /// The same keywords, led by what they are about.
    func described(_ about: String) -> JSONObject {
        var result: JSONObject = ["description": .text(about)]
        for (key, value) in zip(keys, values) where key != "description" { result[key] = value }
        return result
    }
}
