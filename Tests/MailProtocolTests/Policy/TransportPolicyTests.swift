import MailModel
import MailProtocol
import Testing

/// MTA-STS (RFC 8461) and TLS-RPT (RFC 8460) as machines.
@Suite struct TransportPolicyTests {
    private static let plain = "text/plain"
    private static let url = "https://mta-sts.d.test/.well-known/mta-sts.txt"
    private static let host = "mta-sts.d.test A"

    /// Asks the zone, then hands the answer over if a document is asked for.
    private static func find(
        _ zone: [String], _ answer: MTASTSDiscovery.Answer? = nil, exchangers: [String] = ["mx.d.test"]
    ) -> (facts: MTASTSFacts?, url: String?) {
        var search = MTASTSDiscovery("d.test", exchangers: exchangers)
        let zone = Zone(zone)
        while let question = search.questions.first { search.take(zone.answer(question)) }
        let url = search.documentURL
        if let answer { search.take(answer) }
        return (search.facts, url)
    }

    private static func body(_ text: String, type: String? = plain, status: Int = 200) -> MTASTSDiscovery.Answer {
        .response(status: status, mediaType: type, body: Array(text.utf8))
    }

    @Test(arguments: [
        ("", 0, nil, nil), ("hello", 0, nil, nil), ("v=STSv2; id=1", 0, nil, nil), ("id=1; v=STSv1", 0, nil, nil),
        ("v=STSv1; id=20160831085700Z;", 1, "20160831085700Z", nil), ("v=STSv1;id=A1", 1, "A1", nil),
        ("v=STSv1", 1, nil, MTASTSFacts.Problem.badRecord), ("v=STSv1; id=", 1, nil, .badRecord),
        ("v=STSv1; id=a-b", 1, nil, .badRecord),
        ("v=STSv1; id=123456789012345678901234567890123", 1, nil, .badRecord),
    ])
    func records(_ text: String, _ count: Int, _ id: String?, _ problem: MTASTSFacts.Problem?) {
        let found = Self.find(["_mta-sts.d.test TXT \(text)", Self.host])
        #expect(found.facts?.recordCount == count)
        #expect(found.facts?.id == id)
        #expect(found.facts?.problem == problem)
        #expect(found.url == (id == nil ? nil : Self.url))
    }

    @Test func severalRecordsCountAsNone() {
        let found = Self.find(["_mta-sts.d.test TXT v=STSv1; id=1", "_mta-sts.d.test TXT v=STSv1; id=2", Self.host])
        #expect(found.facts?.problem == .severalRecords)
        #expect(found.url == nil)
    }

    @Test func aHostWithoutAnAddressIsNotAsked() {
        #expect(Self.find(["_mta-sts.d.test TXT v=STSv1; id=1"]).facts?.problem == .noPolicyHost)
        #expect(Self.find(["_mta-sts.d.test TXT v=STSv1; id=1", "mta-sts.d.test AAAA"]).url == Self.url)
    }

