import MailModel
import MailProtocol
import Testing

/// Words of a server that were there before they can have been meant: a TLS record in place of a greeting, and answers
/// in plaintext to commands that were not sent yet.
@Suite struct EarlyWordsTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let service: MailService
        /// Each is one packet.
        let packets: [String]
        let stage: Stage
        let violation: ProtocolViolation?

        init(
            _ name: String, _ service: MailService, _ packets: [String], _ stage: Stage,
            _ violation: ProtocolViolation?
        ) {
            testDescription = "\(service.rawValue): \(name)"
            (self.service, self.packets, self.stage, self.violation) = (service, packets, stage, violation)
        }
    }

    @Test(arguments: [
        Case(
            "a whole canned session", .smtp,
            ["220 hi\r\n250-hi\r\n250 STARTTLS\r\n220 go\r\n250 AUTH PLAIN\r\n235 in\r\n"], .capabilities,
            .injectedPlaintext),
        Case(
            "an answer to STARTTLS before it was sent", .smtp,
            ["220 hi\r\n", "250-hi\r\n250 STARTTLS\r\n220 go\r\n"], .tls, .injectedPlaintext),
        Case(
            "the beginning of one", .smtp, ["220 hi\r\n", "250-hi\r\n250 STARTTLS\r\n2"], .tls, .injectedPlaintext),
        Case("421 may come at any time", .smtp, ["220 hi\r\n421 too busy\r\n"], .capabilities, nil),
        Case("and its beginning too", .smtp, ["220 hi\r\n42", "1 too busy\r\n"], .capabilities, nil),
        Case(
            "a whole canned session", .imap,
            ["* OK hi\r\n* CAPABILITY IMAP4rev1 STARTTLS\r\na1 OK\r\na2 OK go\r\na3 OK\r\n"], .capabilities,
            .injectedPlaintext),
        Case(
            "an answer to STARTTLS before it was sent", .imap,
            ["* OK hi\r\n", "* CAPABILITY IMAP4rev1 STARTTLS\r\na1 OK\r\na2 OK go\r\n"], .tls, .injectedPlaintext),
        Case("a continuation", .imap, ["* OK hi\r\n+ go on\r\n"], .capabilities, .injectedPlaintext),
        Case(
            "untagged responses may come at any time", .imap,
            ["* OK hi\r\n* OK still here\r\n*", " CAPABILITY IMAP4rev1\r\na1 OK\r\n"], .tls, nil),
    ])
    func answersBeforeTheirCommands(_ test: Case) {
        var session = Self.session(test.service)
        _ = session.start(secured: false)
        for packet in test.packets { Self.feed(packet, to: &session) }
        let failure = session.record.failure
        #expect(failure?.stage == test.stage)
        if let violation = test.violation {
            guard case .violation(violation, _)? = failure?.failure else {
                Issue.record("\(String(describing: failure))")
                return
            }
            #expect(session.record.discardedPlaintext > 0)
        } else {
            switch failure?.failure {
            case .rejected?, .startTLSNotOffered?: break
            default: Issue.record("\(String(describing: failure))")
            }
        }
    }

    @Test(arguments: [MailService.smtp, .imap], ["16 03 01 02 00", "15 03 01 00 02 02 46", "15 03 03 00 02 02 0A"])
    func aTLSRecordAsAGreeting(_ service: MailService, _ hex: String) {
        let octets = hex.split(separator: " ").compactMap { UInt8($0, radix: 16) }
        for position in 0...octets.count {
            var session = Self.session(service)
            _ = session.start(secured: false)
            _ = session.receive(Array(octets.prefix(position)))
            _ = session.receive(Array(octets.dropFirst(position)))
            guard case .violation(.tlsRecord, _)? = session.record.failure?.failure else {
                Issue.record("cut at \(position): \(String(describing: session.record.failure))")
                return
            }
            #expect(session.record.failure?.stage == .greeting)
        }
    }

    /// Later, and over TLS, such octets are what they are.
    @Test func aTLSRecordElsewhereIsNone() {
        var session = Self.session(.smtp)
        _ = session.start(secured: true)
        #expect(session.receive([0x16, 0x03, 0x01]) == .wait)
        #expect(session.record.failure == nil)
    }

    @Test(arguments: [
        ("IMAP4 AUTH=PLAIN", ProtocolViolation.notIMAP4rev1), ("IMAP2bis", .notIMAP4rev1), ("IMAP4rev1", nil),
        ("imap4REV2 ID", nil), ("AUTH=PLAIN", .notIMAP4rev1), ("", nil),
    ])
    func otherVersionsOfIMAP(_ capabilities: String, _ violation: ProtocolViolation?) {
        var session = Self.session(.imap)
        _ = session.start(secured: true)
        Self.feed("* OK hi\r\n", to: &session)
        Self.feed("* CAPABILITY \(capabilities)\r\na1 OK done\r\n", to: &session)
        let expected = violation.map {
            SessionFailure(
                stage: .capabilities,
                failure: .violation($0, text: ServerText(capabilities)))
        }
        #expect(session.record.failure == expected)
    }

    private static func session(_ service: MailService) -> any MailSession {
        let configuration = SessionConfiguration(security: .starttls, clientName: "client.example")
        return service == .smtp ? SMTPSession(configuration) : IMAPSession(configuration)
    }

    /// Hands a packet over, and does what a driver does after `send`.
    private static func feed(_ packet: String, to session: inout any MailSession) {
        var step = session.receive(Array(packet.utf8))
        while case .send = step { step = session.receive([]) }
    }
}
