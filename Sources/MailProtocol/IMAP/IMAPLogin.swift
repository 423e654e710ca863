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

/// The command LOGIN (RFC 9051, section 6.2.3), in as many pieces as there are waits for the server in it.
///
/// Names and passwords go as quoted strings; those with octets above 0x7F, which a quoted string cannot hold, as
/// literals.
struct IMAPLoginCommand {
    /// The pieces: each but the first is sent when the server asks for it by a continuation request.
    private(set) var pieces: [OutgoingData] = []

    private let capabilities: IMAPCapabilities
    private var octets: [UInt8]
    private var shown: String

    /// Whether the command can carry a text: CR, LF and NUL it cannot.
    ///
    /// - Parameter text: A user name or password.
    /// - Returns: True when none of the three is in it.
    static func canCarry(_ text: String) -> Bool { !text.utf8.contains(where: unsendable.contains) }

    private static let unsendable: [UInt8] = [0, ASCII.carriageReturn, ASCII.lineFeed]

    /// Makes the command.
    ///
    /// - Parameters:
    ///   - tag: Its tag.
    ///   - username: The user name.
    ///   - password: The password.
    ///   - capabilities: What the server offers.
    ///   - redactor: Masks what the user name may hold of a secret.
    /// - Throws: `UnusableCredential` for empty parts, and for CR, LF and NUL.
    init(
        tag: String, username: String, password: String, capabilities: IMAPCapabilities, redactor: Redactor
    ) throws(UnusableCredential) {
        try UnusableCredential.check(username: username, secret: password, without: Self.unsendable)
        self.capabilities = capabilities
        octets = Array("\(tag) LOGIN".utf8)
        shown = "\(tag) LOGIN"
        append(Array(username.utf8), shown: redactor.text(username.utf8).escaped)
        append(Array(password.utf8), shown: "[redacted]")
        endPiece()
    }

    private mutating func append(_ argument: [UInt8], shown text: String) {
        octets.append(ASCII.space)
        if argument.contains(where: { $0 > 0x7F }) {
            appendMarker(argument.count)
            octets += argument
        } else {
            let quote = UInt8(ascii: "\"")
            octets += [quote] + argument.flatMap { Self.needsEscape($0) ? [UInt8(ascii: "\\"), $0] : [$0] } + [quote]
        }
        shown += shown.isEmpty ? text : " \(text)"
    }

    private mutating func appendMarker(_ count: Int) {
        let isUnasked = capabilities.takesLiteralUnasked(of: count)
        let marker = isUnasked ? "{\(count)+}" : "{\(count)}"
        octets += Array(marker.utf8)
        shown += shown.isEmpty ? marker : " \(marker)"
        if isUnasked { octets += ASCII.lineEnd } else { endPiece() }
    }

    private mutating func endPiece() {
        pieces.append(OutgoingData(octets: octets + ASCII.lineEnd, shown: shown))
        octets = []
        shown = ""
    }

    private static func needsEscape(_ octet: UInt8) -> Bool {
        octet == UInt8(ascii: "\"") || octet == UInt8(ascii: "\\")
    }
}
