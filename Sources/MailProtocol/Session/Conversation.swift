import MailModel

/// The frame that both kinds of session share: what came and was not read yet, what was learnt, how far they are, and how
/// plaintext around STARTTLS is dealt with. What the server's words mean is the session's own affair.
struct Conversation: Sendable {
    /// Who has the next word.
    enum Phase: Hashable, Sendable {
        /// The server: its greeting, or the answer to a command.
        case listening
        /// Nobody: the handshake that was agreed on comes next.
        case handshake
        /// The driver, which may log in or leave.
        case ready
        /// The driver, which may look again or leave.
        case paused
    }

    /// What was known beforehand.
    let configuration: SessionConfiguration
    /// What came and was not read yet.
    var lines: LineSplitter
    /// What was learnt.
    var record = SessionRecord()
    /// What is being waited for.
    var stage = Stage.greeting
    /// Who has the next word.
    private(set) var phase = Phase.listening
    /// Whether TLS is in place.
    private(set) var isSecured = false
    /// How it ended, without the farewell; nil while it goes on.
    private(set) var end: SessionStep?

    /// Makes a conversation that has not begun.
    ///
    /// - Parameter configuration: What was known beforehand.
    init(_ configuration: SessionConfiguration) {
        self.configuration = configuration
        lines = LineSplitter(limit: configuration.limits.lineLength)
    }

    // MARK: The way of a connection

    /// The transport is up; the server speaks first.
    ///
    /// - Parameter secured: Whether TLS is already in place.
    /// - Returns: `wait`.
    mutating func start(secured: Bool) -> SessionStep {
        isSecured = secured
        return .wait
    }

    /// Takes what the server sent.
    ///
    /// - Parameter octets: Any number of octets, cut anywhere.
    /// - Returns: The next step; nil when the session is to read on in `lines`.
    mutating func receive(_ octets: [UInt8]) -> SessionStep? {
        if let end { return end }
        if phase == .handshake {
            discardPlaintext(octets)
            return .wait
        }
        lines.append(octets)
        if let record = tlsRecord { return stop(.tlsRecord, text: record) }
        guard phase == .listening else { return idle }
        return nil
    }

    /// Asks something; what comes next answers it.
    ///
    /// - Parameter command: The command.
    /// - Returns: `send`.
    mutating func ask(_ command: OutgoingData) -> SessionStep {
        phase = .listening
        return .send(command)
    }

    /// Asks something in plaintext, before TLS. An answer that is there already cannot be one: somebody hopes that it will
    /// be taken for the server's (CVE-2011-0411 from the other side).
    ///
    /// - Parameters:
    ///   - command: The command.
    ///   - mayWait: Whether a line, whole or its beginning, may rightly be there before the command.
    /// - Returns: `send`, or `stopped`.
    mutating func ask(_ command: OutgoingData, unlessAnswered mayWait: ([UInt8]) -> Bool) -> SessionStep {
        if !isSecured, let early = lines.firstWaiting(where: { !$0.isEmpty && !mayWait($0) }) {
            discardPlaintext()
            return stop(.injectedPlaintext, text: early)
        }
        return ask(command)
    }

    /// The server agreed to TLS. What follows its go-ahead in plaintext is not looked at.
    ///
    /// - Returns: `startTLS`.
    mutating func beginTLS() -> SessionStep {
        discardPlaintext()
        phase = .handshake
        return .startTLS
    }

    /// TLS is in place.
    ///
    /// - Returns: `stopped` when no handshake was due; else nil, and the session forgets what the server said before.
    mutating func tlsEstablished() -> SessionStep? {
        guard phase == .handshake else { return stop(.outOfOrder) }
        isSecured = true
        phase = .listening
        return nil
    }

    /// All is known that can be known without a login.
    ///
    /// - Returns: `ready`.
    mutating func becomeReady() -> SessionStep {
        phase = .ready
        return .ready
    }

    /// All is known but whether the test message has come.
    ///
    /// - Returns: `pause`.
    mutating func pause() -> SessionStep {
        phase = .paused
        return .pause
    }

    /// Begins a login.
    ///
    /// - Returns: `stopped` when it is not the time for one; else nil.
    mutating func beginLogin() -> SessionStep? {
        guard phase == .ready, end == nil else { return stop(.outOfOrder) }
        stage = .auth
        return nil
    }

    // MARK: The ends

    /// Says goodbye, where the driver has the word.
    ///
    /// - Parameter farewell: What to say last.
    /// - Returns: `finished`, or `stopped`.
    mutating func leave(_ farewell: OutgoingData) -> SessionStep {
        guard phase == .ready || phase == .paused, end == nil else { return stop(.outOfOrder) }
        return finish(farewell: farewell)
    }

    /// Comes to the good end.
    ///
    /// - Parameter farewell: What to say last.
    /// - Returns: `finished`.
    mutating func finish(farewell: OutgoingData) -> SessionStep {
        end = .finished(farewell: nil)
        return .finished(farewell: farewell)
    }

    /// Gives up, for a reason.
    ///
    /// - Parameters:
    ///   - failure: The reason.
    ///   - farewell: What the server may still be told.
    /// - Returns: `stopped`.
    mutating func stop(_ failure: Failure, farewell: OutgoingData? = nil) -> SessionStep {
        // The first reason is the one that counts, whatever is asked of a session that has ended.
        guard end == nil else { return .stopped(farewell: nil) }
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
        return stop(.violation(violation, text: shown), farewell: farewell)
    }

    // MARK: What is kept of the server's words

    /// Notes the lines of a whole reply for the transcript. They are searched together: a server may fold what it quotes.
    ///
    /// - Parameters:
    ///   - lines: The lines, without their ends.
    ///   - heads: Octets at the head of each that are no part of what it says.
    mutating func hear(_ lines: [[UInt8]], heads: [Int] = []) {
        record.heard += configuration.redactor.texts(lines, heads: heads)
    }

    /// Keeps a text that a person should read; more than a few are kept from nobody, and read by nobody.
    ///
    /// - Parameter text: The text.
    mutating func noteAlert(_ text: [UInt8]) {
        if record.alerts.count < 8 { record.alerts.append(configuration.redactor.text(text)) }
    }

    /// Throws away what came in plaintext behind the go-ahead for TLS (RFC 3207, section 6; CVE-2011-0411).
    private mutating func discardPlaintext(_ later: [UInt8] = []) {
        record.discardedPlaintext += lines.discardAll() + later.count
    }

    /// While nobody waits for a reply, what comes is kept for the next one; a flood is not.
    private var idle: SessionStep {
        mutating get {
            guard lines.count <= configuration.limits.octetsPerReply else { return stop(.replyTooLong) }
            return phase == .paused ? .pause : .ready
        }
    }

    /// The head of a TLS record (RFC 8446, section 5.1) that stands where a greeting in plaintext belongs: a handshake
    /// message or an alert, from a server that waits for TLS on this port. It has no line end to wait for.
    private var tlsRecord: [UInt8]? {
        guard stage == .greeting, !isSecured, record.heard.isEmpty else { return nil }
        let head = lines.head(3)
        guard head.count == 3, (0x14...0x17).contains(head[0]), head[1] == 3, head[2] <= 4 else { return nil }
        return head
    }
}

extension OutgoingData {
    /// A line that may be shown as it is.
    ///
    /// - Parameter text: The line, without its end.
    init(line text: String) { self.init(octets: Array(text.utf8) + ASCII.lineEnd, shown: text) }
}
