/// A moment in the life of a request at a registration peer.
public enum RegistrationEvent: String, Hashable, Sendable, CaseIterable {
    /// The whole request has arrived, and nothing is stored yet.
    case received
    /// The account is stored, and nothing is answered yet.
    case stored
    /// The answer was handed to the connection.
    case answered
}
