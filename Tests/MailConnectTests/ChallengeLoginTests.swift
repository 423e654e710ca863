import MailModel
import Testing

@testable import MailConnect
@testable import MailProtocol

/// SCRAM and CRAM-MD5 by the examples of their RFCs, and what a server could try.
@Suite("Logins by challenge")
struct ChallengeLoginTests {
    /// The real hash functions with a nonce that is known beforehand.
    struct Digests: SASLCryptography {
        var fixed: String
        private let real = SASLDigests()

        init(nonce: String) { fixed = nonce }

        func digest(_ octets: [UInt8], _ hash: SASLHash) -> [UInt8]? { real.digest(octets, hash) }

        func authenticationCode(_ message: [UInt8], key: [UInt8], _ hash: SASLHash) -> [UInt8]? {
            real.authenticationCode(message, key: key, hash)
        }

        func stretchedKey(_ password: [UInt8], salt: [UInt8], iterations: Int, _ hash: SASLHash) -> [UInt8]? {
            real.stretchedKey(password, salt: salt, iterations: iterations, hash)
        }

        func nonce() -> String { fixed }
    }

    /// RFC 7677, section 3.
    private static let first = "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"
    private static let proof =
        "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="
    private static let verifier = "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="

    private static func exchange(
        _ mechanism: SASLMechanism = .scramSHA256, nonce: String = "rOprNGfwEbeRWgbNEkqO", username: String = "user",
        password: String = "pencil"
    ) throws -> SASLExchange {
        try SASLExchange(
            mechanism, username: username, credential: .password(Secret(password)), challengeLimit: 8,
            cryptography: Digests(nonce: nonce))
    }

    private static func encoded(_ text: String) -> [UInt8] { Base64.encode(Array(text.utf8)) }

    private static func text(_ answer: SASLExchange.Answer) -> String? {
        guard case .respond(let message) = answer else { return nil }
        return Base64.decode(message.encoded).map { String(decoding: $0, as: UTF8.self) }
    }

    @Test func scramWithSHA256() throws {
        var exchange = try Self.exchange()
        let first = exchange.initialResponse(room: 500)
        let initial = try #require(first)
        #expect(Base64.decode(initial.encoded) == Array("n,,n=user,r=rOprNGfwEbeRWgbNEkqO".utf8))
        let answer = exchange.answer(Self.encoded(Self.first))
        #expect(Self.text(answer) == Self.proof)
        guard case .respond(let message) = answer else { return }
        #expect(message.shown == "[redacted]")
        #expect(!exchange.canSucceed)
        #expect(Self.text(exchange.answer(Self.encoded(Self.verifier))) == "")
        #expect(exchange.canSucceed)
    }

    /// RFC 5802, section 5.
    @Test func scramWithSHA1() throws {
        var exchange = try Self.exchange(.scramSHA1, nonce: "fyko+d2lbbFgONRv9qkxdawL")
        _ = exchange.initialResponse(room: 500)
        let first = "r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096"
        let proof = "c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts="
        #expect(Self.text(exchange.answer(Self.encoded(first))) == proof)
        _ = exchange.answer(Self.encoded("v=rmF9pqV8S7suAoZWja4dJRkFsKQ="))
        #expect(exchange.canSucceed)
    }

    /// RFC 2195, section 2.
    @Test func cramMD5() throws {
        var exchange = try Self.exchange(.cramMD5, username: "tim", password: "tanstaaftanstaaf")
        #expect(exchange.initialResponse(room: 500) == nil)
        #expect(!exchange.canSucceed)
        let answer = exchange.answer(Self.encoded("<1896.697170952@postoffice.reston.mci.net>"))
        #expect(Self.text(answer) == "tim b913a602c7eda7a495b4e6e7334d3890")
        #expect(exchange.canSucceed)
    }

