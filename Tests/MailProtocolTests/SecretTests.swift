import MailModel
import Testing

@testable import MailProtocol

/// No secret comes out of a session but on the wire.
struct SecretTests {
    @Test(arguments: DialogueTests.all)
    func recordsAndTranscriptsHoldNoSecret(_ dialogue: Dialogue) {
        let outcome = DialoguePlayer.play(dialogue) { [$0] }
        #expect(leaks(of: dialogue, in: outcome) == [])
    }

    /// The check above can fail: without a redactor the servers that echo do leak.
    @Test(arguments: DialogueTests.all.filter { $0.name.hasSuffix("echoed") })
    func echoesAreFoundWithoutRedactor(_ dialogue: Dialogue) {
        let outcome = DialoguePlayer.play(dialogue, redactor: Redactor.none) { [$0] }
        #expect(leaks(of: dialogue, in: outcome) != [])
    }

    @Test(arguments: [MailService.smtp, .imap])
    func sessionsPrintNoSecret(_ service: MailService) throws {
        let secret = Secret("correct-horse-battery")
        let configuration = SessionConfiguration(
            security: .tls, clientName: "client.example", redactor: Redactor(secrets: [secret]))
        var session: any MailSession = service == .smtp ? SMTPSession(configuration) : IMAPSession(configuration)
        _ = session.start(secured: true)
        let turns = service == .smtp ? ["220 hi\r\n", "250-hi\r\n250 AUTH LOGIN\r\n"] : ["* OK [CAPABILITY X] hi\r\n"]
        for turn in turns { _ = session.receive(Array(turn.utf8)) }
        let channel = try #require(VerifiedChannel(.trusted))
        let step = session.authenticate(username: "älice", credential: .password(secret), over: channel)
        for text in [printed(session), printed(step), String(describing: step)] {
            #expect(!text.contains("horse"))
            #expect(!text.contains(String(decoding: Base64.encode(Array(secret.revealed.utf8)), as: UTF8.self)))
        }
    }

    @Test func shownCommandsAreMasked() {
        let shown = DialogueTests.all.flatMap { dialogue in DialoguePlayer.play(dialogue) { [$0] }.shown }
        let expected = [
            "AUTH PLAIN [redacted]", "AUTH XOAUTH2 [redacted]", "[redacted]", "YWxpY2VAZXhhbXBsZS50ZXN0",
            "a1 LOGIN alice@example.test [redacted]", "a1 LOGIN {13+} älice@x.test {10+} [redacted]",
            "älice@x.test {10}", "a1 AUTHENTICATE PLAIN [redacted]", "a1 AUTHENTICATE OAUTHBEARER [redacted]", "",
            "AQ==", "*", "QUIT", "EHLO client.example",
            "a2 ID (\"name\" \"mailconnect\"); a3 EXAMINE INBOX; a4 LIST \"\" \"*\"",
        ]
        for line in expected { #expect(shown.contains(line), "\(line)") }
    }

    private func leaks(of dialogue: Dialogue, in outcome: DialoguePlayer.Outcome) -> [String] {
        let secret = Array(dialogue.secret.revealed.utf8)
        let messages = SASLMechanism.fitting(dialogue.credential).flatMap { mechanism in
            (try? mechanism.messages(username: dialogue.username, secret: dialogue.secret.revealed)) ?? []
        }
        let forms = [
            dialogue.secret.revealed, String(dialogue.secret.revealed.debugDescription.dropFirst().dropLast()),
        ]
        let blobs = (messages.map(\.encoded) + [Base64.encode(secret)])
            .map { String(decoding: $0, as: UTF8.self) }.filter { $0 != dialogue.encodedUsername }
        let text = ([printed(outcome.record), String(describing: outcome.record)] + outcome.shown)
            .joined(separator: "\n").lowercased()
        return (forms + blobs).filter { text.contains($0.lowercased()) }
    }

    private func printed(_ value: Any) -> String {
        var text = ""
        dump(value, to: &text)
        return text
    }
}

extension Dialogue {
    fileprivate var encodedUsername: String {
        String(decoding: Base64.encode(Array(username.utf8)), as: UTF8.self)
    }
}
