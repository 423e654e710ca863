/// One value of a JSON text (RFC 8259, section 3), the members of its objects in their order.
///
/// It is the only such type of the package: what is read from a file, a server or a report, and what is written into
/// one, passes through it.
public enum JSONValue: Hashable, Sendable {
    /// `null`
    case null
    /// `true` or `false`
    case bool(Bool)
    /// A number written without fraction and exponent that fits into an `Int`.
    case integer(Int)
    /// Any other number. One that is not finite is written as 0, since JSON has no word for it.
    case number(Double)
    /// A string.
    case text(String)
    /// An array.
    case list([JSONValue])
    /// An object.
    case object(JSONObject)

    /// A string, or `null`.
    ///
    /// - Parameter text: The string, if there is one.
    /// - Returns: The value.
    public static func optional(_ text: String?) -> JSONValue { text.map(JSONValue.text) ?? .null }

    /// A whole number, or `null`.
    ///
    /// - Parameter number: The number, if there is one.
    /// - Returns: The value.
    public static func optional(_ number: Int?) -> JSONValue { number.map(JSONValue.integer) ?? .null }

    /// An array of strings.
    ///
    /// - Parameter texts: The strings.
    /// - Returns: The value.
    public static func texts(_ texts: some Sequence<String>) -> JSONValue { .list(texts.map(JSONValue.text)) }
}

/// Looking into a value whose form nobody promises, such as an answer of a server: what is not there is nil.
extension JSONValue {
    /// The member of that name; nil for `null`, for a missing one, and when this is not an object.
    ///
    /// - Parameter key: The name.
    public subscript(_ key: String) -> JSONValue? {
        guard case .object(let members) = self, let value = members[key], value != .null else { return nil }
        return value
    }

    /// The string, when it is one.
    public var text: String? {
        if case .text(let text) = self { text } else { nil }
    }

    /// True or false, when it is one of them and not a number.
    public var bool: Bool? {
        if case .bool(let bool) = self { bool } else { nil }
    }

    /// The whole number, when it is one: `3`, and `3.0` or `3e0` as well.
    public var integer: Int? {
        switch self {
        case .integer(let integer): integer
        case .number(let number): Int(exactly: number)
        default: nil
        }
    }

    /// The number, when it is one.
    public var number: Double? {
        switch self {
        case .integer(let integer): Double(integer)
        case .number(let number): number
        default: nil
        }
    }

    /// The elements, when it is an array.
    public var elements: [JSONValue]? {
        if case .list(let elements) = self { elements } else { nil }
    }
}

/// The members of a JSON object, in their order. No key exists twice.
///
/// Most objects have some five members and few have twenty: to look at each of them is faster than to hash keys, which a
/// dictionary does when it is made and at every look-up.
public struct JSONObject: Hashable, Sendable {
    /// The keys, in their order.
    public private(set) var keys: [String]
    /// The values, in the order of the keys.
    public private(set) var values: [JSONValue]

    /// An object without members.
    public init() { (keys, values) = ([], []) }

    /// An object without members that has room for some.
    init(capacity: Int) {
        self.init()
        keys.reserveCapacity(capacity)
        values.reserveCapacity(capacity)
    }

    /// Takes members whose keys are known to differ.
    init(keys: [String], values: [JSONValue]) { (self.keys, self.values) = (keys, values) }

    /// The members of a dictionary, sorted by key.
    ///
    /// - Parameter members: Keys and values.
    public init(sorting members: [String: JSONValue]) {
        let sorted = members.sorted { $0.key < $1.key }
        (keys, values) = (sorted.map(\.key), sorted.map(\.value))
    }

    /// How many members there are.
    public var count: Int { keys.count }

    /// The value of a key, nil when there is none. Setting nil takes the member away; a new key goes to the end.
    ///
    /// - Parameter key: The key.
    public subscript(_ key: String) -> JSONValue? {
        get { keys.firstIndex(of: key).map { values[$0] } }
        set {
            switch (keys.firstIndex(of: key), newValue) {
            case (let place?, let value?): values[place] = value
            case (let place?, nil):
                keys.remove(at: place)
                values.remove(at: place)
            case (nil, let value?): append(value, for: key)
            case (nil, nil): break
            }
        }
    }

    /// Adds a member with a key that is known to be new.
    mutating func append(_ value: JSONValue, for key: String) {
        keys.append(key)
        values.append(value)
    }

    /// Takes over the members of another object; of a key that stands in both the other's value counts.
    mutating func take(_ other: JSONObject) {
        guard !keys.isEmpty else { return self = other }
        for (key, value) in zip(other.keys, other.values) { self[key] = value }
    }

    /// Gives the first member another key, which is known to be new.
    mutating func renameFirst(_ key: String) {
        if !keys.isEmpty { keys[0] = key }
    }

    /// The same members with those named brought into that order; the others follow in their own.
    ///
    /// - Parameter order: Keys. Those that are not there are passed over.
    /// - Returns: The object.
    func ordered(by order: [String]) -> JSONObject {
        var result = JSONObject()
        result.keys.reserveCapacity(count)
        result.values.reserveCapacity(count)
        for key in order {
            if let value = self[key] { result.append(value, for: key) }
        }
        guard result.count < count else { return result }
        for (key, value) in zip(keys, values) where !order.contains(key) { result.append(value, for: key) }
        return result
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    /// The members of a literal, in its order; of a key that stands there twice the last value counts.
    ///
    /// - Parameter elements: Keys and values.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self.init()
        for (key, value) in elements { self[key] = value }
    }
}

extension JSONValue: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral, ExpressibleByStringLiteral,
    ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral
{
    /// An object, its members in the order of the literal.
    ///
    /// - Parameter elements: Keys and values.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        var object = JSONObject()
        for (key, value) in elements { object[key] = value }
        self = .object(object)
    }

    /// An array.
    ///
    /// - Parameter elements: Its elements.
    public init(arrayLiteral elements: JSONValue...) { self = .list(elements) }

    /// A string.
    ///
    /// - Parameter value: The string.
    public init(stringLiteral value: String) { self = .text(value) }

    /// A whole number.
    ///
    /// - Parameter value: The number.
    public init(integerLiteral value: Int) { self = .integer(value) }

    /// True or false.
    ///
    /// - Parameter value: Which one.
    public init(booleanLiteral value: Bool) { self = .bool(value) }
}
