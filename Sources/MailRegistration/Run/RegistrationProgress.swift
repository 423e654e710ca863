public import MailModel

/// What a registration is doing.
public enum RegistrationProgress: Hashable, Sendable {
    /// The attempt stands in the journal, and the request leaves.
    case sending(attempt: Int)
    /// Something asks for a pause before the request leaves.
    case waiting(seconds: Int, reason: String)
    /// The API's answer, or the lack of one, is in the journal.
    case answered(RegistrationOutcome.Status)
}
