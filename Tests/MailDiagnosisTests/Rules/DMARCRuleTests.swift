import MailDiagnosis
import MailModel
import Testing

@Suite("The DMARC record")
struct DMARCRuleTests {
    private static let lookup = DNSResponse(name: "_dmarc.example.com", type: .txt, outcome: .noData, duration: .zero)

    @Test(arguments: [
        (DMARCFacts(lookup: lookup, recordCount: 1, policy: "none"), nil),
        (DMARCFacts(lookup: lookup), Told(.dmarcMissing, nil, .dns, .info)),
        (DMARCFacts(lookup: lookup, recordCount: 2), Told(.dmarcInvalid, nil, .dns, .warning)),
        (DMARCFacts(lookup: lookup, recordCount: 1), Told(.dmarcInvalid, nil, .dns, .warning)),
    ])
    func isNeverAnError(_ facts: DMARCFacts, _ told: Told?) throws {
        let observation = Observation(id: .dnsDMARC, stage: .dns, outcome: .observed, facts: .dmarc(facts))
        #expect(try Samples.findings([observation]).map(Told.init) == [told].compactMap { $0 })
    }
}
