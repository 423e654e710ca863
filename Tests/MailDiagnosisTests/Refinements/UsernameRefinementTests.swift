import MailDiagnosis
import MailModel
import Testing

@Suite("Which user name is advised")
struct UsernameRefinementTests {
    private static let wrong = Samples.smtpReply(535, "5.7.8", "Error: authentication failed: (reason unavailable)")

    private static func login(_ endpoint: Endpoint, as name: String, _ reply: ServerReply) -> Observation {
        var observation = Samples.login(endpoint, reply)
        if case .login(var facts)? = observation.facts {
            facts.username = name
            observation.facts = .login(facts)
        }
        return observation
    }

    private func steps(_ observations: [Observation]) throws -> [RemedyStep] {
        try #require(try Samples.findings(observations).first { $0.id == .badCredentials }).remedy.steps
    }

    @Test func theFullAddressIsNotAdvisedToWhoUsedIt() throws {
        #expect(try !steps([Self.login(Samples.smtp, as: "jane@example.com", Self.wrong)]).contains(.useFullAddress))
        #expect(try steps([Self.login(Samples.smtp, as: "jane", Self.wrong)]).contains(.useFullAddress))
    }

    @Test func theFormThatTheOtherSideTookIsAdvised() throws {
        let taken = Self.login(Samples.imap, as: "jane", Samples.imapReply("OK", nil, "in"))
        let refused = Self.login(Samples.smtp, as: "jane@example.com", Self.wrong)
        let steps = try steps([taken, refused])
        #expect(steps.first == .useUsername(.smtp, "jane"))
        #expect(!steps.contains(.useFullAddress))
    }

    @Test func theSameFormOnBothSidesIsNoAdvice() throws {
        let taken = Self.login(Samples.imap, as: "jane@example.com", Samples.imapReply("OK", nil, "in"))
        let steps = try steps([taken, Self.login(Samples.smtp, as: "jane@example.com", Self.wrong)])
        #expect(!steps.contains { $0.kind == "use_username" })
        #expect(!steps.isEmpty)
    }
}
