/// The members of one JSON object, in their order.
///
/// The objects of the catalogue have some five members and few have twenty: to look at each of them is faster than to
/// hash keys, which a dictionary does when it is made and at every look-up. The limit keeps that true for any file.
struct JSONMembers: Hashable, Sendable {
    /// Members that one object may have.
    static let limit = 64

    /// The keys, in their order.
    private(set) var keys: [String] = []
    private var values: [JSONValue] = []

    /// No members.
    init() {}

    /// One member.
    ///
    /// - Parameters:
    ///   - value: Its value.
    ///   - key: Its key.
    init(_ value: JSONValue, forKey key: String) { append(value, forKey: key) }

    /// The value of a key, nil when there is none.
    subscript(key: String) -> JSONValue? {
        keys.firstIndex(of: key).map { values[$0] }
    }

    /// Adds a member.
    ///
    /// - Parameters:
    ///   - value: Its value.
    ///   - key: Its key, which must be a new one.
    mutating func append(_ value: JSONValue, forKey key: String) {
        keys.append(key)
        values.append(value)
    }
}
