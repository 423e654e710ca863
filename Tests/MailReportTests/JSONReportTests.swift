import MailJSON
import MailModel
import MailReport
import Testing

/// Single members of the report that a table says best.
struct JSONReportTests {
    @Test(arguments: [
        (143, ConnectionSecurity.starttls, false), (143, .tls, true), (993, .tls, true), (993, .starttls, true),
    ])
    func imapUseSSL(_ port: Int, _ security: ConnectionSecurity, _ flag: Bool) throws {
        var report = Sample.allReady.report
        report.diagnosis.settings?.imap.port = port
        report.diagnosis.settings?.imap.security = security
        let settings = try ParsedJSON(JSONReport.render(report))["settings"]
        #expect(settings?["imap_use_ssl"] == .flag(flag))
        #expect(settings?["smtp_use_tls"] == .flag(true))
    }

    @Test(arguments: [
        (MailHosting.hosted, ParsedJSON.flag(true)), (.notHosted, .flag(false)), (.forwarding, .text("forwarding")),
        (.unknown, .null),
    ])
    func mailHosted(_ hosting: MailHosting, _ written: ParsedJSON) throws {
        var report = Sample.allReady.report
        report.diagnosis.provider.hosting = hosting
        #expect(try ParsedJSON(JSONReport.render(report))["provider"]?["mail_hosted"] == written)
    }

    @Test(arguments: [
        (RetryAdvice.no, "no"), (.once, "once"), (.afterSeconds(60), "after_seconds:60"),
        (.afterSeconds(-1), "after_seconds:0"),
    ])
    func retry(_ advice: RetryAdvice, _ written: String) throws {
        var finding = Sample.badCredentials(.smtp, "535")
        finding.retry = advice
        let json = try ParsedJSON(Finding.json.write(finding).rendered(.compact))
        #expect(json["retry"] == .text(written))
        #expect(json["protocol"] == .text("smtp"))
    }

    @Test(arguments: [(0.92, 0.92), (0.1 + 0.2, 0.3), (-1, 0), (7, 1), (.nan, 0)] as [(Double, Double)])
    func confidence(_ confidence: Double, _ written: Double) throws {
        var finding = Sample.badCredentials(.imap, "NO")
        finding.confidence = confidence
        let json = try ParsedJSON(Finding.json.write(finding).rendered(.compact))
        #expect(json["confidence"] == .number(written))
    }

    @Test func aRequestKeepsItsOrderAndHidesItsSecrets() throws {
        let text = JSONReport.render(Sample.dryRun.report, .compact)
        let request = """
            "request":{"email_address":"jane@acme.example","smtp_port":587,"smtp_password":"[redacted]",\
            "smtp_use_tls":true}
            """
        #expect(text.contains(request))
    }

    @Test func aSummaryIsNeverEmpty() throws {
        var finding = Sample.badCredentials(.smtp, "535")
        finding.summary = ""
        let json = try ParsedJSON(Finding.json.write(finding).rendered())
        #expect(json["summary"] == .text("bad_credentials"))
    }
}
