import MailJSON

/// What a registration peer does next on a connection.
struct RegistrationAnswer: Hashable, Sendable {
    /// How the answer leaves.
    enum Delivery: Hashable, Sendable {
        case now, never, reset
        case after(milliseconds: Int)
    }

    var status: Int
    var headers: [String: String] = [:]
    var body: [UInt8]
    var delivery = Delivery.now

    /// A JSON answer.
    static func json(_ status: Int, _ value: JSONValue) -> RegistrationAnswer {
        var writer = JSONWriter(.compact, escaping: .whatMustBe)
        writer.write(value)
        return RegistrationAnswer(
            status: status, headers: ["content-type": "application/json"], body: writer.octets)
    }

    /// A JSON answer that holds `detail`, as every error of the API does.
    static func detail(_ status: Int, _ text: String) -> RegistrationAnswer {
        json(status, .object(["detail": .text(text)]))
    }

    /// No answer.
    static func none(_ delivery: Delivery) -> RegistrationAnswer {
        RegistrationAnswer(status: 0, body: [], delivery: delivery)
    }
}

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

/// A request as it came in, before anything is judged.
struct RegistrationRequest: Hashable, Sendable {
    var method: String
    var path: String
    var apiKey: String?
    var contentType: String
    var body: [UInt8]
}
