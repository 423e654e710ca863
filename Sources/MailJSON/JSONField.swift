/// The members of an object as a schema sees them.
struct JSONShape: Sendable {
    /// One member.
    struct Property {
        var key: String
        var schema: JSONObject
        var isRequired: Bool
    }

    /// The keys, in the order in which they are written.
    let keys: [String]
    let properties: @Sendable (inout JSONSchema) -> [Property]
    /// What the object as a whole is.
    let about: String?

    /// The schema of the object.
    func schema(_ draft: inout JSONSchema) -> JSONObject {
        var object: JSONObject = [:]
        if let about { object["description"] = .text(about) }
        object["type"] = "object"
        let properties = properties(&draft).sorted { (place($0.key), $0.key) < (place($1.key), $1.key) }
        object["required"] = .texts(properties.filter(\.isRequired).map(\.key))
        var schemas = JSONObject()
        for property in properties { schemas[property.key] = .object(property.schema) }
        object["properties"] = .object(schemas)
        if draft.isClosed { object["additionalProperties"] = false }
        return object
    }

    private func place(_ key: String) -> Int { keys.firstIndex(of: key) ?? keys.count }
}

/// Reads one property. It is a class since the readers of an object are handed on each time that one is read: a reference
/// is cheaper to hand on than a field.
final class JSONFieldReader<Value>: Sendable {
    let read: @Sendable (JSONObject, JSONReading) throws(JSONMistake) -> Value

    init(_ read: @escaping @Sendable (JSONObject, JSONReading) throws(JSONMistake) -> Value) { self.read = read }
}

/// Writes one property: the counterpart of `JSONFieldReader`.
final class JSONFieldWriter<Root>: Sendable {
    let write: @Sendable (Root, inout JSONObject) -> Void

    init(_ write: @escaping @Sendable (Root, inout JSONObject) -> Void) { self.write = write }
}

/// One property of a type, and the member or members that it has in JSON.
public struct JSONField<Root, Value>: Sendable {
    /// The keys that belong to it, in the order in which they are written.
    let keys: [String]
    /// Those that must be there.
    let required: [String]
    let write: @Sendable (Root, inout JSONObject) -> Void
    let reader: JSONFieldReader<Value>
    let properties: @Sendable (inout JSONSchema) -> [JSONShape.Property]

    /// A property with a member of its own, which is always written.
    ///
    /// - Parameters:
    ///   - key: The key.
    ///   - property: The property.
    ///   - description: How its value stands in JSON.
    ///   - about: What it is, for the schema.
    /// - Returns: The field.
    public static func field(
        _ key: String, _ property: @escaping @Sendable (Root) -> Value, _ description: JSONDescription<Value>,
        _ about: String
    ) -> JSONField {
        JSONField(key, property, description, about, isRequired: true) { mode throws(JSONMistake) in
            guard !mode.isStrict, let absent = description.absent else {
                throw JSONMistake(.missingKey, at: key, "this key is missing")
            }
            return absent()
        }
    }

    /// A property that need not be there when it is read, as in a file of an earlier version. It is always written.
    ///
    /// - Parameters:
    ///   - key: The key.
    ///   - property: The property.
    ///   - description: How its value stands in JSON.
    ///   - missing: What a missing member stands for.
    ///   - about: What it is, for the schema.
    /// - Returns: The field.
    public static func field(
        _ key: String, _ property: @escaping @Sendable (Root) -> Value, _ description: JSONDescription<Value>,
        missing: Value, _ about: String
    ) -> JSONField where Value: Sendable {
        JSONField(key, property, description, about, isRequired: false) { _ in missing }
    }

    /// A property that is written only when it says something: readers of an earlier version meet no new member.
    ///
    /// - Parameters:
    ///   - key: The key.
    ///   - property: The property.
    ///   - description: How its value stands in JSON.
    ///   - nothing: The value that is not written, and what a missing member stands for.
    ///   - about: What it is, for the schema.
    /// - Returns: The field.
    public static func field(
        _ key: String, _ property: @escaping @Sendable (Root) -> Value, _ description: JSONDescription<Value>,
        unless nothing: Value, _ about: String
    ) -> JSONField where Value: Sendable & Equatable {
        let always = JSONField.field(key, property, description, missing: nothing, about)
        return JSONField(
            keys: always.keys, required: [],
            write: { root, object in
                if property(root) != nothing { always.write(root, &object) }
            },
            read: { object, mode throws(JSONMistake) in try always.reader.read(object, mode) },
            properties: always.properties)
    }

    /// A property whose members stand among those of the object itself.
    ///
    /// - Parameters:
    ///   - property: The property.
    ///   - description: The description of its value, an object.
    /// - Returns: The field.
    public static func inline(
        _ property: @escaping @Sendable (Root) -> Value, _ description: JSONDescription<Value>
    ) -> JSONField {
        JSONField(
            keys: description.shape?.keys ?? [], required: [],
            write: { root, object in
                guard case .object(let inner) = description.writing(property(root)) else { return }
                object.take(inner)
            },
            read: { object, mode throws(JSONMistake) in try description.reading(.object(object), mode.inline) },
            properties: { description.shape?.properties(&$0) ?? [] })
    }

