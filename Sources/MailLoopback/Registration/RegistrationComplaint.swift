import MailJSON

/// One entry of the array in a 422 answer. Like FastAPI it echoes the input, passwords included: clients must cope.
struct RegistrationComplaint: Hashable, Sendable {
    let place: [JSONValue]
    let type: String
    let message: String
    let input: JSONValue

    init(_ name: String, _ type: String, _ message: String, input: JSONValue) {
        place = name.isEmpty ? [] : [.text(name)]
        self.type = type
        self.message = message
        self.input = input
    }

    init(_ names: [String], _ index: Int, _ type: String, _ message: String, _ input: JSONValue) {
        place = names.map(JSONValue.text) + [.integer(index)]
        self.type = type
        self.message = message
        self.input = input
    }

    private init(_ place: [JSONValue], like other: RegistrationComplaint) {
        self.place = place
        type = other.type
        message = other.message
        input = other.input
    }

    /// The same about an item of a list.
    func inside(_ list: String, _ index: Int) -> RegistrationComplaint {
        RegistrationComplaint([.text(list), .integer(index)] + place, like: self)
    }

    /// The entry.
    var value: JSONValue {
        .object([
            "loc": .list([.text("body")] + place),
            "msg": .text(message),
            "type": .text(type),
            "input": input,
        ])
    }
}
