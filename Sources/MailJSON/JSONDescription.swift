/// How a value stands in JSON. **One description writes the value, reads it back, and makes its JSON Schema**, so that no
/// two of them can disagree.
///
/// ```swift
/// static let json = JSONDescription<QuotaFacts>.object(
///     QuotaFacts.init,
///     .field("resource", \.resource, .text, "The resource, upper case."),
///     .field("used", \.used, .integer, "How much is used."),
///     .field("limit", \.limit, .integer, "How much is allowed."))
/// ```
///
/// The fields stand in the order of the initializer and have its types: a property that is added to the type, and so to
/// its initializer, does not compile until it is described.
public struct JSONDescription<Value>: Sendable {
    let writing: @Sendable (Value) -> JSONValue
    let reading: @Sendable (JSONValue, JSONReading) throws(JSONMistake) -> Value
    let schema: @Sendable (inout JSONSchema) -> JSONObject
    /// The members, when the value is an object of known keys.
    let shape: JSONShape?
    /// What a missing member reads as where missing ones are taken for `null`; nil when it is a mistake.
    let absent: (@Sendable () -> Value)?

    /// Makes a description by hand; nearly all are put together from others.
    ///
    /// - Parameters:
    ///   - schema: The keywords of the schema.
    ///   - absent: What `null` and a missing member stand for; nil when they are mistakes.
    ///   - write: Writes a value.
    ///   - read: Reads one.
    public init(
        schema: JSONObject, absent: (@Sendable () -> Value)? = nil,
        write: @escaping @Sendable (Value) -> JSONValue,
        read: @escaping @Sendable (JSONValue, JSONReading) throws(JSONMistake) -> Value
    ) {
        self.init(writing: write, reading: read, schema: { _ in schema }, absent: absent)
    }

    init(
        writing: @escaping @Sendable (Value) -> JSONValue,
        reading: @escaping @Sendable (JSONValue, JSONReading) throws(JSONMistake) -> Value,
        schema: @escaping @Sendable (inout JSONSchema) -> JSONObject, shape: JSONShape? = nil,
        absent: (@Sendable () -> Value)? = nil
    ) {
        self.writing = writing
        self.reading = reading
        self.schema = schema
        self.shape = shape
        self.absent = absent
    }

    /// Writes a value.
    ///
    /// - Parameter value: The value.
    /// - Returns: What stands for it in JSON.
    public func write(_ value: Value) -> JSONValue { writing(value) }

    /// Reads a value.
    ///
    /// - Parameters:
    ///   - value: What stands for it in JSON.
    ///   - mode: What is taken besides.
    /// - Returns: The value.
    /// - Throws: `JSONMistake` for the first thing that is wrong, without its line.
    public func read(_ value: JSONValue, _ mode: JSONReading = .tolerant) throws(JSONMistake) -> Value {
        try reading(value, mode)
    }

    /// Reads a JSON text.
    ///
    /// - Parameters:
    ///   - octets: The text.
    ///   - mode: What is taken besides.
    ///   - limits: What the text may ask for at most.
    /// - Returns: The value.
    /// - Throws: `JSONMistake` for the first thing that is wrong, with its line.
    public func read(
        octets: [UInt8], _ mode: JSONReading = .tolerant, limits: JSONParser.Limits = .standard
    ) throws(JSONMistake) -> Value {
        let value: JSONValue
        do throws(JSONSyntaxError) {
            value = try JSONParser.parse(octets, limits: limits)
        } catch {
            var mistake = JSONMistake(.syntax, error.reason)
            mistake.line = error.line
            throw mistake
        }
        do throws(JSONMistake) {
            return try reading(mode.isStrict ? value.withoutSchemaName : value, mode)
        } catch {
            throw error.located(in: octets)
        }
    }
}

extension JSONValue {
    /// The value without the member `$schema` at its top, by which an editor finds the schema of a file.
    fileprivate var withoutSchemaName: JSONValue {
        guard case .object(var object) = self, object["$schema"] != nil else { return self }
        object["$schema"] = nil
        return .object(object)
    }
}

