extension JSONDescription {
    /// An object, made of the properties of a type.
    ///
    /// - Parameters:
    ///   - make: The initializer that takes all properties.
    ///   - fields: The properties, in the order of the initializer.
    ///   - derived: Members that follow from the properties.
    ///   - order: The keys in the order in which they are written; those that are left out follow in the order of the
    ///     fields, and behind them what is derived.
    ///   - about: What the object is, for the schema.
    /// - Returns: The description.
    public static func object<each Property>(
        _ make: @escaping @Sendable (repeat each Property) -> Value,
        _ fields: repeat JSONField<Value, each Property>, derived: [JSONDerived<Value>] = [], order: [String] = [],
        about: String? = nil
    ) -> JSONDescription {
        var readers: [any AnyObject & Sendable] = []
        var members: [JSONMember<Value>] = []
        for field in repeat each fields {
            readers.append(field.reader)
            members.append(
                JSONMember(keys: field.keys, required: field.required, write: field.write, properties: field.properties)
            )
        }
        members += derived.map(JSONMember.init)
        // No key path literals here: inside a function with a parameter pack the runtime cannot make them.
        let known = members.flatMap { $0.keys }
        let required = members.flatMap { $0.required }
        let expected = JSONOrder(written: known, wanted: order)
        let shape = JSONShape(
            keys: order.filter(known.contains) + known.filter { !order.contains($0) },
            properties: { [members] draft in members.flatMap { $0.properties(&draft) } }, about: about)
        return JSONDescription(
            writing: { [members] value in
                var object = JSONObject(capacity: known.count)
                for member in members { member.write(value, &object) }
                return .object(expected.applied(to: object))
            },
            reading: { [readers] value, mode throws(JSONMistake) in
                guard case .object(let object) = value else {
                    throw JSONMistake(.wrongType, "an object must stand here")
                }
                try object.check(known: known, required: required, mode)
                let inside = mode.inside
                var place = 0
                return make(repeat try readNext((each Property).self, of: readers, &place, object, inside))
            },
            schema: { $0.reference(Value.self, shape.schema) }, shape: shape)
    }
}

/// Reads the next property.
///
/// A tuple of readers would be asked for its layout, and the runtime for the type of each element, whenever an object is
/// read: that took a seventh of the time of loading a catalogue. A list has one layout, and each reader in it stands at the
/// place of its property, since both come from one pack.
private func readNext<Property>(
    _ type: Property.Type, of readers: [any AnyObject & Sendable], _ place: inout Int, _ object: JSONObject,
    _ mode: JSONReading
) throws(JSONMistake) -> Property {
    defer { place += 1 }
    return try unsafeDowncast(readers[place], to: JSONFieldReader<Property>.self).read(object, mode)
}

extension JSONObject {
    /// Looks for keys that are unknown and for keys that are missing, before anything is read.
    func check(known: [String], required: [String], _ mode: JSONReading) throws(JSONMistake) {
        guard mode.isStrict, !mode.isInline else { return }
        var next = 0
        for key in keys {
            // Mostly keys stand in the order of the description.
            if next < known.count, known[next] == key {
                next += 1
            } else if let place = known.firstIndex(of: key) {
                next = place + 1
            } else {
                let unknown = keys.filter { !known.contains($0) }.min() ?? key
                throw JSONMistake(.unknownKey, at: unknown, "this key is not known")
            }
        }
        for key in required where !keys.contains(key) {
            throw JSONMistake(.missingKey, at: key, "this key is missing")
        }
    }
}

/// The order of the members of an object, worked out once for all its values.
struct JSONOrder: Sendable {
    private let wanted: [String]
    private let written: [String]
    /// The keys as they are to stand, when all are written.
    private let keys: [String]
    /// Where each of them was written.
    private let places: [Int]

    /// An order.
    ///
    /// - Parameters:
    ///   - written: All keys, in the order in which they are written.
    ///   - wanted: Keys in the order that is wanted; the others follow. None when they stay as they are.
    init(written: [String], wanted: [String]) {
        self.wanted = wanted
        self.written = written
        let indexed = JSONObject(keys: written, values: written.indices.map(JSONValue.integer)).ordered(by: wanted)
        keys = indexed.keys
        places = indexed.values.compactMap(\.integer)
    }

    /// The members in their order.
    func applied(to object: JSONObject) -> JSONObject {
        guard !wanted.isEmpty else { return object }
        // Nearly always all are there; then no key is looked for.
        guard object.keys == written else { return object.ordered(by: wanted) }
        return JSONObject(keys: keys, values: places.map { object.values[$0] })
    }
}

/// A field or a derived member, as far as writing and the schema go.
struct JSONMember<Root>: Sendable {
    let keys: [String]
    let required: [String]
    let write: @Sendable (Root, inout JSONObject) -> Void
    let properties: @Sendable (inout JSONSchema) -> [JSONShape.Property]
}

extension JSONMember {
    /// A derived member; nobody has to write it.
    init(_ derived: JSONDerived<Root>) {
        self.init(
            keys: [derived.key], required: [],
            write: { $1.append(derived.write($0), for: derived.key) }, properties: { [derived.property(&$0)] })
    }
}
