import Foundation
import MailLoopback
import MailModel
import Testing

/// The IMAP peer in clear: what it says to a client, in whatever order.
@Suite struct LoopbackIMAPPeerTests {
    /// What the client says, and the lines up to the tagged one that answer its last command.
    struct Case: Sendable {
        var lines: [String]
        var reply: [String]
        var accepted: [Bool] = []
    }

    static let plain = Data("\0al\0pw".utf8).base64EncodedString()

    static let cases = [
        Case(lines: ["a NOOP"], reply: ["a OK done"]),
        Case(lines: ["a CAPABILITY"], reply: ["* CAPABILITY IMAP4rev1 ID SASL-IR AUTH=PLAIN", "a OK done"]),
        Case(lines: ["a ID NIL"], reply: ["* ID (\"name\" \"loopback\")", "a OK done"]),
        Case(lines: ["a LOGOUT"], reply: ["* BYE logging out", "a OK done"]),
        Case(lines: ["a STARTTLS"], reply: ["a BAD STARTTLS not offered"]),
        Case(lines: ["a LIST \"\" *"], reply: ["a BAD log in first"]),
        Case(lines: ["a LOGIN al pw"], reply: ["a OK Logged in"], accepted: [true]),
        Case(
            lines: ["a LOGIN al no"], reply: ["a NO [AUTHENTICATIONFAILED] Authentication failed"], accepted: [false]),
        Case(lines: ["a AUTHENTICATE PLAIN \(plain)"], reply: ["a OK Logged in"], accepted: [true]),
        Case(lines: ["a AUTHENTICATE CRAM-MD5"], reply: ["a NO [CANNOT] Unsupported authentication mechanism"]),
        Case(lines: ["a LOGIN al"], reply: ["a BAD cannot read the login"]),
        Case(
            lines: ["a LOGIN al pw", "b LIST \"\" *"],
            reply: ["* LIST (\\HasNoChildren) \"/\" \"INBOX\"", "b OK done"], accepted: [true]),
        Case(
            lines: ["a LOGIN al pw", "b NAMESPACE"], reply: ["* NAMESPACE ((\"\" \"/\")) NIL NIL", "b OK done"],
            accepted: [true]),
        Case(
            lines: ["a LOGIN al pw", "b SELECT Nowhere"], reply: ["b NO [NONEXISTENT] no such mailbox"],
            accepted: [true]),
        Case(
            lines: ["a LOGIN al pw", "b STATUS INBOX (MESSAGES)"],
            reply: ["* STATUS INBOX (MESSAGES 2 UNSEEN 1)", "b OK done"], accepted: [true]),
        Case(lines: ["a LOGIN al pw", "b XYZ"], reply: ["b BAD command not known"], accepted: [true]),
        Case(lines: ["a LOGIN al pw", "b CHECK"], reply: ["* BYE broken", "b BAD not connected"], accepted: [true]),
    ]

    @Test(arguments: cases) func replies(_ item: Case) async throws {
        var behaviour = MailBehaviour(.imap, users: [MailBehaviourUser(username: "al", password: "pw")])
        behaviour.allowsLoginInClear = true
        behaviour.mailboxes = ["INBOX"]
        behaviour.replies["check"] = ["* BYE broken", "BAD not connected"]
        let peer = MailPeer(behaviour, tls: nil)
        try await serving(peer) { port throws in
            let client = try await LoopbackClient.connect(port)
            #expect(try await client.line().hasPrefix("* OK "))
            for line in item.lines.dropLast() { _ = try await client.ask(line) }
            let last = item.lines.last ?? ""
            await client.say(last)
            #expect(try await client.lines(upTo: String(last.prefix(2))) == item.reply)
        }
        #expect(peer.record.logins.map(\.isAccepted) == item.accepted)
    }

    @Test func examineShowsTheMailbox() async throws {
        var behaviour = MailBehaviour(.imap, users: [MailBehaviourUser(username: "al", password: "pw")])
        behaviour.allowsLoginInClear = true
        try await serving(MailPeer(behaviour, tls: nil)) { port throws in
            let client = try await LoopbackClient.connect(port)
            _ = try await client.line()
            _ = try await client.ask("a LOGIN al pw")
            await client.say("b EXAMINE \"inbox\"")
            let lines = try await client.lines(upTo: "b ")
            #expect(lines.first == "* 2 EXISTS" && lines.last == "b OK [READ-ONLY] done")
        }
    }

    @Test func aLoginInClearIsNotTaken() async throws {
        let peer = MailPeer(MailBehaviour(.imap, users: [MailBehaviourUser(username: "al", password: "pw")]), tls: nil)
        try await serving(peer) { port throws in
            let client = try await LoopbackClient.connect(port)
            _ = try await client.line()
            #expect(try await client.ask("a CAPABILITY") == "* CAPABILITY IMAP4rev1 ID SASL-IR LOGINDISABLED")
            _ = try await client.line()
            #expect(try await client.ask("b LOGIN al pw").hasPrefix("b NO [PRIVACYREQUIRED]"))
        }
        #expect(peer.record.logins == [])
        #expect(peer.received.contains("b LOGIN al pw"))
    }

    @Test(
        arguments: [
            "{", "[]", "{}", #"{"service":"pop3"}"#, #"{"service":"smtp","greting":[]}"#,
            #"{"service":"smtp","greeting":"220"}"#,
            #"{"service":"smtp","users":[{"username":"a","password":"b","outcome":"nowhere"}]}"#,
        ])
    func brokenBehaviour(_ json: String) throws {
        #expect(throws: MailBehaviourError.self) { try MailBehaviour(json: Data(json.utf8)) }
    }

    @Test func behaviourFromJSON() throws {
        let json = """
            {"service":"imap","about":"x","greeting":["* OK"],"capabilities":["IMAP4rev1"],"mechanisms":["PLAIN"],
             "starttls":false,"login_in_clear":true,"users":[{"username":"a","password":"b","outcome":"off"}],
             "replies":{"off":["NO off"]},"mailboxes":["INBOX"]}
            """
        var expected = MailBehaviour(.imap, users: [MailBehaviourUser(username: "a", password: "b", outcome: "off")])
        expected.greeting = ["* OK"]
        expected.capabilities = ["IMAP4rev1"]
        expected.mechanisms = ["PLAIN"]
        expected.offersStartTLS = false
        expected.allowsLoginInClear = true
        expected.replies = ["off": ["NO off"]]
        expected.mailboxes = ["INBOX"]
        #expect(try MailBehaviour(json: Data(json.utf8)) == expected)
    }
}
