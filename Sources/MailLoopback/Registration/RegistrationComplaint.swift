/// One entry of the array in a 422 answer. Like FastAPI it echoes the input, passwords included: clients must cope.
struct RegistrationComplaint: Hashable, Sendable {
    let name: String
    let type: String
    let message: String
    let input: JSONValue

    init(_ name: String, _ type: String, _ message: String, input: JSONValue) {
        self.name = name
        self.type = type
        self.message = message
        self.input = input
    }

    /// The entry.
    var value: JSONValue {
        .object([
            "loc": .array(name.isEmpty ? [.string("body")] : [.string("body"), .string(name)]),
            "msg": .string(message),
            "type": .string(type),
            "input": input,
        ])
    }
}
