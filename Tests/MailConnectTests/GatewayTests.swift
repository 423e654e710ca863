import MailConnect
import MailLoopback
import MailModel
import Testing

@Suite("Who is behind a gateway")
struct GatewayTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var zone: [String]
        var provider: String?
        var inboxType: InboxType?
        var gateway: String? = "proofpoint"
        /// The least and the most that the answer may be sure.
        var confidence: ClosedRange<Double>
    }

    private static let gateway = ["d.test MX 10 mx1.d.pphosted.com", "d.test MX 10 mx2.d.pphosted.com"]

    static let rows = [
        Row(testDescription: "nothing known", zone: gateway, provider: nil, inboxType: nil, confidence: 0...0.3),
        Row(
            testDescription: "Microsoft by autodiscover",
            zone: gateway + ["autodiscover.d.test CNAME autodiscover.outlook.com"], provider: "microsoft365",
            inboxType: .outlook365, confidence: 0.7...0.8),
        Row(
            testDescription: "Microsoft by DKIM and SPF",
            zone: gateway + [
                "selector1._domainkey.d.test CNAME selector1-d-test._domainkey.dtest.onmicrosoft.com",
                "d.test TXT v=spf1 include:spf.protection.outlook.com include:spf-0.pphosted.com -all",
            ], provider: "microsoft365", inboxType: .outlook365, confidence: 0.7...0.8),
        Row(
            testDescription: "Google by DKIM and SPF",
            zone: gateway + [
                "google._domainkey.d.test TXT v=DKIM1; k=rsa; p=MFww", "d.test TXT v=spf1 include:_spf.google.com ~all",
            ], provider: "google_workspace", inboxType: .googleWorkspace, confidence: 0.7...0.8),
        Row(
            testDescription: "Google by an SPF record behind another",
            zone: gateway + [
                "d.test TXT v=spf1 include:_spf.d.test ~all", "_spf.d.test TXT v=spf1 redirect=_spf.google.com",
            ], provider: "google_workspace", inboxType: .googleWorkspace, confidence: 0.5...0.6),
        Row(
            testDescription: "an SPF record that includes itself",
            zone: gateway + [
                "d.test TXT v=spf1 include:d.test include:a.d.test", "a.d.test TXT v=spf1 include:d.test",
            ],
            provider: nil, inboxType: nil, confidence: 0...0.3),
        Row(
            testDescription: "both send, one has the aliases",
            zone: gateway + [
                "autodiscover.d.test CNAME autodiscover.outlook.com",
                "d.test TXT v=spf1 include:_spf.google.com include:spf.protection.outlook.com ~all",
            ], provider: "microsoft365", inboxType: .outlook365, confidence: 0.6...0.75),
        Row(
            testDescription: "a lower exchanger gives the host away",
            zone: gateway + ["d.test MX 50 d-test.mail.protection.outlook.com"], provider: "microsoft365",
            inboxType: .outlook365, confidence: 0.8...0.9),
        Row(
            testDescription: "an own server that also sends through Google",
            zone: ["d.test MX 10 mail.d.test", "d.test TXT v=spf1 mx include:_spf.google.com ~all"], provider: nil,
            inboxType: .customSMTP, gateway: nil, confidence: 0.3...0.5),
    ]

    @Test(arguments: rows) func isInferred(_ row: Row) async throws {
        let internet = try await SmallInternet(sites: { _ in [] }, zone: row.zone)
        var request = Account(domain: try DomainName("d.test"))
        request.reach = .dnsOnly
        let diagnosis = try await internet.engine.report(on: request)
        await internet.stop()
        #expect(diagnosis.provider.id == row.provider)
        #expect(diagnosis.inboxType == row.inboxType)
        #expect(diagnosis.provider.gateway?.id == row.gateway)
        #expect(row.confidence.contains(diagnosis.provider.confidence), "\(diagnosis.provider.confidence)")
        #expect(diagnosis.evidence.contains { $0.source == .dkim })
        #expect(!diagnosis.reason.isEmpty)
    }

    @Test func aKnownDomainIsNotAskedForHints() async throws {
        let internet = try await SmallInternet(sites: { _ in [] }, zone: ["d.test MX 1 smtp.google.com"])
        var request = Account(domain: try DomainName("d.test"))
        request.reach = .dnsOnly
        let diagnosis = try await internet.engine.report(on: request)
        await internet.stop()
        #expect(diagnosis.provider.id == "google_workspace")
        #expect(!internet.internet.dns.questions.contains { $0.contains("_domainkey") })
    }
}