extension JSONMistake {
    /// The mistake with its line.
    ///
    /// - Parameter octets: The text that was read.
    /// - Returns: The mistake.
    public func located(in octets: [UInt8]) -> JSONMistake {
        var mistake = self
        mistake.line = line ?? JSONParser.line(of: path, in: octets)
        return mistake
    }
}

/// Descriptions made of others.
extension JSONDescription {
    /// The same JSON for another type.
    ///
    /// - Parameters:
    ///   - read: Makes a value of what was read; a mistake that it throws is told at this place.
    ///   - write: The opposite.
    /// - Returns: The description.
    public func mapped<New>(
        read: @escaping @Sendable (Value) throws(JSONMistake) -> New, write: @escaping @Sendable (New) -> Value
    ) -> JSONDescription<New> {
        let shape = shape
        let schema = schema
        return JSONDescription<New>(
            writing: { self.writing(write($0)) },
            reading: { value, mode throws(JSONMistake) in try read(try self.reading(value, mode)) },
            schema: { draft in
                guard let shape else { return schema(&draft) }
                return draft.reference(New.self) { shape.schema(&$0) }
            },
            shape: shape)
    }

    /// The same, with one more condition on what is read.
    ///
    /// - Parameter check: Throws what is wrong.
    /// - Returns: The description.
    public func checked(_ check: @escaping @Sendable (Value) throws(JSONMistake) -> Void) -> JSONDescription {
        JSONDescription(
            writing: writing,
            reading: { value, mode throws(JSONMistake) in
                let result = try self.reading(value, mode)
                try check(result)
                return result
            },
            schema: schema, shape: shape, absent: absent)
    }

    /// The same, with a shorter way to read what has the usual form.
    ///
    /// - Parameter short: Reads a value in which nothing is wrong, strictly taken; nil sends the reader the long way, which
    ///   finds what is wrong.
    /// - Returns: The description.
    public func shortened(_ short: @escaping @Sendable (JSONValue) -> Value?) -> JSONDescription {
        let long = reading
        return JSONDescription(
            writing: writing,
            reading: { value, mode throws(JSONMistake) in
                if let result = short(value) { return result }
                return try long(value, mode)
            },
            schema: schema, shape: shape, absent: absent)
    }

    /// The same object, written without the members that are `null`.
    public var withoutNulls: JSONDescription {
        JSONDescription(
            writing: { value in
                guard case .object(let object) = self.writing(value) else { return self.writing(value) }
                var kept = JSONObject()
                for (key, value) in zip(object.keys, object.values) where value != .null { kept[key] = value }
                return .object(kept)
            },
            reading: reading, schema: schema, shape: shape, absent: absent)
    }

    /// The same, with further keywords in its schema.
    ///
    /// - Parameter keywords: Such as `pattern` or `format`. They say what is written; nobody is refused by them.
    /// - Returns: The description.
    public func annotated(_ keywords: JSONObject) -> JSONDescription {
        JSONDescription(
            writing: writing, reading: reading,
            schema: { draft in
                var object = self.schema(&draft)
                for (key, value) in zip(keywords.keys, keywords.values) { object[key] = value }
                return object
            },
            shape: shape, absent: absent)
    }

    /// A value or `null`.
    ///
    /// - Parameter wrapped: The description of the value.
    /// - Returns: The description.
    public static func optional<Wrapped>(_ wrapped: JSONDescription<Wrapped>) -> JSONDescription
    where Value == Wrapped? {
        JSONDescription(
            writing: { $0.map(wrapped.writing) ?? .null },
            reading: { value, mode throws(JSONMistake) in value == .null ? nil : try wrapped.reading(value, mode) },
            schema: { JSONSchema.nullable(wrapped.schema(&$0)) }, absent: { nil })
    }

