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
    /// How each is written; a list, since the layout of a tuple would be asked for whenever a case is written.
    private let writers: [any AnyObject & Sendable]

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
        var writers: [any AnyObject & Sendable] = []
        for field in repeat each fields { writers.append(JSONFieldWriter(field.write)) }
        self.writers = writers
    }

    /// Writes the case.
    ///
    /// - Parameter payload: What it carries.
    /// - Returns: The tag and the members.
    public func callAsFunction(_ payload: repeat each Payload) -> JSONTagged {
        var object = JSONObject(capacity: 16)
        object.append(.text(tag), for: "")
        var place = 0
        repeat writeNext(each payload, by: writers, &place, &object)
        return JSONTagged(members: object)
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

/// Writes the next of what a case carries; each writer stands at the place of its payload, since both come from one pack.
private func writeNext<Payload>(
    _ payload: Payload, by writers: [any AnyObject & Sendable], _ place: inout Int, _ object: inout JSONObject
) {
    defer { place += 1 }
    unsafeDowncast(writers[place], to: JSONFieldWriter<Payload>.self).write(payload, &object)
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

/// A case that was written: its members, of which the first is its tag, still without its key.
public struct JSONTagged: Sendable {
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
                var members = write(value).members
                members.renameFirst(tagKey)
                return .object(members)
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
