import MailConnect
import MailModel
import MailNetwork
import Testing

@Suite("Autodiscover and PACC")
struct AutodiscoverDetectionTests {
    private static func document(_ account: String) -> String {
        "<Autodiscover><Response><Account><AccountType>email</AccountType>\(account)</Account></Response></Autodiscover>"
    }

    private static let settings = document(
        """
        <Action>settings</Action>
        <Protocol><Type>IMAP</Type><Server>imap.host.test</Server><Port>993</Port><SSL>on</SSL>
        <LoginName>nobody@d.test</LoginName></Protocol>
        <Protocol><Type>SMTP</Type><Server>smtp.host.test</Server><Port>465</Port><SSL>on</SSL>
        <LoginName>nobody</LoginName></Protocol>
        """)

    private func detect(_ plays: [String: ScriptedWeb.Play], zone: [String] = []) async throws -> (
        Diagnosis, ScriptedWeb
    ) {
        let web = ScriptedWeb(plays)
        let internet = try await SmallInternet(zone: ["d.test MX 10 mx.d.test"] + zone, web: web)
        let diagnosis = try await internet.engine.report(on: Account(address: try EmailAddress("jane@d.test")))
        await internet.stop()
        return (diagnosis, web)
    }

    @Test func aMadeUpAddressIsAskedForAndTheRealOnePutBack() async throws {
        let (diagnosis, web) = try await detect(
            ["https://autodiscover.d.test/autodiscover/autodiscover.xml": .answer(Self.settings)])
        #expect(diagnosis.settings?.source == .autodiscover)
        #expect(diagnosis.settings?.imapUsername == "jane@d.test")
        #expect(diagnosis.settings?.smtpUsername == "jane")
        let posts = web.requests.filter { $0.method == "POST" }.map { String(decoding: $0.body ?? [], as: UTF8.self) }
        #expect(!posts.isEmpty)
        #expect(posts.allSatisfy { $0.contains("nobody@d.test") && !$0.contains("jane") })
    }

    @Test func theServiceRecordLeadsToIt() async throws {
        let (diagnosis, _) = try await detect(
            ["https://mail.host.test/autodiscover/autodiscover.xml": .answer(Self.settings)],
            zone: ["_autodiscover._tcp.d.test SRV 0 0 443 mail.host.test"])
        #expect(diagnosis.settings?.source == .autodiscover)
    }

    @Test func aRedirectIsToldAndNotFollowed() async throws {
        let redirect = Self.document(
            "<Action>redirectUrl</Action><RedirectUrl>https://autodiscover.outlook.com/x.xml</RedirectUrl>")
        let (diagnosis, web) = try await detect(
            ["https://autodiscover.d.test/autodiscover/autodiscover.xml": .answer(redirect)])
        #expect(diagnosis.evidence.contains { $0.pointsTo == "microsoft365" && $0.source == .autodiscover })
        #expect(web.requests.allSatisfy { !$0.url.contains("outlook.com") })
    }

    struct PACCRow: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var body: String
        var record: String?
        var isBelieved: Bool
    }

    /// SHA-256 of the two bodies, computed with `openssl dgst -sha256 -binary | base64`.
    static let paccRows = [
        PACCRow(
            testDescription: "revision 03",
            body: #"{"protocols":{"imap":{"host":"imap.host.test"},"submit":{"host":"smtp.host.test"}}}"#,
            record: "v=UAAC1; a=sha256; d=tjyBD8TANj8Oit50dAA/gi6Q6EqkbnAQ5EF6mP3KEhs=", isBelieved: true),
        PACCRow(
            testDescription: "revision 02",
            body: #"{"protocols":{"imap":{"host":"imap.host.test"},"smtp":{"host":"smtp.host.test"}}}"#,
            record: "v=UAAC1; a=sha256; d=ybHYebt4kEhq2uvSHkp6WSXxZNp23dlWDZyNBI8cEdM=", isBelieved: true),
        PACCRow(
            testDescription: "another digest",
            body: #"{"protocols":{"imap":{"host":"imap.host.test"},"smtp":{"host":"smtp.host.test"}}}"#,
            record: "v=UAAC1; a=sha256; d=tjyBD8TANj8Oit50dAA/gi6Q6EqkbnAQ5EF6mP3KEhs=", isBelieved: false),
        PACCRow(
            testDescription: "no digest",
            body: #"{"protocols":{"imap":{"host":"imap.host.test"},"submit":{"host":"smtp.host.test"}}}"#,
            record: nil, isBelieved: false),
    ]

    @Test(arguments: paccRows) func aFileNeedsAVoucher(_ row: PACCRow) async throws {
        let (diagnosis, _) = try await detect(
            ["https://ua-auto-config.d.test/.well-known/user-agent-configuration.json": .answer(row.body)],
            zone: row.record.map { ["_ua-auto-config.d.test TXT \($0)"] } ?? [])
        #expect((diagnosis.settings?.source == .pacc) == row.isBelieved)
        let line = diagnosis.evidence.first { $0.source == .pacc }
        #expect(line?.outcome == (row.isBelieved ? .found : .notTrusted))
        if row.isBelieved { #expect(diagnosis.settings.map { "\($0.smtp)" } == "smtp.host.test:465/tls") }
    }
}