    /// What a server may not do in its first message.
    @Test(arguments: [
        "r=else,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096", "r=rOprNGfwEbeRWgbNEkqO,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
        "r=rOprNGfwEbeRWgbNEkqOx,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=1", "r=rOprNGfwEbeRWgbNEkqOx,s=W22Z,i=4095",
        "r=rOprNGfwEbeRWgbNEkqOx,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=1000001",
        "r=rOprNGfwEbeRWgbNEkqOx,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=99999999999",
        "r=rOprNGfwEbeRWgbNEkqOx,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=-4096", "r=rOprNGfwEbeRWgbNEkqOx,s=,i=4096",
        "r=rOprNGfwEbeRWgbNEkqOx,s=???,i=4096", "m=x,r=rOprNGfwEbeRWgbNEkqOx,s=W22Z,i=4096",
        "r=rOprNGfwEbeRWgbNEkqO x,s=W22Z,i=4096", "r=rOprNGfwEbeRWgbNEkqOx,s=W22Z", "", "v=abc",
    ])
    func badFirstMessages(_ challenge: String) throws {
        var exchange = try Self.exchange()
        _ = exchange.initialResponse(room: 500)
        #expect(exchange.answer(Self.encoded(challenge)) == .cancel)
        #expect(exchange.violation == .badChallenge)
        #expect(!exchange.canSucceed)
    }

    @Test(arguments: [
        "v=AAAATRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=", "v=", "v=???", "v=6rri",
    ])
    func aServerThatDoesNotKnowThePassword(_ verifier: String) throws {
        var exchange = try Self.exchange()
        _ = exchange.initialResponse(room: 500)
        _ = exchange.answer(Self.encoded(Self.first))
        #expect(exchange.answer(Self.encoded(verifier)) == .cancel)
        #expect(exchange.violation == .serverNotProven)
        #expect(!exchange.canSucceed)
    }

    @Test func anErrorIsKeptAndContradictsASuccess() throws {
        var exchange = try Self.exchange()
        _ = exchange.initialResponse(room: 500)
        _ = exchange.answer(Self.encoded(Self.first))
        #expect(Self.text(exchange.answer(Self.encoded("e=invalid-proof"))) == "")
        #expect(exchange.errorChallenge == Array("e=invalid-proof".utf8))
        #expect(!exchange.canSucceed)
    }

    @Test func thePasswordIsInNoMessage() throws {
        var exchange = try Self.exchange(password: "Tr0mbone-in-the-attic")
        let first = exchange.initialResponse(room: 500)
        var said = [try #require(first)]
        if case .respond(let message) = exchange.answer(Self.encoded(Self.first)) { said.append(message) }
        for message in said {
            let text = String(decoding: Base64.decode(message.encoded) ?? [], as: UTF8.self)
            #expect(!text.contains("Tr0mbone"))
        }
    }

    @Test func namesAreEscaped() throws {
        var exchange = try Self.exchange(username: "a=b,c")
        let first = exchange.initialResponse(room: 500)
        let initial = try #require(first)
        #expect(String(decoding: Base64.decode(initial.encoded) ?? [], as: UTF8.self).hasPrefix("n,,n=a=3Db=2Cc,r="))
    }

    @Test func whatCannotBePrepared() {
        #expect(throws: UnusableCredential.needsPreparation) { try Self.exchange(password: "pä") }
        #expect(throws: UnusableCredential.controlInSecret) { try Self.exchange(password: "a\u{7F}") }
        #expect(throws: UnusableCredential.noCryptography) {
            try SASLExchange(.cramMD5, username: "u", credential: .password(Secret("p")), challengeLimit: 8)
        }
    }

    /// The strongest that both sides know.
    @Test(arguments: [
        (["PLAIN", "SCRAM-SHA-1", "SCRAM-SHA-256"], "pass", SASLMechanism.scramSHA256),
        (["LOGIN", "SCRAM-SHA-1"], "pass", .scramSHA1), (["PLAIN", "SCRAM-SHA-256"], "pä", .plain),
        (["CRAM-MD5", "LOGIN"], "pass", .login), (["CRAM-MD5", "NTLM"], "pass", .cramMD5),
        (["SCRAM-SHA-256-PLUS", "PLAIN"], "pass", .plain),
    ])
    func choice(_ offered: [String], _ password: String, _ expected: SASLMechanism) {
        let chosen = SASLMechanism.choose(
            for: .password(Secret(password)), username: "u", offered: offered, avoided: [], hasCryptography: true)
        #expect(chosen == expected)
    }

    @Test func noncesDiffer() {
        let nonces = Set((0..<50).map { _ in SASLDigests().nonce() })
        #expect(nonces.count == 50)
        #expect(nonces.allSatisfy { $0.count == 32 })
    }
}
