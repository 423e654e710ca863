import MailModel
import Testing

@testable import MailProtocol

/// A password can be a word of the protocol. What the server offers is chosen from as it came; only what is shown is masked.
@Suite("A password that is a word of the protocol does not stop its own login")
struct MechanismSecretTests {
    private static let secrets = ["plain", "login", "PLAIN", "LOGIN", "imap4rev1", "starttls", "capability", "auth"]

    private static func configuration(_ secret: String, _ security: ConnectionSecurity) -> SessionConfiguration {
        SessionConfiguration(
            security: security, clientName: "client.example",
            redactor: Redactor(secrets: [Secret(secret)], usernames: ["jane@example.com"]))
    }

    private static func octets(_ step: SessionStep) -> String {
        guard case .send(let data) = step else { return "\(step)" }
        return String(decoding: data.octets, as: UTF8.self)
    }

    @Test(arguments: secrets, ["PLAIN LOGIN", "LOGIN PLAIN", "plain", "LOGIN"])
    func smtpLogsIn(_ secret: String, _ mechanisms: String) throws {
        var session = SMTPSession(Self.configuration(secret, .starttls))
        _ = session.start(secured: false)
        _ = session.receive(Array("220 hi\r\n".utf8))
        #expect(Self.octets(session.receive(Array("250-hi\r\n250 STARTTLS\r\n".utf8))) == "STARTTLS\r\n")
        #expect(session.receive(Array("220 go\r\n".utf8)) == .startTLS)
        _ = session.tlsEstablished()
        #expect(session.receive(Array("250-hi\r\n250 AUTH \(mechanisms)\r\n".utf8)) == .ready)
        #expect(session.record.mechanisms.count == mechanisms.split(separator: " ").count)
        let channel = try #require(VerifiedChannel(.trusted))
        var step = session.authenticate(
            username: "jane@example.com", credential: .password(Secret(secret)), over: channel)
        #expect(Self.octets(step).hasPrefix("AUTH "))
        if Self.octets(step) == "AUTH LOGIN\r\n" {
            _ = session.receive(Array("334 VXNlcm5hbWU6\r\n".utf8))
            step = session.receive(Array("334 UGFzc3dvcmQ6\r\n".utf8))
        }
        guard case .finished = session.receive(Array("235 \(secret) is right\r\n".utf8)) else {
            Issue.record("the login did not end well: \(session.record)")
            return
        }
        #expect(session.record.login?.isAccepted == true)
        #expect(session.record.login?.reply.text.escaped == "[redacted] is right")
    }

    @Test(arguments: secrets, ["AUTH=PLAIN", "AUTH=PLAIN LOGINDISABLED SASL-IR", "AUTH=LOGIN AUTH=PLAIN"])
    func imapLogsIn(_ secret: String, _ capabilities: String) throws {
        var session = IMAPSession(Self.configuration(secret, .starttls))
        _ = session.start(secured: false)
        _ = session.receive(Array("* OK hi\r\n".utf8))
        let clear = session.receive(Array("* CAPABILITY IMAP4rev1 STARTTLS\r\na1 OK done\r\n".utf8))
        #expect(Self.octets(clear) == "a2 STARTTLS\r\n")
        #expect(session.receive(Array("a2 OK go\r\n".utf8)) == .startTLS)
        _ = session.tlsEstablished()
        #expect(session.receive(Array("* CAPABILITY IMAP4rev1 \(capabilities)\r\na3 OK done\r\n".utf8)) == .ready)
        let channel = try #require(VerifiedChannel(.trusted))
        let step = session.authenticate(
            username: "jane@example.com", credential: .password(Secret(secret)), over: channel)
        let command = Self.octets(step)
        #expect(command.hasPrefix("a4 LOGIN ") || command.hasPrefix("a4 AUTHENTICATE PLAIN"))
        _ = session.receive(Array("a4 OK \(secret) is right\r\n".utf8))
        #expect(session.record.login?.isAccepted == true)
        #expect(session.record.login?.reply.text.escaped == "[redacted] is right")
    }