    /// A value that must be there, for a property that can also do without.
    ///
    /// - Parameter wrapped: The description of the value. Nil is written as `null`, and never read.
    /// - Returns: The description.
    public static func some<Wrapped>(_ wrapped: JSONDescription<Wrapped>) -> JSONDescription
    where Value == Wrapped? {
        JSONDescription(
            writing: { $0.map(wrapped.writing) ?? .null },
            reading: { value, mode throws(JSONMistake) in try wrapped.reading(value, mode) }, schema: wrapped.schema)
    }

    /// A list.
    ///
    /// - Parameters:
    ///   - element: The description of its elements.
    ///   - least: How many there are at least.
    /// - Returns: The description.
    public static func list<Element>(_ element: JSONDescription<Element>, atLeast least: Int = 0) -> JSONDescription
    where Value == [Element] {
        JSONDescription(
            writing: { .list($0.map(element.writing)) },
            reading: { value, mode throws(JSONMistake) in
                guard case .list(let items) = value else { throw JSONMistake(.wrongType, "a list must stand here") }
                guard items.count >= least else {
                    throw JSONMistake(.badValue, "at least \(least) must stand here")
                }
                var result: [Element] = []
                result.reserveCapacity(items.count)
                for (place, item) in items.enumerated() {
                    do throws(JSONMistake) {
                        result.append(try element.reading(item, mode.inside))
                    } catch {
                        throw error.inside(.index(place))
                    }
                }
                return result
            },
            schema: { draft in
                var object: JSONObject = ["type": "array", "items": .object(element.schema(&draft))]
                if least > 0 { object["minItems"] = .integer(least) }
                return object
            })
    }

    /// An object with one member for each word of a type.
    ///
    /// - Parameters:
    ///   - element: The description of its values.
    ///   - about: What a member is, for the schema.
    /// - Returns: The description.
    public static func table<Word, Element>(
        _ element: JSONDescription<Element>, _ about: String
    ) -> JSONDescription
    where Value == [Word: Element], Word: RawRepresentable & CaseIterable & Sendable, Word.RawValue == String {
        let words = Array(Word.allCases)
        let shape = JSONShape(
            keys: words.map(\.rawValue),
            properties: { draft in
                words.map { word in
                    let schema = element.schema(&draft).described(about)
                    return JSONShape.Property(key: word.rawValue, schema: schema, isRequired: true)
                }
            }, about: nil)
        return JSONDescription(
            writing: { table in
                var object = JSONObject()
                for word in words { object[word.rawValue] = table[word].map(element.writing) }
                return .object(object)
            },
            reading: { value, mode throws(JSONMistake) in
                guard case .object(let object) = value else {
                    throw JSONMistake(.wrongType, "an object must stand here")
                }
                if !mode.isInline { try object.check(known: shape.keys, required: [], mode) }
                var result: Value = [:]
                for word in words {
                    guard let item = object[word.rawValue] else {
                        throw JSONMistake(.missingKey, at: word.rawValue, "this key is missing")
                    }
                    do throws(JSONMistake) {
                        result[word] = try element.reading(item, mode.inside)
                    } catch {
                        throw error.inside(.key(word.rawValue))
                    }
                }
                return result
            },
            schema: shape.schema, shape: shape)
    }

    /// An object whose keys are data; they are written in their order.
    ///
    /// - Parameter element: The description of its values.
    /// - Returns: The description.
    public static func dictionary<Element>(_ element: JSONDescription<Element>) -> JSONDescription
    where Value == [String: Element] {
        JSONDescription(
            writing: { .object(JSONObject(sorting: $0.mapValues(element.writing))) },
            reading: { value, mode throws(JSONMistake) in
                guard case .object(let object) = value else {
                    throw JSONMistake(.wrongType, "an object must stand here")
                }
                var result: [String: Element] = [:]
                for (key, item) in zip(object.keys, object.values) {
                    do throws(JSONMistake) {
                        result[key] = try element.reading(item, mode.inside)
                    } catch {
                        throw error.inside(.key(key))
                    }
                }
                return result
            },
            schema: { ["type": "object", "additionalProperties": .object(element.schema(&$0))] })
    }
}
