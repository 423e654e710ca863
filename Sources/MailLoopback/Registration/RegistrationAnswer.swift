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
