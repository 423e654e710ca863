import Foundation
import MailDiagnosis
import MailModel
import Testing

@Suite("The clock of this machine")
struct ClockSkewRuleTests {
    private static let early = ChainVerification.rejected(code: 9, reason: "certificate is not yet valid")

    private func handshake(_ endpoint: Endpoint, _ fingerprint: String, begins: Double, ends: Double) -> Observation {
        var observation = Samples.tls(endpoint, chain: Self.early)
        if case .tls(var facts)? = observation.facts {
            facts.certificates[0].notBefore = Samples.noon.addingTimeInterval(begins * 86_400)
            facts.certificates[0].notAfter = Samples.noon.addingTimeInterval(ends * 86_400)
            facts.certificates[0].sha256 = fingerprint
            observation.facts = .tls(facts)
        }
        return observation
    }

    private func tellsClock(_ observations: [Observation]) throws -> Bool {
        try Samples.findings(observations).contains { $0.id == .clockSkew }
    }

    @Test func twoServersThatBeginTomorrow() throws {
        let seen = [
            handshake(Samples.smtp, "01", begins: 1, ends: 90), handshake(Samples.imap, "02", begins: 3, ends: 80),
        ]
        #expect(try tellsClock(seen))
    }

    @Test func twoServersThatEndedBoth() throws {
        let seen = [
            handshake(Samples.smtp, "01", begins: -90, ends: -3), handshake(Samples.imap, "02", begins: -90, ends: -1),
        ]
        #expect(try tellsClock(seen))
    }

    @Test func oneCertificateOnBothSidesProvesNothing() throws {
        let seen = [
            handshake(Samples.smtp, "01", begins: -90, ends: -3), handshake(Samples.imap, "01", begins: -90, ends: -3),
        ]
        #expect(try !tellsClock(seen))
    }

    @Test func oneOfTwoProvesNothing() throws {
        let seen = [
            handshake(Samples.smtp, "01", begins: -90, ends: -3), handshake(Samples.imap, "02", begins: -90, ends: 3),
        ]
        #expect(try !tellsClock(seen))
    }

    @Test func aStapleFromTheFuture() throws {
        var observation = Samples.tls()
        if case .tls(var facts)? = observation.facts {
            facts.ocspStaple = OCSPStapleFacts(status: .good, thisUpdate: Samples.noon.addingTimeInterval(86_400))
            observation.facts = .tls(facts)
        }
        #expect(try tellsClock([observation]))
    }
}
