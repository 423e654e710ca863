import MailModel

/// What both kinds of session keep while they talk: the buffer, the record, and how far they are.
struct Conversation: Sendable {
    /// What was known beforehand.
    let configuration: SessionConfiguration
    /// What came and was not read yet.
    var lines: LineSplitter
    /// What was learnt.
    var record = SessionRecord()
    /// What is being waited for.
    var stage = Stage.greeting
    /// Whether TLS is in place.
    var isSecured = false
    /// How it ended, without the farewell; nil while it goes on.
    private(set) var end: SessionStep?

    /// Makes a conversation that has not begun.
    ///
    /// - Parameter configuration: What was known beforehand.
    init(_ configuration: SessionConfiguration) {
        self.configuration = configuration
        lines = LineSplitter(limit: configuration.limits.lineLength)
    }

    /// Notes a line of the server for the transcript.
    ///
    /// - Parameter line: The line, without its end.
    mutating func hear(_ line: [UInt8]) { record.heard.append(configuration.redactor.text(line)) }

    /// Keeps a text that a person should read; more than a few are kept from nobody, and read by nobody.
    ///
    /// - Parameter text: The text.
    mutating func noteAlert(_ text: [UInt8]) {
        if record.alerts.count < 8 { record.alerts.append(configuration.redactor.text(text)) }
    }

    /// Gives up, for a reason.
    ///
    /// - Parameters:
    ///   - failure: The reason.
    ///   - farewell: What the server may still be told.
    /// - Returns: `stopped`.
    mutating func stop(_ failure: Failure, farewell: OutgoingData? = nil) -> SessionStep {
        record.failure = SessionFailure(stage: stage, failure: failure)
        end = .stopped(farewell: nil)
        return .stopped(farewell: farewell)
    }

    /// Gives up, since the protocol was broken.
    ///
    /// - Parameters:
    ///   - violation: In what way.
    ///   - text: The octets that did it.
    ///   - farewell: What the server may still be told.
    /// - Returns: `stopped`.
    mutating func stop(
        _ violation: ProtocolViolation, text: [UInt8]? = nil, farewell: OutgoingData? = nil
    ) -> SessionStep {
        let shown = text.flatMap { $0.isEmpty ? nil : configuration.redactor.text($0) }
        return stop(.violation(violation.rawValue, text: shown), farewell: farewell)
    }

    /// Comes to the good end.
    ///
    /// - Parameter farewell: What to say last.
    /// - Returns: `finished`.
    mutating func finish(farewell: OutgoingData) -> SessionStep {
        end = .finished(farewell: nil)
        return .finished(farewell: farewell)
    }

    /// Throws away what came in clear behind the go-ahead for TLS (RFC 3207, section 6; CVE-2011-0411).
    ///
    /// - Parameter later: Octets that came after the buffer.
    mutating func discardPlaintext(_ later: [UInt8] = []) {
        record.discardedPlaintext += lines.discardAll() + later.count
    }
}
