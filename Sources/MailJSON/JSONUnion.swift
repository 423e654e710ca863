/// A case of an enumeration as JSON has it: the tag that names it, and the members that it carries.
///
/// A case is written by calling its description with what it carries:
///
/// ```swift
/// static let json = JSONDescription<Failure>.union("a failure", [Case.timedOut, Case.closed]) { failure in
///     switch failure {
///     case .timedOut(let after): Case.timedOut(after)
///     case .closed(let reset, let lastWords): Case.closed(reset, lastWords)
///     }
/// }
/// private enum Case {
///     static let timedOut = JSONCase("timed_out", Failure.timedOut, .payload("after_ms", .milliseconds, "When."))
///     static let closed = JSONCase("closed", Failure.closed, .payload("reset", .bool, "..."), .payload(...))
/// }
/// ```
public struct JSONCase<Union, each Payload>: JSONUnionCase, Sendable {
    /// The tag.
    public let tag: String
    private let make: @Sendable (repeat each Payload) -> Union
    private let fields: (repeat JSONField<each Payload, each Payload>)

    /// Describes a case.
    ///
    /// - Parameters:
    ///   - tag: The tag.
    ///   - make: The case as a function of what it carries.
    ///   - fields: What it carries, in order.
    public init(
        _ tag: String, _ make: @escaping @Sendable (repeat each Payload) -> Union,
        _ fields: repeat JSONField<each Payload, each Payload>
    ) {
        self.tag = tag
        self.make = make
        self.fields = (repeat each fields)
    }

    /// Writes the case.
    ///
    /// - Parameter payload: What it carries.
    /// - Returns: The tag and the members.
    public func callAsFunction(_ payload: repeat each Payload) -> JSONTagged {
        var object = JSONObject()
        for (field, value) in repeat (each fields, each payload) { field.write(value, &object) }
        return JSONTagged(tag: tag, members: object)
    }

    /// Reads what the case carries.
    ///
    /// - Parameters:
    ///   - object: The object, the tag among its members.
    ///   - mode: What is taken besides.
    /// - Returns: The value.
    /// - Throws: `JSONMistake`.
    public func read(_ object: JSONObject, _ mode: JSONReading) throws(JSONMistake) -> Union {
        make(repeat try (each fields).reader.read(object, mode))
    }

    /// The keys beside the tag.
    public var keys: [String] {
        var keys: [String] = []
        for field in repeat each fields { keys += field.keys }
        return keys
    }

    /// The schema of the case.
    ///
    /// - Parameters:
    ///   - key: The key of the tag.
    ///   - draft: Where types go that have a schema of their own.
    /// - Returns: The keywords.
    public func schema(tagged key: String, _ draft: inout JSONSchema) -> JSONObject {
        var properties = [JSONShape.Property(key: key, schema: ["const": .text(tag)], isRequired: true)]
        for field in repeat each fields { properties += field.properties(&draft) }
        let shape = JSONShape(keys: properties.map { $0.key }, properties: { [properties] _ in properties }, about: nil)
        return shape.schema(&draft)
    }
}

/// A case of an enumeration, whatever it carries.
public protocol JSONUnionCase<Union>: Sendable {
    /// The enumeration.
    associatedtype Union
    /// The tag.
    var tag: String { get }
    /// The keys beside the tag.
    var keys: [String] { get }
    /// Reads what the case carries.
    func read(_ object: JSONObject, _ mode: JSONReading) throws(JSONMistake) -> Union
    /// The schema of the case.
    func schema(tagged key: String, _ draft: inout JSONSchema) -> JSONObject
}

/// A case that was written: its tag and its members.
public struct JSONTagged: Sendable {
    let tag: String
    let members: JSONObject
}

extension JSONDescription {
    /// An enumeration whose cases carry something: an object whose member `kind` names the case.
    ///
    /// - Parameters:
    ///   - noun: What a case stands for, with its article, such as `a failure`.
    ///   - tagKey: The key of the tag.
    ///   - cases: The cases. One that is missing here cannot be read.
    ///   - about: What the object is, for the schema.
    ///   - write: A `switch` that calls the description of the case at hand, and so compiles only when each has one.
    /// - Returns: The description.
    public static func union(
        _ noun: String, tag tagKey: String = "kind", _ cases: [any JSONUnionCase<Value>], about: String? = nil,
        write: @escaping @Sendable (Value) -> JSONTagged
    ) -> JSONDescription {
        JSONDescription(
            writing: { value in
                let written = write(value)
                return .object(
                    JSONObject(
                        keys: [tagKey] + written.members.keys, values: [.text(written.tag)] + written.members.values))
            },
            reading: { value, mode throws(JSONMistake) in
                guard case .object(let object) = value else {
                    throw JSONMistake(.wrongType, "an object must stand here")
                }
                guard let tag = object[tagKey] else {
                    throw JSONMistake(.missingKey, at: tagKey, "this key is missing")
                }
                guard case .text(let tag) = tag else {
                    throw JSONMistake(.wrongType, at: tagKey, "a text must stand here")
                }
                guard let described = cases.first(where: { $0.tag == tag }) else {
                    throw JSONMistake(.unknownCase, at: tagKey, "\"\(tag)\" is not \(noun) that this version knows")
                }
                try object.check(known: [tagKey] + described.keys, required: [], mode)
                return try described.read(object, mode.inside)
            },
            schema: { draft in
                draft.reference(Value.self) { draft in
                    var object: JSONObject = [:]
                    if let about { object["description"] = .text(about) }
                    object["oneOf"] = .list(cases.map { .object($0.schema(tagged: tagKey, &draft)) })
                    return object
                }
            })
    }

    /// A union, or `null`; a case that this version does not know reads as nil.
    ///
    /// - Parameter wrapped: The description of the union.
    /// - Returns: The description.
    public static func known<Wrapped>(_ wrapped: JSONDescription<Wrapped>) -> JSONDescription
    where Value == Wrapped? {
        JSONDescription(
            writing: { $0.map(wrapped.writing) ?? .null },
            reading: { value, mode throws(JSONMistake) in
                guard value != .null else { return nil }
                do throws(JSONMistake) {
                    return try wrapped.reading(value, mode)
                } catch  where error.kind == .unknownCase && error.path.count == 1 {
                    return nil
                } catch {
                    throw error
                }
            },
            schema: { JSONSchema.nullable(wrapped.schema(&$0)) }, absent: { nil })
    }
}
