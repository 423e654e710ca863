import MailModel
import Testing

@testable import MailProtocol

/// Servers that say too much.
struct LimitTests {
    private static let limits: SessionConfiguration.Limits = {
        var limits = SessionConfiguration.Limits()
        limits.lineLength = 200
        limits.linesPerReply = 20
        limits.octetsPerReply = 1_000
        limits.literalLength = 100
        return limits
    }()

    private static func session(_ service: MailService) -> any MailSession {
        let configuration = SessionConfiguration(security: .tls, clientName: "client.example", limits: limits)
        return service == .smtp ? SMTPSession(configuration) : IMAPSession(configuration)
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let service: MailService
        /// What the server sends at its first turn, its second, and so on.
        let turns: [String]
        let violation: String
        let stage: Stage
        var testDescription: String { "\(service.rawValue) \(violation) at \(stage.rawValue)" }
    }

    static let long = String(repeating: "x", count: 300)

    @Test(arguments: [
        Case(service: .smtp, turns: ["220 \(long)\r\n"], violation: "line_too_long", stage: .greeting),
        Case(service: .smtp, turns: [long], violation: "line_too_long", stage: .greeting),
        Case(
            service: .smtp, turns: ["220 hi\r\n", String(repeating: "250-a\r\n", count: 21)],
            violation: "reply_too_long",
            stage: .capabilities),
        Case(
            service: .smtp, turns: ["220 hi\r\n", String(repeating: "250-\(long.prefix(150))\r\n", count: 7)],
            violation: "reply_too_long", stage: .capabilities),
        Case(service: .imap, turns: ["* OK \(long)\r\n"], violation: "line_too_long", stage: .greeting),
        Case(
            service: .imap, turns: ["* OK hi\r\n", String(repeating: "* X\r\n", count: 21)],
            violation: "reply_too_long",
            stage: .capabilities),
        Case(
            service: .imap, turns: ["* OK hi\r\n", String(repeating: "\r\n", count: 21)], violation: "reply_too_long",
            stage: .capabilities),
        Case(
            service: .imap, turns: ["* OK hi\r\n", String(repeating: "* \(long.prefix(150))\r\n", count: 7)],
            violation: "reply_too_long", stage: .capabilities),
        Case(
            service: .imap, turns: ["* OK hi\r\n", "* X {101}\r\n"], violation: "literal_too_long", stage: .capabilities
        ),
        Case(
            service: .imap, turns: ["* OK hi\r\n", "* X {0}\r\n" + String(repeating: " {0}\r\n", count: 20)],
            violation: "literal_too_long", stage: .capabilities),
        Case(
            service: .imap,
            turns: ["* OK hi\r\n", "* X {90}\r\n" + String(repeating: "\(long.prefix(90)) {90}\r\n", count: 11)],
            violation: "reply_too_long", stage: .capabilities),
    ])
    func floods(_ testCase: Case) {
        for isCut in [false, true] {
            var session = Self.session(testCase.service)
            var step = session.start(secured: true)
            for turn in testCase.turns {
                let pieces = isCut ? turn.utf8.map { [$0] } : [Array(turn.utf8)]
                for piece in pieces { step = session.receive(piece) }
            }
            #expect(step == .stopped(farewell: nil))
            guard case .violation(let id, _)? = session.record.failure?.failure else {
                Issue.record("no violation")
                return
            }
            #expect(id.rawValue == testCase.violation)
            #expect(session.record.failure?.stage == testCase.stage)
        }
    }

    @Test(arguments: [MailService.smtp, .imap])
    func floodsWhileNobodyAsks(_ service: MailService) {
        var session = Self.session(service)
        _ = session.start(secured: true)
        _ = session.receive(Array((service == .smtp ? "220 hi\r\n" : "* OK [CAPABILITY IMAP4rev1] hi\r\n").utf8))
        if service == .smtp { _ = session.receive(Array("250 hi\r\n".utf8)) }
        #expect(session.receive(Array(repeating: 0x78, count: 1_000)) == .ready)
        #expect(session.receive([0x78]) == .stopped(farewell: nil))
    }

    @Test func longListingsAreCut() throws {
        var session = Self.session(.imap)
        _ = session.start(secured: true)
        _ = session.receive(Array("* OK [CAPABILITY IMAP4rev1] hi\r\n".utf8))
        let channel = try #require(VerifiedChannel(.trusted))
        _ = session.authenticate(username: "u", credential: .password(Secret("pass")), over: channel)
        _ = session.receive(Array("a1 OK in\r\n".utf8))
        _ = session.receive(Array("* 3 EXISTS\r\na2 OK examined\r\n".utf8))
        let listing = String(repeating: "* LIST () \"/\" a\r\n", count: 30)
        guard case .finished(.some) = session.receive(Array(listing.utf8)) else {
            Issue.record("not finished")
            return
        }
        #expect(session.record.mailbox == MailboxFacts(inboxMessages: 3, mailboxCount: 20, offersIdle: false))
        #expect(session.record.failure == nil)
    }
}
