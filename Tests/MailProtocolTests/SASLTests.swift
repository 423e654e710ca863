import MailModel
import Testing

@testable import MailProtocol

struct SASLTests {
    /// The vectors of RFC 4648, section 10.
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ])
    func base64(_ text: String, _ encoded: String) {
        #expect(Base64.encode(Array(text.utf8)) == Array(encoded.utf8))
        #expect(Base64.decode(Array(encoded.utf8)) == Array(text.utf8))
    }

    @Test func base64OfEveryOctet() {
        let octets = Array(UInt8.min...UInt8.max)
        #expect(Base64.decode(Base64.encode(octets)) == octets)
        #expect(Base64.decode(Array("Zm8".utf8)) == Array("fo".utf8))
    }

    @Test(arguments: ["Z", "Zg===", "Zm9v=", "Zm 9v", "Zm9v\r", "-_-_", "====", "Zg==Zg=="])
    func noBase64(_ text: String) { #expect(Base64.decode(Array(text.utf8)) == nil) }

    struct MessageCase: Sendable {
        let mechanism: SASLMechanism
        let username: String
        let secret: String
        let messages: [String]
    }

    /// PLAIN by the example of RFC 4616, section 4; OAUTHBEARER by the escapes of RFC 5801, section 4.
    @Test(arguments: [
        MessageCase(
            mechanism: .plain, username: "tim", secret: "tanstaaftanstaaf", messages: ["\0tim\0tanstaaftanstaaf"]),
        MessageCase(mechanism: .login, username: "tim", secret: "pä\r\n", messages: ["tim", "pä\r\n"]),
        MessageCase(
            mechanism: .xoauth2, username: "someuser@example.com", secret: "ya29.vF9dft4",
            messages: ["user=someuser@example.com\u{1}auth=Bearer ya29.vF9dft4\u{1}\u{1}"]),
        MessageCase(
            mechanism: .oauthBearer, username: "a=b,c@example.com", secret: "tok",
            messages: ["n,a=a=3Db=2Cc@example.com,\u{1}auth=Bearer tok\u{1}\u{1}"]),
    ])
    func messages(_ testCase: MessageCase) throws {
        let messages = try testCase.mechanism.messages(username: testCase.username, secret: testCase.secret)
        #expect(messages.map { Base64.decode($0.encoded) } == testCase.messages.map { Array($0.utf8) })
        #expect(messages.last?.shown == "[redacted]")
    }

    @Test(arguments: [SASLMechanism.plain, .login, .xoauth2, .oauthBearer])
    func unusableCredentials(_ mechanism: SASLMechanism) {
        #expect(throws: UnusableCredential.emptyUsername) { try mechanism.messages(username: "", secret: "s") }
        #expect(throws: UnusableCredential.emptySecret) { try mechanism.messages(username: "u", secret: "") }
        #expect(throws: UnusableCredential.controlInUsername) { try mechanism.messages(username: "u\0", secret: "s") }
        #expect(throws: UnusableCredential.controlInSecret) { try mechanism.messages(username: "u", secret: "\0s") }
    }

    @Test(arguments: [SASLMechanism.xoauth2, .oauthBearer])
    func tokensHoldNoSeparators(_ mechanism: SASLMechanism) {
        #expect(throws: UnusableCredential.controlInSecret) { try mechanism.messages(username: "u", secret: "s\u{1}x") }
        #expect(throws: UnusableCredential.controlInUsername) { try mechanism.messages(username: "u\n", secret: "s") }
    }

    struct ChoiceCase: Sendable {
        let isToken: Bool
        let offered: [String]
        var avoided: Set<String> = []
        let expected: SASLMechanism?
    }

    @Test(arguments: [
        ChoiceCase(isToken: false, offered: ["LOGIN", "PLAIN", "XOAUTH2"], expected: .plain),
        ChoiceCase(isToken: false, offered: ["LOGIN", "PLAIN"], avoided: ["PLAIN"], expected: .login),
        ChoiceCase(isToken: false, offered: ["XOAUTH2", "CRAM-MD5"], expected: nil),
        ChoiceCase(isToken: true, offered: ["OAUTHBEARER", "XOAUTH2", "PLAIN"], expected: .xoauth2),
        ChoiceCase(isToken: true, offered: ["OAUTHBEARER", "PLAIN"], expected: .oauthBearer),
        ChoiceCase(isToken: true, offered: ["XOAUTH2"], avoided: ["XOAUTH2"], expected: nil),
        ChoiceCase(isToken: true, offered: ["PLAIN", "LOGIN"], expected: nil),
    ])
    func choice(_ testCase: ChoiceCase) {
        let credential: Credential = testCase.isToken ? .accessToken(Secret("t")) : .password(Secret("p"))
        let chosen = SASLMechanism.choose(for: credential, offered: testCase.offered, avoided: testCase.avoided)
        #expect(chosen == testCase.expected)
    }

    @Test func nothingIsSaidTwice() throws {
        var exchange = try SASLExchange(
            .plain, username: "u", credential: .password(Secret("pass")), challengeLimit: 8)
        #expect(exchange.initialResponse(room: 3) == nil)
        #expect(exchange.initialResponse(room: 100) != nil)
        #expect(exchange.initialResponse(room: 100) == nil)
        #expect(exchange.answer([]) == .cancel)
        #expect(exchange.isCancelled)
    }
}
