public import MailJSON

/// How one attempt to connect to one address ended.
public enum ConnectOutcome: String, Hashable, Sendable, CaseIterable {
    /// Connected.
    case connected
    /// ECONNREFUSED: nobody listens there.
    case refused
    /// No answer in time.
    case timedOut = "timed_out"
    /// No route to the host or network.
    case unreachable
    /// The connection was reset.
    case reset
    /// Given up since another address had answered first (RFC 8305).
    case superseded
    /// Any other error.
    case failed
    /// This machine or this process had no socket left for it: later it may well work. It says nothing about the host.
    case ourLimit = "our_limit"
    /// Nobody tried: the address policy of whoever runs this forbids the address.
    case notAllowed = "not_allowed"
}

/// One attempt to connect to one address.
public struct ConnectionAttempt: Hashable, Sendable {
    /// The address, as text.
    public var address: String
    /// How it ended.
    public var outcome: ConnectOutcome
    /// The operating system's word for an error.
    public var detail: String?
    /// How long it took.
    public var duration: Duration

    /// Makes an attempt.
    public init(address: String, outcome: ConnectOutcome, detail: String? = nil, duration: Duration) {
        self.address = address
        self.outcome = outcome
        self.detail = detail
        self.duration = duration
    }
}

/// What was seen while a host was found and connected to.
public struct ConnectionFacts: Hashable, Sendable {
    /// The A and AAAA look-ups; empty for an IP address.
    public var lookups: [DNSResponse]
    /// The addresses tried, in order.
    public var attempts: [ConnectionAttempt]
    /// The server's greeting, when it came.
    public var greeting: ServerReply?

    /// Makes facts.
    public init(lookups: [DNSResponse] = [], attempts: [ConnectionAttempt] = [], greeting: ServerReply? = nil) {
        self.lookups = lookups
        self.attempts = attempts
        self.greeting = greeting
    }

    /// The address that the connection was made to.
    public var connectedAddress: String? { attempts.first { $0.outcome == .connected }?.address }
}

/// Connections to hosts that are known to answer, made since a planned one met silence: a dead host is told by them from a
/// network that lets no mail out. Nothing is said on them.
public struct ControlFacts: Hashable, Sendable {
    /// One of them.
    public struct Attempt: Hashable, Sendable {
        /// The host.
        public var host: String
        /// The port; the same as that of the planned connection.
        public var port: Int
        /// How it ended.
        public var outcome: ConnectOutcome

        /// Makes an attempt.
        public init(host: String, port: Int, outcome: ConnectOutcome) {
            self.host = host
            self.port = port
            self.outcome = outcome
        }
    }

    /// The connections, in the order in which they were tried.
    public var attempts: [Attempt]

    /// Makes facts.
    public init(attempts: [Attempt]) { self.attempts = attempts }
}

extension ConnectionAttempt {
    /// How it stands in a report.
    public static let json = JSONDescription<ConnectionAttempt>.object(
        ConnectionAttempt.init,
        .field("address", \.address, .text, "The IP address."),
        .field("outcome", \.outcome, .word("an outcome of an attempt to connect"), "How it ended."),
        .field("detail", \.detail, .optional(.text), "The operating system's word for an error."),
        .field("duration_ms", \.duration, .milliseconds, "How long it took."))
}

extension ConnectionFacts {
    /// How it stands in a report.
    public static let json = JSONDescription<ConnectionFacts>.object(
        ConnectionFacts.init,
        .field("lookups", \.lookups, .list(DNSResponse.json), "The A and AAAA look-ups; none for an IP address."),
        .field("attempts", \.attempts, .list(ConnectionAttempt.json), "The addresses tried, in order."),
        .field("greeting", \.greeting, .optional(ServerReply.json), "The server's greeting, when it came."))
}

extension ControlFacts {
    /// How it stands in a report.
    public static let json = JSONDescription<ControlFacts>.object(
        ControlFacts.init,
        .field("attempts", \.attempts, .list(Attempt.json), "The connections, in the order in which they were tried."))
}

extension ControlFacts.Attempt {
    /// How it stands in a report.
    public static let json = JSONDescription<ControlFacts.Attempt>.object(
        ControlFacts.Attempt.init, .field("host", \.host, .text, "The host."),
        .field("port", \.port, .integer(in: 1...65_535), "The port."),
        .field("outcome", \.outcome, .word("an outcome of an attempt to connect"), "How it ended."))
}
