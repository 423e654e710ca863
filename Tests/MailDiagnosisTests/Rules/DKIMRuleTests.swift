import MailDiagnosis
import MailModel
import Testing

@Suite("The DKIM keys")
struct DKIMRuleTests {
    @Test(arguments: [
        ([DKIMFacts.State.key], false), ([.missing, .key], false), ([.missing, .missing], true), ([.withdrawn], true),
        ([.notKnown], false), ([], false),
    ])
    func areMissedOnlyWhenAllAre(_ states: [DKIMFacts.State], _ isTold: Bool) throws {
        let lookup = DNSResponse(name: "s._domainkey.example.com", type: .txt, outcome: .noData, duration: .zero)
        let facts = DKIMFacts(selectors: states.map { DKIMFacts.Selector(name: "s", state: $0, lookup: lookup) })
        let observation = Observation(id: .dnsDKIM, stage: .dns, outcome: .observed, facts: .dkim(facts))
        let told = try Samples.findings([observation]).map(Told.init)
        #expect(told == (isTold ? [Told(.dkimMissing, nil, .dns, .info)] : []))
    }
}
