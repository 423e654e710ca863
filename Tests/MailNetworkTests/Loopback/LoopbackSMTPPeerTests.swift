import Foundation
import MailLoopback
import MailModel
import MailNetwork
import Testing

/// The SMTP peer in clear: what it says to a client, in whatever order.
@Suite struct LoopbackSMTPPeerTests {
    /// A change of the usual behaviour, what the client says, and how the reply to its last line begins.
    struct Case: Sendable {
        var behaviour: @Sendable (inout MailBehaviour) -> Void = { $0.allowsLoginInClear = true }
        var lines: [String]
        var reply: String
        var accepted: [Bool] = []
    }

    static let plain = "AUTH PLAIN " + Data("\0al\0pw".utf8).base64EncodedString()
    static let wrong = "AUTH PLAIN " + Data("\0al\0no".utf8).base64EncodedString()
    static let unknown = "AUTH PLAIN " + Data("\0xy\0pw".utf8).base64EncodedString()
    static let token = "AUTH XOAUTH2 " + Data("user=al\u{1}auth=Bearer no\u{1}\u{1}".utf8).base64EncodedString()

    static let cases = [
        Case(lines: ["NOOP"], reply: "250 "), Case(lines: ["RSET"], reply: "250 "),
        Case(lines: ["HELO x"], reply: "250 "),
        Case(lines: ["QUIT"], reply: "221 "), Case(lines: ["VRFY al"], reply: "252 "),
        Case(lines: ["XYZ"], reply: "502 "),
        Case(lines: [""], reply: "502 "), Case(lines: ["STARTTLS"], reply: "502 "),
        Case(lines: ["MAIL FROM:<al>"], reply: "530 "),
        Case(lines: [plain], reply: "235 ", accepted: [true]), Case(lines: [wrong], reply: "535 ", accepted: [false]),
        Case(lines: [unknown], reply: "535 ", accepted: [false]),
        Case(lines: [wrong, plain], reply: "235 ", accepted: [false, true]),
        Case(lines: ["AUTH PLAIN", "*"], reply: "501 "), Case(lines: ["AUTH PLAIN", "?"], reply: "501 "),
        Case(lines: ["AUTH CRAM-MD5"], reply: "504 "), Case(lines: ["AUTH"], reply: "504 "),
        Case(behaviour: { _ in }, lines: [plain], reply: "530 "),
        Case(
            behaviour: {
                $0.allowsLoginInClear = true
                $0.mechanisms = ["XOAUTH2"]
            }, lines: [plain], reply: "504 "),
        Case(
            behaviour: {
                $0.allowsLoginInClear = true
                $0.mechanisms = ["XOAUTH2"]
            }, lines: [token], reply: "334 ", accepted: [false]),
        Case(
            behaviour: {
                $0.allowsLoginInClear = true
                $0.mechanisms = ["XOAUTH2"]
            }, lines: [token, ""], reply: "535 ", accepted: [false]),
        Case(
            behaviour: {
                $0.allowsLoginInClear = true
                $0.users[0].outcome = "locked"
                $0.replies["locked"] = ["535 locked"]
            }, lines: [plain], reply: "535 locked", accepted: [false]),
        Case(
            behaviour: {
                $0.allowsLoginInClear = true
                $0.replies["unknown_user"] = ["550 who"]
            }, lines: [unknown], reply: "550 who", accepted: [false]),
        Case(lines: [plain, "MAIL FROM:<al>"], reply: "250 ", accepted: [true]),
        Case(lines: [plain, "RCPT TO:<x>"], reply: "250 ", accepted: [true]),
        Case(lines: [plain, "DATA"], reply: "354 ", accepted: [true]),
        Case(lines: [plain, "DATA", "Subject: x\r\n\r\nQUIT\r\n."], reply: "250 2.0.0", accepted: [true]),
        Case(
            behaviour: {
                $0.allowsLoginInClear = true
                $0.replies["sender_refused"] = ["553 not yours"]
            }, lines: [plain, "MAIL FROM:<bo>"], reply: "553 ", accepted: [true]),
    ]

    @Test(arguments: cases) func replies(_ item: Case) async throws {
        var behaviour = MailBehaviour(.smtp, users: [MailBehaviourUser(username: "al", password: "pw")])
        item.behaviour(&behaviour)
        let peer = MailPeer(behaviour, tls: nil)
        try await serving(peer) { port throws in
            let client = try await LoopbackClient.connect(port)
            #expect(try await client.line().hasPrefix("220 "))
            for line in item.lines.dropLast() { _ = try await client.ask(line) }
            let reply = try await client.ask(item.lines.last ?? "")
            #expect(reply.hasPrefix(item.reply), "\(reply)")
        }
        #expect(peer.record.logins.map(\.isAccepted) == item.accepted)
        #expect(peer.record.logins.allSatisfy { !$0.isEncrypted })
    }

    @Test func pipelinedCommandsAreAnsweredInOrder() async throws {
        try await serving(MailPeer(MailBehaviour(.smtp), tls: nil)) { port throws in
            let client = try await LoopbackClient.connect(port)
            await client.say("NOOP\r\nXYZ\r\nQUIT")
            #expect(try await client.lines(upTo: "221 ").map { String($0.prefix(3)) } == ["220", "250", "502", "221"])
        }
    }

    @Test func capabilitiesChangeWithTLS() async throws {
        let authority = try CertificateAuthority()
        let tls = PeerTLS(try authority.issue(CertificateRequest(names: ["mail.example.test"])))
        let peer = MailPeer(MailBehaviour(.smtp, users: [MailBehaviourUser(username: "al", password: "pw")]), tls: tls)
        try await serving(peer) { port throws in
            let client = try await LoopbackClient.connect(port)
            _ = try await client.line()
            await client.say("EHLO x")
            let clear = try await client.lines(upTo: "250 ")
            #expect(clear.contains("250 STARTTLS") && !clear.contains { $0.contains("AUTH") })
            #expect(try await client.ask("STARTTLS").hasPrefix("220 "))
            _ = try await client.startTLS(authority, afterStartTLS: true)
            await client.say("EHLO x")
            let secure = try await client.lines(upTo: "250 ")
            #expect(secure.contains("250 AUTH PLAIN LOGIN") && !secure.contains { $0.contains("STARTTLS") })
            #expect(try await client.ask(Self.plain).hasPrefix("235 "))
        }
        #expect(peer.record.logins.map(\.isEncrypted) == [true])
    }

    @Test func aReplyMayClose() async throws {
        var behaviour = MailBehaviour(.smtp)
        behaviour.allowsLoginInClear = true
        behaviour.replies["refused"] = ["421 4.7.0 go away", "! close"]
        try await serving(MailPeer(behaviour, tls: nil)) { port throws in
            let client = try await LoopbackClient.connect(port)
            _ = try await client.line()
            #expect(try await client.ask(Self.plain) == "421 4.7.0 go away")
            #expect(await client.rest().end == .closed(reset: false))
        }
    }
}
