/// A request as it came in, before anything is judged.
struct RegistrationRequest: Hashable, Sendable {
    var method: String
    var path: String
    var apiKey: String?
    var contentType: String
    var body: [UInt8]
}
