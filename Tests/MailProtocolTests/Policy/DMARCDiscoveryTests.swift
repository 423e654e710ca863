import MailModel
import MailProtocol
import Testing

/// Where the policy of a domain is found (RFC 7489, section 6.6.3).
@Suite struct DMARCDiscoveryTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var domain = "mail.d.test"
        var organization: String? = "d.test"
        let zone: [String]
        var asked = ["_dmarc.mail.d.test", "_dmarc.d.test"]
        var count = 1
        var policy: String?
        var isInherited = true
    }

    @Test(arguments: [
        Case(
            testDescription: "the domain's own", zone: ["_dmarc.mail.d.test TXT v=DMARC1; p=reject; sp=none"],
            asked: ["_dmarc.mail.d.test"], policy: "reject", isInherited: false),
        Case(
            testDescription: "the organizational domain's",
            zone: ["_dmarc.d.test TXT v=DMARC1; p=quarantine"], policy: "quarantine"),
        Case(
            testDescription: "sp goes before p for a subdomain",
            zone: ["_dmarc.d.test TXT v=DMARC1; p=reject; sp=none"], policy: "none"),
        Case(
            testDescription: "records of another kind do not count",
            zone: ["_dmarc.mail.d.test TXT hello", "_dmarc.d.test TXT v=DMARC1; p=none"], policy: "none"),
        Case(
            testDescription: "two of its own end the search",
            zone: [
                "_dmarc.mail.d.test TXT v=DMARC1; p=none", "_dmarc.mail.d.test TXT v=DMARC1; p=reject",
                "_dmarc.d.test TXT v=DMARC1; p=none",
            ], asked: ["_dmarc.mail.d.test"], count: 2, isInherited: false),
        Case(
            testDescription: "its own without a policy ends the search",
            zone: ["_dmarc.mail.d.test TXT v=DMARC1", "_dmarc.d.test TXT v=DMARC1; p=none"],
            asked: ["_dmarc.mail.d.test"], isInherited: false),
        Case(testDescription: "nowhere", zone: [], count: 0),
        Case(
            testDescription: "the domain is the organizational one", domain: "d.test",
            zone: ["_dmarc.d.test TXT v=DMARC1; p=reject; sp=none"], asked: ["_dmarc.d.test"], policy: "reject",
            isInherited: false),
        Case(
            testDescription: "no organizational domain", organization: nil, zone: [], asked: ["_dmarc.mail.d.test"],
            count: 0, isInherited: false),
        Case(
            testDescription: "no answer is no record", domain: "mail.silent.test", organization: "d.test",
            zone: ["_dmarc.d.test TXT v=DMARC1; p=none"], asked: ["_dmarc.mail.silent.test"], count: 0,
            isInherited: false),
    ])
    func isFound(_ test: Case) throws {
        var search = DMARCDiscovery(test.domain, organizationalDomain: test.organization)
        let zone = Zone(test.zone)
        var asked: [String] = []
        while let question = search.questions.first {
            asked.append(question.name)
            search.take(zone.answer(question))
        }
        let facts = try #require(search.facts)
        #expect(asked == test.asked)
        #expect(facts.recordCount == test.count)
        #expect(facts.policy == test.policy)
        #expect((facts.organizationalLookup != nil) == test.isInherited)
    }
}

/// Keys that mail is signed with (RFC 6376, section 3.6.1).
@Suite struct DKIMKeyRecordTests {
    @Test(arguments: [
        ("v=DKIM1; k=rsa; p=MIIB", DKIMFacts.State.key), ("p=MIIB", .key), ("v=DKIM1;p=MIIB;", .key),
        ("v=DKIM1; p =MIIB", .key), ("v=DKIM1;\tp=MIIB", .key), ("v=DKIM1; p\t=\tMIIB", .key),
        ("v=DKIM1;\r\n p\r\n\t=\r\n MIIB AAAA", .key), ("v = DKIM1 ; k = ed25519 ; p = 11qY", .key),
        ("k=RSA; p=MIIB", .key), ("v=DKIM1; h=sha256; n=a p=b; s=email; t=y; p=MIIB", .key),
        ("v=DKIM1; p=", .withdrawn), ("v=DKIM1; p = ", .withdrawn), ("p=;", .withdrawn), ("p=\t\r\n ", .withdrawn),
        ("v=DKIM1; k=rsa", .missing), ("", .missing), ("hello", .missing), ("xp=MIIB", .missing),
        ("P=MIIB", .missing), ("v=DKIM2; p=MIIB", .missing), ("p=MIIB; v=DKIM1", .missing),
        ("v=DKIM1; p=MIIB; p=", .missing), ("v=DKIM1; k=dsa; p=MIIB", .missing), ("v=spf1 p=x", .missing),
    ])
    func states(_ text: String, _ state: DKIMFacts.State) {
        let response = DNSResponse(
            name: "s._domainkey.d.test", type: .txt, outcome: .records([.txt(text)]), duration: .zero)
        #expect(DKIMKeyRecord.state(response) == state)
    }

    @Test(arguments: [
        (DNSOutcome.nameNotFound, DKIMFacts.State.missing), (.noData, .missing), (.timedOut, .notKnown),
        (.serverFailure, .notKnown), (.refused, .notKnown), (.broken("x"), .notKnown),
        (.records([.txt("v=DKIM1; p="), .txt("v=DKIM1; p=MIIB")]), .key),
    ])
    func lookups(_ outcome: DNSOutcome, _ state: DKIMFacts.State) {
        #expect(
            DKIMKeyRecord.state(DNSResponse(name: "s", type: .txt, outcome: outcome, duration: .zero)) == state)
    }
}
