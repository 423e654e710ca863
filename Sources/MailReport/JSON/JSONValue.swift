/// A JSON value whose members keep the order in which they were written down.
///
/// Reports are written by hand into this type and not by encoding the model, so that a renamed property cannot rename a
/// key of the contract.
public enum JSONValue: Hashable, Sendable {
    /// `null`
    case null
    /// `true` or `false`
    case flag(Bool)
    /// A whole number.
    case integer(Int)
    /// Any number; one that is not finite is written as 0, since JSON has no word for it.
    case number(Double)
    /// A string.
    case text(String)
    /// An array.
    case list([JSONValue])
    /// An object, its members in order.
    case object([Member])

    /// One member of an object.
    public struct Member: Hashable, Sendable {
        /// The key.
        public var key: String
        /// The value.
        public var value: JSONValue

        /// Makes a member.
        ///
        /// - Parameters:
        ///   - key: The key.
        ///   - value: The value.
        public init(key: String, value: JSONValue) {
            self.key = key
            self.value = value
        }
    }

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
    public static func texts(_ texts: [String]) -> JSONValue { .list(texts.map(JSONValue.text)) }

    /// The value as JSON text (RFC 8259), with a line feed at its end.
    ///
    /// - Parameter pretty: Whether each member stands on a line of its own; without it all is one line.
    /// - Returns: The text.
    public func rendered(pretty: Bool) -> String {
        var writer = JSONWriter(pretty: pretty)
        writer.write(self)
        return writer.text + "\n"
    }
}

extension JSONValue: ExpressibleByDictionaryLiteral {
    /// An object, its members in the order of the literal.
    ///
    /// - Parameter elements: Keys and values.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(elements.map { Member(key: $0.0, value: $0.1) })
    }
}