    @Test(
        arguments: [
            (body("version: STSv1\r\nmode: enforce\r\nmax_age: 86400\r\nmx: mx.d.test\r\n"), nil),
            (body("version:STSv1\nmode:testing\nmax_age:0\nmx:*.d.test"), nil),
            (body("version: STSv1\nmode: none\nmax_age: 86400\n"), nil),
            (body("mx: MX.D.test\nmax_age: 31557600 \nmode: enforce\nx-new: y\nversion: STSv1\n"), nil),
            (body("version: STSv1\nversion: STSv2\nmode: enforce\nmode: x\nmax_age: 1\nmx: mx.d.test\n"), nil),
            (body("version: STSv1\nmode: none\nmax_age: 1", type: "Text/Plain; charset=utf-8"), nil),
            (body(""), MTASTSFacts.Problem.badVersion), (body("version: STSv2\nmode: none\nmax_age: 1\n"), .badVersion),
            (body("version: STSv1\nmax_age: 1\nmx: a.test\n"), .badMode),
            (body("version: STSv1\nmode: Enforce\nmax_age: 1\nmx: a.test\n"), .badMode),
            (body("version: STSv1\nmode: none\n"), .badMaximumAge),
            (body("version: STSv1\nmode: none\nmax_age: -1\n"), .badMaximumAge),
            (body("version: STSv1\nmode: none\nmax_age: 31557601\n"), .badMaximumAge),
            (body("version: STSv1\nmode: enforce\nmax_age: 1\n"), .badPattern),
            (body("version: STSv1\nmode: enforce\nmax_age: 1\nmx: *\n"), .badPattern),
            (body("version: STSv1\nmode: enforce\nmax_age: 1\nmx: a.*.test\n"), .badPattern),
            (body("version: STSv1\nmode: enforce\nmax_age: 1\nmx: 192.0.2.1\n"), .badPattern),
            (body("version: STSv1", type: "text/html"), .badMediaType),
            (body("version: STSv1", type: nil), .badMediaType),
            (body("", status: 404), .badStatus), (body("", status: 204), .badStatus),
            (body("", status: 301), .redirected),
            (body(String(repeating: "a", count: 65_537)), .tooLarge), (.failure(.notTrusted), .notTrusted),
        ] as [(MTASTSDiscovery.Answer, MTASTSFacts.Problem?)])
    func policies(_ answer: MTASTSDiscovery.Answer, _ problem: MTASTSFacts.Problem?) {
        let facts = Self.find(["_mta-sts.d.test TXT v=STSv1; id=1", Self.host], answer).facts
        #expect(facts?.problem == problem)
        #expect((facts?.policy == nil) == (problem != nil))
        #expect(facts?.uncovered == [])
        #expect(facts?.policyHost == "mta-sts.d.test")
    }

    @Test(arguments: [
        ("mx.d.test", "mx.d.test", true), ("mx.d.test", "a.mx.d.test", false), ("*.d.test", "mx.d.test", true),
        ("*.d.test", "d.test", false), ("*.d.test", "a.mx.d.test", false), ("*.d.test", ".d.test", false),
    ])
    func coverage(_ pattern: String, _ exchanger: String, _ isCovered: Bool) {
        let answer = Self.body("version: STSv1\nmode: enforce\nmax_age: 1\nmx: \(pattern)\n")
        let facts = Self.find(
            ["_mta-sts.d.test TXT v=STSv1; id=1", Self.host], answer, exchangers: [exchanger]
        ).facts
        #expect(facts?.uncovered == (isCovered ? [] : [exchanger]))
    }

    @Test func anAnswerThatNobodyAskedForIsIgnored() {
        let facts = Self.find(["_mta-sts.d.test TXT hello"], Self.body("version: STSv1\nmode: none\nmax_age: 1")).facts
        #expect(facts?.policy == nil)
        #expect(facts?.policyHost == nil)
    }

    @Test(
        arguments: [
            (["hello"], 0, 0, nil), (["v=TLSRPTv1; rua=mailto:a@d.test"], 1, 1, nil),
            (["v=TLSRPTv1;rua=mailto:a@d.test, https://d.test/r"], 1, 2, nil),
            (["v=TLSRPTv1"], 1, 0, TLSRPTFacts.Problem.noAddress), (["v=TLSRPTv1; rua="], 1, 0, .noAddress),
            (["v=TLSRPTv1; rua=ftp://x"], 1, 0, .badAddress),
            (["v=TLSRPTv1; rua=mailto:a@d.test,x"], 1, 1, .badAddress),
            (["v=TLSRPTv1; rua=mailto:a", "v=TLSRPTv1; rua=mailto:b"], 2, 0, .severalRecords),
        ] as [([String], Int, Int, TLSRPTFacts.Problem?)])
    func reports(_ texts: [String], _ count: Int, _ addresses: Int, _ problem: TLSRPTFacts.Problem?) {
        var search = TLSRPTDiscovery("d.test")
        let zone = Zone(texts.map { "_smtp._tls.d.test TXT \($0)" })
        while let question = search.questions.first { search.take(zone.answer(question)) }
        #expect(search.facts?.recordCount == count)
        #expect(search.facts?.addressCount == addresses)
        #expect(search.facts?.problem == problem)
    }
}
