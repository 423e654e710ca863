import MailDiagnosis
import MailModel
import Testing

@Suite("The test message")
struct DeliveryRuleTests {
    private static let taken = Samples.smtpReply(250, "2.0.0", "queued")

    @Test(arguments: [
        (["spf=pass", "dkim=pass"], nil), (["spf=softfail"], Told(.deliveryNotAuthenticated, .smtp, .submit, .warning)),
        (["dkim=fail", "spf=pass"], Told(.deliveryNotAuthenticated, .smtp, .submit, .warning)), (["dkim=none"], nil),
    ])
    func whatTheReceiverSays(_ methods: [String], _ told: Told?) throws {
        let read = methods.map { text in
            let sides = text.split(separator: "=").map(String.init)
            return DeliveryFacts.Method(name: sides[0], result: sides[1])
        }
        let facts = DeliveryFacts(accepted: Self.taken, arrivedIn: ServerText("INBOX"), methods: read)
        #expect(try tell(facts) == [told].compactMap { $0 })
    }

    @Test func notSeen() throws {
        let told = try tell(DeliveryFacts(accepted: Self.taken))
        #expect(told == [Told(.deliveryNotSeen, .smtp, .submit, .warning)])
    }

    private func tell(_ facts: DeliveryFacts) throws -> [Told] {
        let observation = Observation(
            id: .sender, stage: .submit, endpoint: Samples.smtp, outcome: .observed,
            facts: .delivery(facts))
        return try Samples.findings([observation]).map(Told.init)
    }
}
