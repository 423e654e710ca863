public import MailModel

/// The dialogue with a submission server (RFC 6409) up to the login; it never sends a message.
///
/// ```
/// S: 220 mail.example.com ESMTP         C: EHLO [192.0.2.1]
/// S: 250-mail.example.com / 250 STARTTLS  C: STARTTLS
/// S: 220 go ahead                       TLS, C: EHLO [192.0.2.1]
/// S: 250 AUTH PLAIN LOGIN               ready -> C: AUTH PLAIN ...
/// S: 235 welcome                        finished, C: QUIT
/// ```
///
/// Whatever security was configured, no login is reached before TLS is in place: a connection that `start` says is not
/// secured goes through STARTTLS (RFC 3207) or stops.
public struct SMTPSession: MailSession {
    /// What the next reply answers.
    enum Awaited: Hashable, Sendable {
        case greeting, ehlo, helo, startTLS, login, mail, recipient, data, message
    }

    var conversation: Conversation
    var awaited = Awaited.greeting
    var exchange: SASLExchange?
    /// The SASL mechanisms that the server offers on this channel, as it wrote them. The record has them for eyes, and a
    /// password that is equal to a mechanism's name masks it there.
    var offered: [String] = []
    private var parser: SMTPReplyParser
    /// The lines of a reply whose end has not come yet.
    private var pending: [[UInt8]] = []

    /// Makes a session that has not begun.
    ///
    /// - Parameter configuration: What is known beforehand.
    public init(_ configuration: SessionConfiguration) {
        conversation = Conversation(configuration)
        parser = SMTPReplyParser(limits: configuration.limits)
    }

    /// What was learnt so far.
    public var record: SessionRecord { conversation.record }

    /// The lines of a reply whose end has not come.
    public var unfinished: [ServerText] {
        conversation.configuration.redactor.texts(pending, heads: pending.map(Self.head))
    }

    /// What is being waited for now.
    public var stage: Stage { conversation.stage }

    /// The transport is up; the server speaks first.
    ///
    /// - Parameter secured: Whether TLS is already in place.
    /// - Returns: `wait`.
    public mutating func start(secured: Bool) -> SessionStep { conversation.start(secured: secured) }

    /// Takes what the server sent.
    ///
    /// What comes between `startTLS` and `tlsEstablished` is counted as plaintext and thrown away.
    ///
    /// - Parameter octets: Any number of octets, cut anywhere.
    /// - Returns: The next step.
    public mutating func receive(_ octets: [UInt8]) -> SessionStep {
        conversation.receive(octets) ?? readOn()
    }

    /// TLS is in place: what the server said before it is forgotten (RFC 3207, section 4.2).
    ///
    /// - Returns: The second EHLO.
    public mutating func tlsEstablished() -> SessionStep {
        if let stop = conversation.tlsEstablished() { return stop }
        parser = SMTPReplyParser(limits: conversation.configuration.limits)
        pending = []
        return greet("EHLO", awaiting: .ehlo)
    }

    /// Says goodbye without a login.
    ///
    /// - Returns: `finished` with QUIT.
    public mutating func finish() -> SessionStep { conversation.leave(Self.quit) }

    /// There is nothing to wait for on this side.
    ///
    /// - Returns: `stopped`.
    public mutating func resume() -> SessionStep { conversation.stop(.outOfOrder) }

    /// The last command (RFC 5321, section 4.1.1.10).
    static let quit = OutgoingData(line: "QUIT")

    /// Asks something that may be shown as it is.
    ///
    /// - Parameters:
    ///   - command: The command, without its line end.
    ///   - awaiting: What the reply answers.
    /// - Returns: `send`; in plaintext `stopped`, when a reply is there already. 421 may come at any time (RFC 5321,
    ///   section 3.8).
    mutating func ask(_ command: String, awaiting: Awaited) -> SessionStep {
        awaited = awaiting
        return conversation.ask(
            OutgoingData(line: command), unlessAnswered: { line in "421".utf8.starts(with: line.prefix(3)) })
    }

    /// Gives up since the server said no.
    ///
    /// - Parameter reply: Its word. After 421 it closes the connection by itself (RFC 5321, section 3.8).
    /// - Returns: `stopped`.
    mutating func refuse(_ reply: SMTPReply) -> SessionStep {
        let recorded = reply.recorded(conversation.configuration.redactor)
        return conversation.stop(.rejected(recorded), farewell: reply.code == 421 ? nil : Self.quit)
    }

    /// Deals with a reply that is neither the yes nor the no that was waited for.
    ///
    /// - Parameter reply: The reply.
    /// - Returns: `stopped`, as a refusal for 4xx and 5xx, else as a violation.
    mutating func refuseOrViolate(_ reply: SMTPReply) -> SessionStep {
        if reply.code >= 400 { return refuse(reply) }
        let quoted = reply.recorded(conversation.configuration.redactor).quoted
        return conversation.stop(.unexpectedReply, text: Array(quoted.utf8), farewell: Self.quit)
    }

    private mutating func readOn() -> SessionStep {
        while true {
            switch conversation.lines.nextLine() {
            case .incomplete: return .wait
            case .tooLong(let prefix):
                hearPending()
                return conversation.stop(.lineTooLong, text: prefix)
            case .line(let line): if let step = take(line) { return step }
            }
        }
    }

    private mutating func take(_ line: [UInt8]) -> SessionStep? {
        pending.append(line)
        let outcome = parser.take(line)
        if outcome != .incomplete { hearPending() }
        switch outcome {
        case .incomplete: return nil
        case .reply(let reply): return handle(reply)
        case .violation(.malformedReply) where awaited == .greeting:
            return conversation.stop(.notSMTP, text: line)
        case .violation(let violation): return conversation.stop(violation, text: line)
        }
    }

    private mutating func hearPending() {
        conversation.hear(pending, heads: pending.map(Self.head))
        pending = []
    }

    /// What stands before the words of a line: `535-5.7.8 `.
    private static func head(_ line: [UInt8]) -> Int {
        guard let part = SMTPReplyLine(line) else { return 0 }
        let code = EnhancedStatusCode(part.text)?.textOffset ?? 0
        let blanks = part.text.dropFirst(code).prefix { $0 == ASCII.space }.count
        return line.count - part.text.count + code + blanks
    }

    private mutating func handle(_ reply: SMTPReply) -> SessionStep {
        switch awaited {
        case .greeting: handleGreeting(reply)
        case .ehlo: handleEHLO(reply)
        case .helo: handleHELO(reply)
        case .startTLS: handleSTARTTLS(reply)
        case .login: handleLogin(reply)
        case .mail, .recipient, .data, .message: handleSubmission(reply)
        }
    }
}
