import MailModel
import MailProtocol

/// Plays the server's part of a dialogue to a session, and does what the session asks for.
struct DialoguePlayer {
    /// What came of it.
    struct Outcome: Hashable {
        var record: SessionRecord
        var end: String
        var stage: Stage
        /// What was written, and what a transcript would show of it.
        var written: [[UInt8]] = []
        var shown: [String] = []
        /// Where the client wrote something else than the dialogue says.
        var differences: [String] = []
    }

    private var session: any MailSession
    private let dialogue: Dialogue
    private let cut: ([UInt8]) -> [[UInt8]]
    private var pending: [UInt8] = []
    private var end = "open"
    private var outcome: Outcome

    /// Plays a dialogue to its end.
    ///
    /// - Parameters:
    ///   - dialogue: The dialogue.
    ///   - redactor: The session's redactor; the dialogue's own when left out.
    ///   - cut: How each turn of the server is cut into pieces.
    /// - Returns: What came of it.
    static func play(
        _ dialogue: Dialogue, redactor: Redactor? = nil, cut: @escaping ([UInt8]) -> [[UInt8]]
    ) -> Outcome {
        var player = DialoguePlayer(dialogue, session: dialogue.session(redactor: redactor ?? dialogue.redactor), cut)
        player.run()
        return player.outcome
    }

    private init(_ dialogue: Dialogue, session: any MailSession, _ cut: @escaping ([UInt8]) -> [[UInt8]]) {
        self.dialogue = dialogue
        self.cut = cut
        self.session = session
        outcome = Outcome(record: SessionRecord(), end: "", stage: .greeting)
    }

    private mutating func run() {
        perform(session.start(secured: dialogue.security == .tls))
        for event in dialogue.events { play(event) }
        compare(with: [])
        outcome.record = session.record
        outcome.stage = session.stage
        outcome.end = end
    }

    private mutating func play(_ event: Dialogue.Event) {
        if case .client(let expected) = event { return compare(with: expected) }
        compare(with: [])
        switch event {
        case .server(let octets): for piece in cut(octets) { perform(session.receive(piece)) }
        case .tls: perform(session.tlsEstablished())
        case .login: logIn()
        case .finish: perform(session.finish())
        case .client: break
        }
    }

    private mutating func logIn() {
        guard let channel = VerifiedChannel(.trusted) else { return }
        perform(session.authenticate(username: dialogue.username, credential: dialogue.credential, over: channel))
    }

    private mutating func perform(_ step: SessionStep) {
        var step = step
        while case .send(let data) = step {
            write(data)
            step = session.receive([])
        }
        switch step {
        case .wait, .send, .startTLS: break
        case .ready: end = "ready"
        case .pause: end = "pause"
        case .finished(let farewell): close("finished", farewell)
        case .stopped(let farewell): close("stopped", farewell)
        }
    }

    private mutating func close(_ word: String, _ farewell: OutgoingData?) {
        end = word
        if let farewell { write(farewell) }
    }

    private mutating func write(_ data: OutgoingData) {
        pending += data.octets
        outcome.written.append(data.octets)
        outcome.shown.append(data.shown)
    }

    private mutating func compare(with expected: [UInt8]) {
        if pending != expected {
            let texts = [pending, expected].map { ServerText(octets: $0).escaped }
            outcome.differences.append("wrote \(texts[0]), expected \(texts[1])")
        }
        pending = []
    }
}

extension TLSFacts {
    /// A handshake that allows a login.
    static let trusted = TLSFacts(
        version: .v1_3, cipherSuite: "TLS_AES_256_GCM_SHA384", alpn: nil, serverName: "mail.example.test",
        certificates: [], chain: .trusted, hostNameMatches: true)
}
