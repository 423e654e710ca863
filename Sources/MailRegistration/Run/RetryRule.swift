import MailModel

/// When a request is sent once more: only where nothing can have been stored, and only as often as the budget allows.
///
/// - No connection, no address, no TLS: the request never left. A short pause, twice.
/// - 429 and 503: the API says that it did nothing. As long as it asks for; see `RetryDelay`.
///
/// Everything else ends the run. A request that may have reached the API is never repeated.
enum RetryRule {
    /// The most requests of one run.
    static let mostTries = 5
    /// The pauses after failures to connect, in order.
    private static let pauses = [Duration.milliseconds(500), .seconds(1)]

    /// The pause before the next try.
    ///
    /// - Parameters:
    ///   - outcome: What the last try came to.
    ///   - tries: How many there were.
    ///   - failures: How many of them, the last included, never left the machine.
    /// - Returns: The pause; nil when the outcome is final.
    static func pause(after outcome: RegistrationOutcome, tries: Int, failures: Int) -> Duration? {
        guard tries < mostTries else { return nil }
        switch (outcome.status, outcome.obstacle, outcome.retry) {
        case (.notAttempted, .unreachable?, _):
            return pauses.indices.contains(failures - 1) ? pauses[failures - 1] : nil
        case (.refused, _, .afterSeconds(let seconds)) where [429, 503].contains(outcome.httpStatus):
            return .seconds(seconds)
        default: return nil
        }
    }
}
