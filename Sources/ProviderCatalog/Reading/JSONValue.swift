/// One value of a JSON text (RFC 8259, section 3).
enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    case number(Double)
    case text(String)
    case list([JSONValue])
    case object(JSONMembers)
}