    /// A property of which more is written than it holds.
    ///
    /// - Parameters:
    ///   - key: The key.
    ///   - description: How the fuller value stands in JSON.
    ///   - about: What it is, for the schema.
    ///   - write: Makes the fuller value.
    ///   - read: Takes the property out of it.
    /// - Returns: The field.
    public static func field<Fuller>(
        _ key: String, _ description: JSONDescription<Fuller>, _ about: String,
        write: @escaping @Sendable (Root) -> Fuller, read: @escaping @Sendable (Fuller) -> Value
    ) -> JSONField {
        let inner = JSONField<Fuller, Fuller>.field(key, \.self, description, about)
        return JSONField(
            keys: inner.keys, required: inner.required, write: { inner.write(write($0), &$1) },
            read: { object, mode throws(JSONMistake) in read(try inner.reader.read(object, mode)) },
            properties: inner.properties)
    }

    init(
        keys: [String], required: [String], write: @escaping @Sendable (Root, inout JSONObject) -> Void,
        read: @escaping @Sendable (JSONObject, JSONReading) throws(JSONMistake) -> Value,
        properties: @escaping @Sendable (inout JSONSchema) -> [JSONShape.Property]
    ) {
        self.keys = keys
        self.required = required
        self.write = write
        reader = JSONFieldReader(read)
        self.properties = properties
    }

    private init(
        _ key: String, _ property: @escaping @Sendable (Root) -> Value, _ description: JSONDescription<Value>,
        _ about: String, isRequired: Bool,
        missing: @escaping @Sendable (JSONReading) throws(JSONMistake) -> Value
    ) {
        // The closures take with them what they need and not the whole description.
        let (writing, reading) = (description.writing, description.reading)
        let hasNoNull = description.absent == nil
        self.init(
            keys: [key], required: isRequired ? [key] : [],
            write: { $1.append(writing(property($0)), for: key) },
            read: { object, mode throws(JSONMistake) in
                guard let value = object[key] else { return try missing(mode) }
                if hasNoNull, !mode.isStrict, value == .null { return try missing(mode) }
                do throws(JSONMistake) {
                    return try reading(value, mode)
                } catch {
                    throw error.inside(.key(key))
                }
            },
            properties: { draft in
                [
                    JSONShape.Property(
                        key: key, schema: description.schema(&draft).described(about), isRequired: isRequired)
                ]
            })
    }
}

/// A member that is worked out anew each time it is written, and passed over when it is read.
public struct JSONDerived<Root>: Sendable {
    let key: String
    let write: @Sendable (Root) -> JSONValue
    let property: @Sendable (inout JSONSchema) -> JSONShape.Property

    /// A member that follows from the others.
    ///
    /// - Parameters:
    ///   - key: The key.
    ///   - description: How it stands in JSON.
    ///   - about: What it is, for the schema.
    ///   - value: Works it out.
    /// - Returns: The member.
    public static func derived<Value>(
        _ key: String, _ description: JSONDescription<Value>, _ about: String,
        _ value: @escaping @Sendable (Root) -> Value
    ) -> JSONDerived {
        JSONDerived(
            key: key, write: { description.writing(value($0)) },
            property: { draft in
                JSONShape.Property(key: key, schema: description.schema(&draft).described(about), isRequired: true)
            })
    }

    /// A member that is always the same.
    ///
    /// - Parameters:
    ///   - key: The key.
    ///   - value: Its value.
    ///   - about: What it is, for the schema.
    /// - Returns: The member.
    public static func constant(_ key: String, _ value: JSONValue, _ about: String) -> JSONDerived {
        JSONDerived(
            key: key, write: { _ in value },
            property: { _ in
                let schema: JSONObject = ["const": value]
                return JSONShape.Property(key: key, schema: schema.described(about), isRequired: true)
            })
    }
}

extension JSONField where Root == Value {
    /// What a case of an enumeration carries, with a member of its own.
    ///
    /// - Parameters:
    ///   - key: The key.
    ///   - description: How it stands in JSON.
    ///   - about: What it is, for the schema.
    /// - Returns: The field.
    public static func payload(
        _ key: String, _ description: JSONDescription<Value>, _ about: String
    ) -> JSONField where Value: Sendable { .field(key, \.self, description, about) }

    /// What a case of an enumeration carries, its members standing beside the tag.
    ///
    /// - Parameter description: The description of an object.
    /// - Returns: The field.
    public static func members(_ description: JSONDescription<Value>) -> JSONField where Value: Sendable {
        .inline(\.self, description)
    }
}
