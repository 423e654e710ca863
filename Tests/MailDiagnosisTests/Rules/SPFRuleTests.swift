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
        (SPFFacts(lookup: lookup, recordCount: 1, lookupCount: 3, voidLookupCount: 2), nil),
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

    @Test(arguments: SPFPermanentError.Kind.allCases) func everyPermanentErrorIsTold(_ kind: SPFPermanentError.Kind)
        throws
    {
        let facts = SPFFacts(
            lookup: Self.lookup, recordCount: 1, permanentError: SPFPermanentError(kind, at: "other.example"))
        let observation = Observation(id: .dnsSPF, stage: .dns, outcome: .observed, facts: .spf(facts))
        let findings = try Samples.findings([observation])
        #expect(findings.map(Told.init) == [Told(.spfInvalid, nil, .dns, .warning)])
        #expect(findings.first?.summary.contains(kind == .tooManyLookups ? "10" : "other.example") == true)
    }
}