    /// What is shown of the offer is masked, the rest of it is not.
    @Test func whatIsShownIsMasked() {
        var session = SMTPSession(Self.configuration("plain", .tls))
        _ = session.start(secured: true)
        _ = session.receive(Array("220 hi\r\n".utf8))
        _ = session.receive(Array("250-hi\r\n250 AUTH PLAIN LOGIN\r\n".utf8))
        #expect(session.record.mechanisms == ["[redacted]", "LOGIN"])
        #expect(session.record.capabilities?.map(\.escaped) == ["AUTH [redacted] LOGIN"])
    }
}

/// Everything that a server says and that is kept goes through the redactor.
@Suite("No word of a server is kept unread by the redactor")
struct KeptWordsTests {
    private static let secret = "Tr0ub4dor&3xyz"
    private static let redactor = Redactor(secrets: [Secret(secret)], usernames: ["jane@example.com"])

    private static func session(security: ConnectionSecurity = .tls) -> IMAPSession {
        var session = IMAPSession(
            SessionConfiguration(security: security, clientName: "client.example", redactor: redactor))
        _ = session.start(secured: true)
        return session
    }

    @Test func whatAMailboxIsCalledAndHoldsIsMasked() throws {
        var session = Self.session()
        let offer = "* OK [CAPABILITY IMAP4rev1 QUOTA ID LOGIN] hi\r\n"
        #expect(session.receive(Array(offer.utf8)) == .ready)
        let channel = try #require(VerifiedChannel(.trusted))
        _ = session.authenticate(
            username: "jane@example.com", credential: .password(Secret(Self.secret)), over: channel)
        _ = session.receive(Array("a1 OK [CAPABILITY IMAP4rev1 QUOTA ID] in\r\n".utf8))
        let answers = """
            * ID ("name" "\(Self.secret)")\r
            a2 OK\r
            * 3 EXISTS\r
            a3 OK\r
            * QUOTA "" (\(Self.secret) 10 512)\r
            a4 OK\r
            * LIST (\\Sent) "/" "\(Self.secret)"\r
            a5 OK\r

            """
        let step = session.receive(Array(answers.utf8))
        guard case .send(let data) = step else {
            Issue.record("\(step)")
            return
        }
        #expect(String(decoding: data.octets, as: UTF8.self).contains(Self.secret))
        #expect(data.shown.contains("EXAMINE \"[redacted]\""))
        #expect(session.record.mailbox?.quotas.first?.resource == "[redacted]")
        #expect(!"\(session.record)".lowercased().contains(Self.secret.lowercased()))
    }

    @Test func whoSpeaksOfAMessagesOriginIsMasked() {
        var watch = IMAPArrivalWatch(places: [])
        watch.take(.header(Array("Authentication-Results: mx.test; s3cr3t-word=pass; spf=s3cr3t-word\r\n".utf8)))
        let facts = watch.arrival(Redactor(secrets: [Secret("s3cr3t-word")]))
        #expect(facts.methods == [.init(name: "[redacted]", result: "pass"), .init(name: "spf", result: "[redacted]")])
    }

    @Test func aSecretOverTwoLinesIsMaskedInTheTranscriptAndTheReply() {
        var session = SMTPSession(
            SessionConfiguration(security: .tls, clientName: "client.example", redactor: Self.redactor))
        _ = session.start(secured: true)
        _ = session.receive(Array("554-5.7.1 no Tr0u\r\n".utf8))
        #expect(session.record.heard.isEmpty)
        #expect(session.unfinished.map(\.escaped) == ["554-5.7.1 no Tr0u"])
        _ = session.receive(Array("554-5.7.1 b4dor\r\n554 5.7.1 &3xyz\r\n".utf8))
        let heard = ["554-5.7.1 no [redacted]", "554-5.7.1 [redacted]", "554 5.7.1 [redacted]"]
        #expect(session.record.heard.map(\.escaped) == heard)
        #expect(session.record.greeting?.text.escaped == "no [redacted] [redacted] [redacted]")
        #expect(session.unfinished.isEmpty)
    }
}
