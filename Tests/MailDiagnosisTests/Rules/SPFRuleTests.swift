import MailDiagnosis
import MailModel
import Testing

@Suite("The SPF record")
struct SPFRuleTests {
    private static let lookup = DNSResponse(name: "example.com", type: .txt, outcome: .noData, duration: .zero)

    @Test(arguments: [
        (SPFFacts(lookup: lookup, recordCount: 1, lookupCount: 3), nil),
        (SPFFacts(lookup: lookup), Told(.spfMissing, nil, .dns, .info)),
        (SPFFacts(lookup: lookup, recordCount: 2), Told(.spfInvalid, nil, .dns, .warning)),
        (SPFFacts(lookup: lookup, recordCount: 1, problems: ["x"]), Told(.spfInvalid, nil, .dns, .warning)),
        (SPFFacts(lookup: lookup, recordCount: 1, lookupCount: 11), Told(.spfInvalid, nil, .dns, .warning)),
        (
            SPFFacts(lookup: lookup, recordCount: 1, includesProvider: false),
            Told(.spfExcludesProvider, nil, .dns, .info)
        ),
        (SPFFacts(lookup: lookup, recordCount: 1, includesProvider: true), nil),
    ])
    func isNeverAnError(_ facts: SPFFacts, _ told: Told?) throws {
        let observation = Observation(id: .dnsSPF, stage: .dns, outcome: .observed, facts: .spf(facts))
        #expect(try Samples.findings([observation]).map(Told.init) == [told].compactMap { $0 })
    }
}
