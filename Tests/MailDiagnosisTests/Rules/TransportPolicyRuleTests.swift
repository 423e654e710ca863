import MailDiagnosis
import MailModel
import Testing

@Suite("MTA-STS and TLS-RPT")
struct TransportPolicyRuleTests {
    private static let lookup = DNSResponse(name: "example.com", type: .txt, outcome: .noData, duration: .zero)

    private static func policy(_ mode: MTASTSFacts.Mode) -> MTASTSFacts.Policy {
        MTASTSFacts.Policy(mode: mode, maximumAge: 1, patterns: ["a.example"])
    }

    private static func told(_ id: CheckID, _ facts: CheckFacts) throws -> [Told] {
        let observation = Observation(id: id, stage: .dns, outcome: .observed, facts: facts)
        return try Samples.findings([observation]).map(Told.init)
    }

    @Test(
        arguments: [
            (MTASTSFacts(lookup: lookup), nil), (MTASTSFacts(lookup: lookup, recordCount: 1, id: "1"), nil),
            (MTASTSFacts(lookup: lookup, recordCount: 1, policy: policy(.enforce)), nil),
            (
                MTASTSFacts(lookup: lookup, recordCount: 1, policy: policy(.enforce), uncovered: ["b.example"]),
                Severity.warning
            ),
            (MTASTSFacts(lookup: lookup, recordCount: 1, policy: policy(.testing), uncovered: ["b.example"]), .info),
            (MTASTSFacts(lookup: lookup, recordCount: 1, problem: .noAnswer), nil),
        ] as [(MTASTSFacts, Severity?)])
    func policies(_ facts: MTASTSFacts, _ severity: Severity?) throws {
        #expect(
            try Self.told(.dnsMTASTS, .mtaSTS(facts)) == severity.map { [Told(.mtaSTSInvalid, nil, .dns, $0)] } ?? [])
    }

    @Test(arguments: MTASTSFacts.Problem.allCases)
    func whatIsAnnouncedMustBeThere(_ problem: MTASTSFacts.Problem) throws {
        let facts = MTASTSFacts(lookup: Self.lookup, recordCount: 1, problem: problem)
        let expected = problem == .noAnswer ? [] : [Told(.mtaSTSInvalid, nil, .dns, .warning)]
        #expect(try Self.told(.dnsMTASTS, .mtaSTS(facts)) == expected)
    }

    @Test func absenceIsNothingToTell() throws {
        #expect(try Self.told(.dnsTLSRPT, .tlsRPT(TLSRPTFacts(lookup: Self.lookup))).isEmpty)
    }

    @Test(arguments: TLSRPTFacts.Problem.allCases) func reports(_ problem: TLSRPTFacts.Problem) throws {
        let facts = TLSRPTFacts(lookup: Self.lookup, recordCount: 1, problem: problem)
        #expect(try Self.told(.dnsTLSRPT, .tlsRPT(facts)) == [Told(.tlsRPTInvalid, nil, .dns, .info)])
    }
}
