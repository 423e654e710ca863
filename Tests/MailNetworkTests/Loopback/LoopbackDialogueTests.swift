import Foundation
import MailLoopback
import MailNetwork
import Testing

/// Dialogues in clear, played over real connections.
@Suite struct LoopbackDialogueTests {
    private func server(_ text: String) throws -> MailPeer {
        MailPeer(script: try Dialogue(text), tls: nil)
    }

    @Test func followsTheScriptAndRemembers() async throws {
        let server = try server("S: 220 hi\nC: ehlo *\nS: 250-a\nS: 250 b\nC: QUIT\nS: 221 bye\n! close")
        try await serving(server) { port throws in
            let client = try await LoopbackClient.connect(port)
            #expect(try await client.line() == "220 hi")
            await client.say("EHLO me")
            #expect(try await client.lines(upTo: "250 ") == ["250-a", "250 b"])
            #expect(try await client.ask("quit") == "221 bye")
            #expect(await client.rest().end == .closed(reset: false))
        }
        #expect(server.received == ["EHLO me", "quit"])
        #expect(server.connections == 1)
        #expect(server.record.mismatches == [])
    }

    @Test func eachConnectionBeginsAnew() async throws {
        let server = try server("S: 220 hi\nC: QUIT\nS: 221 bye")
        try await serving(server) { port throws in
            for _ in 0..<3 { #expect(try await LoopbackClient.connect(port).ask("QUIT") == "220 hi") }
        }
        #expect(server.connections == 3)
    }

    /// A login as a client makes it: its lines, what the server says to each but the last, and the label it leads to.
    struct Login: Sendable {
        var lines: [String]
        var prompts: [String] = []
        var reply: String
    }

    static func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }

    static let logins = [
        Login(lines: ["AUTH PLAIN \(base64("\0al\0pw"))"], reply: "in"),
        Login(lines: ["auth plain \(base64("zid\0al\0pw"))"], reply: "in"),
        Login(lines: ["AUTH PLAIN", base64("\0al\0pw")], prompts: ["334 "], reply: "in"),
        Login(lines: ["AUTH PLAIN \(base64("\0al\0no"))"], reply: "out"),
        Login(lines: ["AUTH PLAIN \(base64("\0bo\0pw"))"], reply: "out"),
        Login(
            lines: ["AUTH LOGIN", base64("al"), base64("pw")],
            prompts: ["334 VXNlcm5hbWU6", "334 UGFzc3dvcmQ6"], reply: "in"),
        Login(lines: ["AUTH LOGIN \(base64("al"))", base64("no")], prompts: ["334 UGFzc3dvcmQ6"], reply: "out"),
        Login(lines: ["AUTH XOAUTH2 \(base64("user=al\u{1}auth=Bearer pw\u{1}\u{1}"))"], reply: "in"),
        Login(lines: ["AUTH OAUTHBEARER \(base64("n,a=al,\u{1}host=h\u{1}auth=Bearer pw\u{1}\u{1}"))"], reply: "in"),
        Login(lines: ["AUTH XOAUTH2 \(base64("user=al\u{1}auth=Bearer no\u{1}\u{1}"))"], reply: "out"),
        Login(lines: ["a LOGIN al pw"], reply: "in"),
        Login(lines: ["a LOGIN \"al\" \"p\\w\""], reply: "in"),
        Login(lines: ["a LOGIN al \"no\""], reply: "out"),
        Login(lines: ["a LOGIN {2}", "al {2}", "pw"], prompts: ["+ go ahead", "+ go ahead"], reply: "in"),
        Login(lines: ["a LOGIN {2+}\r\nal {2+}\r\npw"], reply: "in"),
        Login(lines: ["a AUTHENTICATE PLAIN", base64("\0al\0pw")], prompts: ["+ "], reply: "in"),
        Login(lines: ["a AUTHENTICATE PLAIN \(base64("\0al\0no"))"], reply: "out"),
    ]

