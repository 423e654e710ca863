import MailModel
import Testing

@testable import MailProtocol

/// What a session waits for, and that it cannot be led off its way.
struct SessionOrderTests {
    private static func session(_ service: MailService, _ security: ConnectionSecurity = .tls) -> any MailSession {
        let configuration = SessionConfiguration(security: security, clientName: "client.example")
        return service == .smtp ? SMTPSession(configuration) : IMAPSession(configuration)
    }

    @Test func stagesOfSMTP() throws {
        var session = Self.session(.smtp, .starttls)
        _ = session.start(secured: false)
        var stages = [session.stage]
        for turn in ["220 hi\r\n", "250-hi\r\n250 STARTTLS\r\n", "220 go\r\n"] {
            _ = session.receive(Array(turn.utf8))
            stages.append(session.stage)
        }
        _ = session.tlsEstablished()
        stages.append(session.stage)
        _ = session.receive(Array("250-hi\r\n250 AUTH PLAIN\r\n".utf8))
        let channel = try #require(VerifiedChannel(.trusted))
        _ = session.authenticate(username: "u", credential: .password(Secret("pass")), over: channel)
        stages.append(session.stage)
        #expect(stages == [.greeting, .capabilities, .tls, .tls, .capabilities, .auth])
    }

    @Test func stagesOfIMAP() throws {
        var session = Self.session(.imap, .starttls)
        _ = session.start(secured: false)
        var stages = [session.stage]
        let turns = ["* OK hi\r\n", "* CAPABILITY STARTTLS\r\na1 OK\r\n", "a2 OK go\r\n"]
        for turn in turns {
            _ = session.receive(Array(turn.utf8))
            stages.append(session.stage)
        }
        _ = session.tlsEstablished()
        stages.append(session.stage)
        _ = session.receive(Array("* CAPABILITY IMAP4rev1\r\na3 OK\r\n".utf8))
        let channel = try #require(VerifiedChannel(.trusted))
        _ = session.authenticate(username: "u", credential: .password(Secret("pass")), over: channel)
        stages.append(session.stage)
        _ = session.receive(Array("a4 OK in\r\n".utf8))
        stages.append(session.stage)
        #expect(stages == [.greeting, .capabilities, .tls, .tls, .capabilities, .auth, .mailbox])
    }

    @Test(arguments: [MailService.smtp, .imap])
    func nothingBeforeItsTime(_ service: MailService) throws {
        let channel = try #require(VerifiedChannel(.trusted))
        let credential = Credential.password(Secret("pass"))
        var early = Self.session(service)
        _ = early.start(secured: true)
        #expect(early.authenticate(username: "u", credential: credential, over: channel) == .stopped(farewell: nil))
        var finished = Self.session(service)
        #expect(finished.finish() == .stopped(farewell: nil))
        var upgraded = Self.session(service)
        _ = upgraded.start(secured: true)
        #expect(upgraded.tlsEstablished() == .stopped(farewell: nil))
        #expect(upgraded.record.failure?.failure == .violation(.outOfOrder, text: nil))
    }

    @Test(arguments: [MailService.smtp, .imap])
    func afterTheEndNothingIsRead(_ service: MailService) {
        var session = Self.session(service)
        _ = session.start(secured: true)
        _ = session.receive(Array("NONSENSE\r\n".utf8))
        let record = session.record
        #expect(record.failure != nil)
        #expect(session.receive(Array("220 hi\r\n* OK hi\r\n".utf8)) == .stopped(farewell: nil))
        #expect(session.record == record)
    }

    /// A connection that is in clear is upgraded whatever the configuration says of it.
    @Test(arguments: [MailService.smtp, .imap])
    func clearConnectionsAreNeverReady(_ service: MailService) {
        var session = Self.session(service, .tls)
        _ = session.start(secured: false)
        _ = session.receive(Array((service == .smtp ? "220 hi\r\n" : "* OK [CAPABILITY IMAP4rev1] hi\r\n").utf8))
        let offer = service == .smtp ? "250-hi\r\n250 AUTH PLAIN\r\n" : "* CAPABILITY IMAP4rev1\r\na1 OK\r\n"
        guard case .stopped = session.receive(Array(offer.utf8)) else {
            Issue.record("not stopped")
            return
        }
        #expect(session.record.failure == SessionFailure(stage: .tls, failure: .startTLSNotOffered))
    }

    /// In no dialogue is a message begun, and in none is a login written before the handshake.
    @Test(arguments: DialogueTests.all)
    func commandsAreHarmless(_ dialogue: Dialogue) {
        let written = DialoguePlayer.play(dialogue) { [$0] }.written.map { String(decoding: $0, as: UTF8.self) }
        for command in ["MAIL", "RCPT", "DATA", "BDAT", "APPEND", "SELECT", "STORE", "DELETE"] {
            #expect(!written.contains { $0.hasPrefix(command) || $0.contains(" \(command) ") })
        }
        guard dialogue.security == .starttls else { return }
        let upgrade = written.firstIndex { $0.hasSuffix("STARTTLS\r\n") } ?? written.count
        #expect(!written.prefix(upgrade).contains { $0.contains("AUTH") || $0.contains("LOGIN") })
    }

    @Test(arguments: ["a\rb", "a\nb", "a\0b"])
    func passwordsThatLOGINCannotCarry(_ password: String) throws {
        var session = Self.session(.imap)
        _ = session.start(secured: true)
        _ = session.receive(Array("* OK [CAPABILITY IMAP4rev1] hi\r\n".utf8))
        let channel = try #require(VerifiedChannel(.trusted))
        _ = session.authenticate(username: "u", credential: .password(Secret(password)), over: channel)
        #expect(session.record.failure?.failure == .unusableCredential(.controlInSecret))
        #expect(session.record.login == nil)
    }
}
