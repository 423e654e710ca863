import MailModel

/// One login that is under way: what is still to be sent, and what the server said beside its answer.
struct IMAPLogin: Sendable {
    /// How to log in.
    enum Method: Hashable, Sendable {
        /// By the command LOGIN.
        case command
        /// By AUTHENTICATE.
        case sasl(SASLMechanism)
    }

    /// The user name.
    let username: String
    /// The pieces of LOGIN that wait for a continuation request.
    var pieces: [OutgoingData] = []
    /// The exchange of AUTHENTICATE.
    var exchange: SASLExchange?
    /// Texts that came untagged: alerts, and warnings that belong to the refusal.
    private(set) var alerts: [[UInt8]] = []

    /// Begins a login.
    ///
    /// - Parameter username: The user name.
    init(username: String) { self.username = username }

    /// Chooses how to log in.
    ///
    /// SCRAM comes first, since it keeps the password here. Then LOGIN, being the form that every server takes and one
    /// round trip; AUTHENTICATE PLAIN carries what LOGIN carries badly or not at all: octets above 0x7F and line ends.
    ///
    /// - Parameters:
    ///   - username: The user name.
    ///   - credential: What proves it.
    ///   - capabilities: What the server offers.
    ///   - avoided: What is known not to work there, upper case.
    ///   - hasCryptography: Whether challenge mechanisms can be spoken.
    /// - Returns: The way, nil when none fits.
    static func method(
        username: String, credential: Credential, capabilities: IMAPCapabilities, avoided: Set<String>,
        hasCryptography: Bool = false
    ) -> Method? {
        let mechanism = SASLMechanism.choose(
            for: credential, username: username, offered: capabilities.saslMechanisms, avoided: avoided,
            hasCryptography: hasCryptography)
        if let mechanism, mechanism.scramHash != nil { return .sasl(mechanism) }
        guard case .password(let password) = credential, capabilities.allowsLOGIN, !avoided.contains("LOGIN") else {
            return mechanism.map { .sasl($0) }
        }
        let texts = [username, password.revealed]
        let fits = texts.allSatisfy(IMAPLoginCommand.canCarry)
        let isASCII = texts.allSatisfy { $0.utf8.allSatisfy { $0 < 0x80 } }
        guard let mechanism, !(fits && isASCII) else { return .command }
        return mechanism == .plain || !fits ? .sasl(mechanism) : .command
    }

    /// Whether a success can be believed now: everything was sent, and the mechanism is content.
    var canSucceed: Bool { pieces.isEmpty && exchange?.canSucceed ?? true }

    /// Notes an untagged response that came during the login.
    ///
    /// - Parameter status: The response; kept when a person should read it (RFC 9051, section 7.1, ALERT).
    mutating func note(_ status: IMAPStatusResponse) {
        let isAlert = status.code?.name == "ALERT" || status.condition != .ok
        if isAlert { alerts.append(status.shownText) }
    }

    /// What is to be said about the login.
    ///
    /// - Parameters:
    ///   - status: The server's last word on it.
    ///   - redactor: Takes secrets out of what the server said.
    /// - Returns: The facts.
    func facts(_ status: IMAPStatusResponse, redactor: Redactor) -> LoginFacts {
        let reply = status.recorded(redactor, alerts: alerts)
        if let exchange { return exchange.facts(reply, redactor: redactor) }
        return LoginFacts(mechanism: "LOGIN", username: username, reply: reply)
    }
}