    @Test(arguments: logins) func branchesOnCredentials(_ login: Login) async throws {
        let server = try server("! on-login al pw accepted: in refused: out\n[in]\nS: in\n! close\n[out]\nS: out")
        try await serving(server) { port throws in
            let client = try await LoopbackClient.connect(port)
            for (line, prompt) in zip(login.lines, login.prompts) { #expect(try await client.ask(line) == prompt) }
            #expect(try await client.ask(login.lines.last ?? "") == login.reply)
        }
        #expect(server.record.logins.map(\.isAccepted) == [login.reply == "in"])
    }

    @Test(arguments: [
        "NOOP", "AUTH CRAM-MD5", "AUTH PLAIN ?", "AUTH PLAIN \(base64("al\0pw"))", "a LOGIN al", "a LOGIN",
    ])
    func noLogin(_ line: String) async throws {
        let server = try server("S: hi\n! on-login al pw accepted: x refused: x\n[x]\nS: x")
        try await serving(server) { port throws in
            let client = try await LoopbackClient.connect(port)
            #expect(try await client.ask(line) == "hi")
            let rest = await client.rest()
            #expect(rest.octets == [])
            #expect(rest.end == .closed(reset: false))
        }
        #expect(server.record.mismatches == [2])
        #expect(server.record.logins == [])
    }

    @Test(
        arguments: [
            ("EHLO *", "EHLO there", true), ("EHLO *", "ehlo x", true), ("EHLO *", "EHLO", false),
            ("*", "", true), ("A*B", "axxb", true), ("A*B", "axxbc", false), ("{tag} NOOP", "a1 noop", true),
            ("{tag} NOOP", " noop", false), ("{base64 al}", "YWw=", true), ("{base64 al}", "YWW=", false),
            ("{base64 \\0al}", "AGFs", true), ("\\*", "*", true), ("\\*", "x", false), ("{tog}", "{TOG}", true),
            ("* * *", "a b c", true),
        ] as [(String, String, Bool)])
    func pattern(_ pattern: String, _ line: String, _ matches: Bool) async throws {
        let server = try server("C: \(pattern) else: no\nS: yes\n! close\n[no]\nS: no")
        try await serving(server) { port throws in
            #expect(try await LoopbackClient.connect(port).ask(line) == (matches ? "yes" : "no"))
        }
    }

    @Test func anotherExpectationGetsTheSameLine() async throws {
        let server = try server("C: A else: b\nS: a\n[b]\nC: B else: c\nS: b\n! close\n[c]\nS: c\nC: C\nS: d")
        try await serving(server) { port throws in
            #expect(try await LoopbackClient.connect(port).ask("B") == "b")
            let client = try await LoopbackClient.connect(port)
            #expect(try await client.ask("C") == "c")
            #expect(try await client.ask("C") == "d")
        }
    }

    @Test func aMismatchEndsIt() async throws {
        let server = try server("S: hi\nC: EHLO *\nS: 250 x")
        try await serving(server) { port throws in
            let client = try await LoopbackClient.connect(port)
            #expect(try await client.ask("GET / HTTP/1.1") == "hi")
            #expect(await client.rest().octets == [])
        }
        #expect(server.record.mismatches == [2])
    }

    @Test func tagsAreAnswered() async throws {
        let server = try server("C: {tag} NOOP\nS: {tag} OK {tag}\nC: {tag} LOGOUT\nS: {tag} OK")
        try await serving(server) { port throws in
            let client = try await LoopbackClient.connect(port)
            #expect(try await client.ask("a7 NOOP") == "a7 OK a7")
            #expect(try await client.ask("b LOGOUT") == "b OK")
        }
    }

    @Test(arguments: ["[x]\n! goto x", "[x]\nC: A else: x"]) func circlesEnd(_ text: String) async throws {
        try await serving(try server(text)) { port throws in
            let client = try await LoopbackClient.connect(port)
            await client.say("B")
            let rest = await client.rest()
            #expect(rest.octets == [] && rest.end != .timedOut)
        }
    }
}
