import MailJSON
import MailModel
import MailTestSupport
import Testing

/// Whatever is written is read back, whole: each kind of fact, failure, outcome and advice.
struct DescriptionWalkTests {
    private static func comesBack<Value: Equatable>(_ value: Value, _ description: JSONDescription<Value>) throws {
        let text = description.write(value).rendered()
        #expect(try description.read(octets: Array(text.utf8)) == value, "\(text)")
        #expect(try description.read(octets: Array(text.utf8), .strict) == value, "\(text)")
    }

    @Test(arguments: FactSamples.observations) func checks(_ check: Observation) throws {
        try Self.comesBack(check, Observation.json)
    }

    @Test(arguments: FactSamples.lookups) func lookups(_ lookup: DNSResponse) throws {
        try Self.comesBack(lookup, DNSResponse.json)
    }

    @Test(arguments: DNSRecordType.allCases) func types(_ type: DNSRecordType) throws {
        try Self.comesBack(
            DNSResponse(name: "a", type: type, outcome: .noData, duration: .zero), DNSResponse.json)
    }

    @Test(arguments: ReportSamples.chains) func chains(_ chain: ChainVerification) throws {
        try Self.comesBack(chain, ChainVerification.json)
    }

    @Test(arguments: ReportSamples.hostings) func hostings(_ hosting: MailHosting) throws {
        try Self.comesBack(hosting, MailHosting.json)
    }

    @Test(arguments: ReportSamples.retries) func retries(_ advice: RetryAdvice) throws {
        try Self.comesBack(advice, RetryAdvice.json)
    }

    @Test(arguments: RegistrationOutcome.Status.allCases) func registrations(_ status: RegistrationOutcome.Status)
        throws
    {
        for obstacle in RegistrationOutcome.Obstacle.allCases.map(Optional.some) + [nil] {
            var outcome = ReportSamples.registration
            (outcome.status, outcome.obstacle) = (status, obstacle)
            try Self.comesBack(outcome, RegistrationOutcome.json)
        }
    }

    @Test func findingsAndLimits() throws {
        try Self.comesBack(ReportSamples.finding, Finding.json)
        try Self.comesBack(ReportSamples.dailyLimit, DailyLimit.json)
    }

    @Test func whatHasNothingInItComesBackToo() throws {
        let facts: [CheckFacts] = [
            .connection(ConnectionFacts()), .capabilities(CapabilityFacts()), .mailbox(MailboxFacts()),
            .delivery(DeliveryFacts()), .dkim(DKIMFacts(selectors: [])),
        ]
        for facts in facts {
            try Self.comesBack(Observation(id: .dnsMX, stage: .dns, outcome: .observed, facts: facts), Observation.json)
        }
        try Self.comesBack(RegistrationOutcome(status: .notAttempted, reason: ""), RegistrationOutcome.json)
    }

    /// A sample with nothing in a property cannot show that the property is lost.
    @Test func everySampleSaysSomethingInEachProperty() throws {
        for facts in FactSamples.facts { #expect(Blank.properties(of: facts, "facts") == []) }
        for failure in FactSamples.failures { #expect(Blank.properties(of: failure, "failure") == []) }
        #expect(Blank.properties(of: ReportSamples.registration, "registration") == [])
        #expect(Blank.properties(of: ReportSamples.finding, "finding") == [])
        let diagnosis = try ReportSamples.diagnosis()
        #expect(Blank.properties(of: diagnosis, "diagnosis") == [])
        #expect(Blank.properties(of: QuotaFacts(resource: "", used: 1, limit: 0)) == [".resource", ".limit"])
    }

    @Test func factsOfALaterVersionAreNoMistake() throws {
        let check = Observation(id: .dnsMX, stage: .dns, outcome: .observed, facts: FactSamples.facts.first)
        let text = Observation.json.write(check).rendered().replacing("\"kind\": \"dns\"", with: "\"kind\": \"later\"")
        let read = try Observation.json.read(octets: Array(text.utf8))
        #expect(read.facts == nil && read.outcome == .observed)
    }

    /// A check, what is wrong with it, and what is told.
    @Test(
        arguments: [
            ("\"outcome\": \"observed\"", "\"outcome\": \"failed\"", "observations.failure: this key is missing"),
            ("\"outcome\": \"observed\"", "\"outcome\": \"blocked\"", "observations.blocked_by: this key is missing"),
            ("\"stage\": \"dns\"", "\"stage\": \"later\"", "stage: \"later\" is not a stage"),
            ("\"protocol\": null", "\"protocol\": \"pop\"", "protocol: \"pop\" is not smtp or imap"),
            (
                "\"endpoint\": null", "\"endpoint\": \"a:1\"",
                "endpoint: HOST:PORT/tls or HOST:PORT/starttls must stand here"
            ),
        ])
    func mistakes(_ old: String, _ new: String, _ told: String) throws {
        let check = Observation(id: .dnsMX, stage: .dns, outcome: .observed)
        var text = Observation.json.write(check).rendered().replacing(old, with: new)
        if told.hasPrefix("endpoint") { text = text.replacing("\"protocol\": null", with: "\"protocol\": \"smtp\"") }
        #expect {
            _ = try Observation.json.read(octets: Array(text.utf8))
        } throws: { "\($0)" == told }
    }
}
