public import MailModel

/// The dialogue with an IMAP server (RFC 3501, RFC 9051) up to a look at the mailbox; no message is read.
///
/// ```
/// S: * OK [CAPABILITY IMAP4rev1 ID] hello   ready -> C: a1 LOGIN "jane@example.com" "..."
/// S: a1 OK welcome                          C: a2 ID ..., a3 EXAMINE INBOX, a4 LIST "" "*"
/// S: * 23 EXISTS ... a4 OK done             finished, C: a5 LOGOUT
/// ```
///
/// Whatever security was configured, no login is reached before TLS is in place: a connection that `start` says is not
/// secured goes through STARTTLS (RFC 9051, section 6.2.1) or stops.
public struct IMAPSession: MailSession {
    /// What the server's next word answers.
    enum Awaited: Hashable, Sendable {
        case greeting, capability, startTLS, login, mailbox, arrival
    }

    var conversation: Conversation
    var awaited = Awaited.greeting
    /// The tag of the command that waits for its answer.
    var tag: String?
    /// What the server offers on this channel.
    var capabilities = IMAPCapabilities([])
    /// What it has said about that since the last command was sent.
    var announced: IMAPCapabilities?
    var login: IMAPLogin?
    var survey: IMAPMailboxSurvey?
    /// Where the test message is looked for.
    var watch: IMAPArrivalWatch?
    var isPreauthenticated = false
    private var reader: IMAPResponseReader
    /// The number in the last tag.
    var lastTag = 0

    /// Makes a session that has not begun.
    ///
    /// - Parameter configuration: What is known beforehand.
    public init(_ configuration: SessionConfiguration) {
        conversation = Conversation(configuration)
        reader = IMAPResponseReader(limits: configuration.limits)
    }

    /// What was learnt so far.
    public var record: SessionRecord {
        guard let survey else { return conversation.record }
        var record = conversation.record
        record.mailbox = survey.facts
        record.implementation = survey.implementation
        return record
    }

    /// Nothing: a response is of use as a whole only, and what it is made of can be a literal of any octets.
    public var unfinished: [ServerText] { [] }

    /// What is being waited for now.
    public var stage: Stage { conversation.stage }

    var redactor: Redactor { conversation.configuration.redactor }

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

    /// TLS is in place: what the server said before it is forgotten (RFC 9051, section 6.2.1).
    ///
    /// - Returns: CAPABILITY.
    public mutating func tlsEstablished() -> SessionStep {
        if let stop = conversation.tlsEstablished() { return stop }
        reader = IMAPResponseReader(limits: conversation.configuration.limits)
        return askCapabilities()
    }

    /// Says goodbye without a login.
    ///
    /// - Returns: `finished` with LOGOUT.
    public mutating func finish() -> SessionStep { conversation.leave(logout()) }

    /// Makes a tag that was not used before.
    ///
    /// - Returns: `a1`, `a2`, ...
    mutating func nextTag() -> String {
        lastTag += 1
        return "a\(lastTag)"
    }

    /// Sends a command that may be shown as it is, and waits for its answer.
    ///
    /// - Parameters:
    ///   - command: The command, without its tag.
    ///   - awaiting: What the answer will be.
    /// - Returns: `send`.
    mutating func ask(_ command: String, awaiting: Awaited) -> SessionStep {
        let tag = nextTag()
        self.tag = tag
        awaited = awaiting
        announced = nil
        return conversation.ask(OutgoingData(line: "\(tag) \(command)"), unlessAnswered: Self.isUntagged)
    }

    /// Whether a line, or its beginning, may come at any time: untagged responses do (RFC 9051, section 7).
    ///
    /// - Parameter line: The line, without its end.
    /// - Returns: False for tagged responses and continuation requests.
    static func isUntagged(_ line: [UInt8]) -> Bool { "* ".utf8.starts(with: line.prefix(2)) }

    /// The last command (RFC 9051, section 6.1.3).
    ///
    /// - Returns: LOGOUT with its tag.
    mutating func logout() -> OutgoingData { OutgoingData(line: "\(nextTag()) LOGOUT") }

    private mutating func readOn() -> SessionStep {
        while true {
            switch reader.next(from: &conversation.lines) {
            case .incomplete: return .wait
            case .response(let response): if let step = take(response) { return step }
            case .violation(.replyTooLong, _) where survey?.isListing == true: return cutListing()
            case .violation(let violation, let text): return conversation.stop(violation, text: text)
            }
        }
    }

    private mutating func take(_ raw: IMAPRawResponse) -> SessionStep? {
        conversation.hear(raw.lines)
        let octets = raw.octets
        if awaited == .greeting { return handleGreeting(octets) }
        // An empty line says nothing, and some servers send one.
        if octets.isEmpty { return nil }
        guard let response = IMAPResponse(octets) else { return conversation.stop(.malformedReply, text: octets) }
        switch response {
        case .status(let status): return take(status, octets: octets)
        case .continuation(let text): return handleContinuation(text, octets: octets)
        case .capability(let capabilities): announced = capabilities
        case .list, .exists, .internalDate, .quota:
            if survey == nil { conversation.record.unsolicited += 1 }
            survey?.take(response)
        case .search, .header: watch?.take(response)
        case .identification, .other: survey?.take(response)
        }
        return nil
    }

    private mutating func take(_ status: IMAPStatusResponse, octets: [UInt8]) -> SessionStep? {
        guard let answered = status.tag else { return handleUntagged(status, octets: octets) }
        reader.beginCommand()
        if awaited == .mailbox { return handleMailbox(status, octets: octets) }
        if awaited == .arrival { return handleArrival(status) }
        guard answered == tag else { return conversation.stop(.unknownTag, text: octets) }
        tag = nil
        announced = IMAPCapabilities(status.code) ?? announced
        switch awaited {
        case .capability: return handleCapability(status)
        case .startTLS: return handleSTARTTLS(status)
        case .login: return handleLogin(status)
        case .greeting, .mailbox, .arrival: return conversation.stop(.outOfOrder)
        }
    }
}
