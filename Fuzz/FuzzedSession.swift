import MailModel
import MailProtocol

/// Plays a hostile server to a session. A zero octet in the input is where one piece ends and something else happens.
enum FuzzedSession {
    private static let username = "jane@example.com"
    private static let password = "Tr0ub4dor-and-3"

    static func play<Session: MailSession>(_ octets: [UInt8], _ make: (SessionConfiguration) -> Session) {
        var pieces = octets.split(separator: 0, omittingEmptySubsequences: false).map(Array.init)
        let isTLS = (octets.first ?? 0) & 1 == 1
        let redactor = Redactor(secrets: [Secret(password)], usernames: [username])
        var session = make(
            SessionConfiguration(
                security: isTLS ? .tls : .starttls, clientName: "[192.0.2.1]", redactor: redactor))
        var step = session.start(secured: isTLS)
        while !pieces.isEmpty {
            let piece = pieces.removeFirst()
            guard follow(&step, &session) else { return }
            step = session.receive(piece)
            guard follow(&step, &session) else { return }
        }
        _ = session.finish()
        check(session.record)
    }

    /// Does what the session asks for; false when it has ended.
    private static func follow<Session: MailSession>(_ step: inout SessionStep, _ session: inout Session) -> Bool {
        for _ in 0..<1_000 {
            switch step {
            case .send: step = session.receive([])
            case .startTLS: step = session.tlsEstablished()
            case .ready:
                guard session.stage != .mailbox, let channel = VerifiedChannel(.fuzzed) else { return false }
                step = session.authenticate(
                    username: username, credential: .password(Secret(password)), over: channel)
                if case .ready = step { return false }
            case .pause: step = session.resume()
            case .wait: return true
            case .finished, .stopped:
                check(session.record)
                return false
            }
        }
        return false
    }

    /// The password is in nothing that is kept.
    private static func check(_ record: SessionRecord) {
        // To print a record takes longer than to make it: one in sixteen is enough over a run.
        guard record.hashValue % 16 == 0 else { return }
        if "\(record)".contains(password) { fatalError("the password is in the record") }
    }
}

extension TLSFacts {
    /// A handshake that allows a login.
    static let fuzzed = TLSFacts(
        version: .v1_3, cipherSuite: "TLS_AES_256_GCM_SHA384", alpn: nil, serverName: "mail.example.test",
        certificates: [], chain: .trusted, hostNameMatches: true)
}
