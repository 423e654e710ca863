import MailModel
import Testing

struct SecretTests {
    @Test func secretsPrintAsMask() {
        let credential = Credential.password(Secret("correct-horse"))
        var text = "\(credential) \(credential.secret)" + String(reflecting: credential)
        dump(credential, to: &text)
        #expect(!text.contains("horse"))
        #expect(text.contains("[redacted]"))
        #expect(credential.secret.revealed == "correct-horse")
        #expect(Credential.accessToken(Secret("t")).secret == Secret("t"))
    }

    @Test(arguments: [
        ("TLSv1.3", ChainVerification.trusted, true, true), ("TLSv1.2", .trusted, true, true),
        ("TLSv1.1", .trusted, true, false), ("SSLv3", .trusted, true, false), ("", .trusted, true, false),
        ("TLSv1.3", .trusted, false, false), ("TLSv1.3", .rejected(code: 10, reason: "expired"), true, false),
    ])
    func channelsAreVerified(_ version: String, _ chain: ChainVerification, _ matches: Bool, _ allowed: Bool) {
        let facts = TLSFacts(
            version: TLSVersion(version), cipherSuite: "", alpn: nil, serverName: "mail.example.test",
            certificates: [], chain: chain, hostNameMatches: matches)
        #expect((VerifiedChannel(facts) != nil) == allowed)
    }

    @Test func repliesAreQuotedOnOneLine() {
        let text = ServerText("no")
        #expect(ServerReply(code: 535, enhancedCode: "5.7.8", text: text).quoted == "535 5.7.8 no")
        #expect(ServerReply(status: "NO", responseCode: "ALERT", text: text).quoted == "NO [ALERT] no")
        #expect(ServerReply(code: 250, text: ServerText("")).quoted == "250")
    }
}
