import MailProtocol
import Testing

struct DMARCRecordTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let record: String
        var policy: DMARCRecord.Policy?
        var subdomains: DMARCRecord.Policy?
        var percentage = 100
        var reports = 0
        var problems: [DMARCRecord.Problem] = []
        var testDescription: String { record }
    }

    @Test(arguments: [
        Case(record: "v=DMARC1; p=none", policy: DMARCRecord.Policy.none),
        Case(
            record: "v=DMARC1;p=reject;sp=quarantine;pct=25;", policy: .reject, subdomains: .quarantine, percentage: 25),
        Case(
            record: " v = DMARC1 ; P=x; p = Quarantine ; rua = mailto:a@b.example , mailto:c@d.example!10m; fo=1",
            policy: .quarantine, reports: 2),
        Case(record: "v=DMARC1", problems: [.missingPolicy]),
        Case(record: "v=DMARC1; p=", problems: [.badPolicy]),
        Case(record: "v=DMARC1; p=monitor", problems: [.badPolicy]),
        Case(
            record: "v=DMARC1; rua=mailto:a@b.example", policy: DMARCRecord.Policy.none, reports: 1,
            problems: [.missingPolicy]),
        Case(record: "v=DMARC1; p=none; sp=all", policy: DMARCRecord.Policy.none, problems: [.badSubdomainPolicy]),
        Case(record: "v=DMARC1; p=none; pct=101", policy: DMARCRecord.Policy.none, problems: [.badPercentage]),
        Case(record: "v=DMARC1; p=none; pct=0", policy: DMARCRecord.Policy.none, percentage: 0),
        Case(record: "v=DMARC1; p=none; pct=-1", policy: DMARCRecord.Policy.none, problems: [.badPercentage]),
        Case(record: "v=DMARC1; p=reject; rua=a@b.example,mailto:", policy: .reject, problems: [.badReportAddress]),
        Case(record: "v=DMARC1; p=reject; p=none", policy: .reject, problems: [.duplicateTag]),
        Case(record: "v=DMARC1; p=reject; oops", policy: .reject, problems: [.badTag]),
    ])
    func readable(_ test: Case) throws {
        let record = try #require(DMARCRecord(record: test.record))
        #expect(record.policy == test.policy)
        #expect(record.subdomainPolicy == test.subdomains)
        #expect(record.percentage == test.percentage)
        #expect(record.reportAddressCount == test.reports)
        #expect(record.problems == test.problems)
    }

    @Test(arguments: ["", "v=dmarc1; p=none", "v=DMARC2; p=none", "p=none; v=DMARC1", "v=DMARC1 p=none", "v=spf1 -all"])
    func unreadable(_ record: String) { #expect(DMARCRecord(record: record) == nil) }

    @Test func severalCountAsNone() {
        let record = "v=DMARC1; p=reject"
        #expect(DMARCRecord.sole(in: ["v=spf1 -all"]) == .none)
        #expect(DMARCRecord.sole(in: ["v=spf1 -all", record]).record?.policy == .reject)
        #expect(DMARCRecord.sole(in: [record, record]) == .several(2))
        #expect(DMARCRecord.sole(in: [record, record]).record == nil)
    }
}
