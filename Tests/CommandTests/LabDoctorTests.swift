import Foundation
import MailTestSupport
import Testing

@Suite("doctor against real servers")
struct LabDoctorTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var address: String
        var password: String
        var status: Int32
        var verdict: String
        var told: Set<String> = []

        init(
            _ name: String, _ address: String, _ password: String, _ status: Int32, _ verdict: String,
            _ told: Set<String> = []
        ) {
            testDescription = name
            self.address = address
            self.password = password
            self.status = status
            self.verdict = verdict
            self.told = told
        }
    }

    private static let right = "blue-Kettle+42"

    static let rows = [
        Row("Google, right password", "ready@customer.test", right, 0, "ready"),
        Row("Google, one exchanger", "ready@single.test", right, 0, "ready"),
        Row("gmail.com itself", "ready@gmail.com", right, 0, "ready"),
        Row("a hoster by SRV records", "ready@hoster.test", right, 0, "ready"),
        Row("settings that the domain publishes in a file", "ready@autoconf.test", right, 0, "ready"),
        Row("servers that had to be guessed", "ready@plain.test", right, 0, "ready"),
        Row("the zone over TCP only", "ready@tcponly.test", right, 0, "ready"),
        Row("an IPv6 address that never answers", "ready@sixfirst.test", right, 0, "ready"),
        Row(
            "wrong password", "ready@customer.test", "wrong-password", 1, "action_needed",
            ["smtp auth bad_credentials", "imap auth bad_credentials"]),
        Row(
            "right for SMTP only", "smtponly@customer.test", "green-Lamp+17", 1, "action_needed",
            ["imap auth bad_credentials"]),
        Row(
            "right for IMAP only", "imaponly@customer.test", "brown-Table+93", 1, "action_needed",
            ["smtp auth bad_credentials"]),
        Row(
            "expired certificate", "ready@expired.test", right, 1, "action_needed",
            ["smtp tls cert_expired", "imap tls cert_expired"]),
        Row(
            "another's certificate", "ready@wrongname.test", right, 1, "action_needed",
            ["smtp tls cert_name_mismatch", "imap tls cert_name_mismatch"]),
        Row(
            "self-signed certificate", "ready@selfsigned.test", right, 1, "action_needed",
            ["smtp tls cert_invalid", "imap tls cert_invalid"]),
        Row(
            "no STARTTLS", "ready@nostarttls.test", right, 1, "action_needed",
            ["smtp tls starttls_stripped", "imap tls starttls_stripped"]),
        Row("no login offered for SMTP", "ready@noauth.test", right, 1, "action_needed", ["smtp auth wrong_port"]),
        Row("a login in clear is not taken", "ready@cleartext.test", right, 0, "ready"),
        Row("null MX", "ready@nullmx.test", right, 1, "action_needed", ["- dns no_mail_for_domain"]),
        Row("no such domain", "ready@absent.test", right, 1, "action_needed", ["- dns no_mail_for_domain"]),
        Row(
            "nobody listens", "ready@shut.test", right, 2, "cannot_tell",
            ["smtp connect connect_refused", "imap connect connect_refused"]),
    ]

    @Test("the verdict, the causes and their sides", .lab, arguments: rows)
    func tells(_ row: Row) async throws {
        let report = try await doctor(row.address, row.password)
        #expect(report.status == row.status, "\(report.text)")
        #expect(report.verdict == row.verdict)
        #expect(report.told == row.told)
        #expect(!(report.text + report.standardError).contains(row.password))
    }

    @Test("Google's documented settings for a customer of Google", .lab) func google() async throws {
        let report = try await doctor("ready@customer.test", Self.right)
        #expect(report.json["inbox_type"] as? String == "GOOGLE_WORKSPACE")
        #expect(report.text("provider", "id") == "google_workspace")
        #expect(report.settings == "smtp.gmail.com 587 starttls imap.gmail.com 993 tls")
    }

    @Test(
        "Microsoft's documented settings under both kinds of names", .lab, arguments: ["tenant.test", "classic.test"])
    func microsoft(_ domain: String) async throws {
        let report = LabReport(try await Lab.shared().run(["detect", "someone@\(domain)", "--json"]))
        #expect(report.status == 0)
        #expect(report.json["inbox_type"] as? String == "OUTLOOK_365")
        #expect(report.settings == "smtp.office365.com 587 starttls outlook.office365.com 993 tls")
    }

    @Test("a valid and an expired access token", .lab) func tokens() async throws {
        let lab = try await Lab.shared()
        let user = lab.users.ready(at: "customer.test")
        for (isExpired, status, verdict) in [(false, Int32(0), "ready"), (true, 1, "action_needed")] {
            let token = try await lab.token(for: user, isExpired: isExpired)
            let report = LabReport(
                try await lab.run(
                    ["doctor", user.address, "--json", "--oauth-token-file", "-"], standardInput: token + "\n"))
            #expect(report.status == status, "\(report.text)")
            #expect(report.verdict == verdict)
            #expect(!report.text.contains(token))
        }
    }

    @Test("a disabled user is told apart from a wrong password", .lab) func disabled() async throws {
        let report = try await doctor("disabled@customer.test", "grey-Curtain+8")
        #expect(report.status == 1)
        #expect(report.told.contains("imap auth account_locked"), "\(report.told)")
    }

    /// At a known provider the password itself is what is known to work.
    @Test(
        "the strongest mechanism that both sides know", .lab,
        arguments: [("plain.test", ["SCRAM-SHA-256", "SCRAM-SHA-256"]), ("customer.test", ["PLAIN", "LOGIN"])])
    func mechanism(domain: String, expected: [String]) async throws {
        let report = try await doctor("ready@\(domain)", Self.right)
        let checks = report.json["checks"] as? [[String: Any]] ?? []
        let used = checks.compactMap { check -> String? in
            guard (check["id"] as? String)?.hasSuffix(".auth") == true else { return nil }
            let seen = check["observations"] as? [String: Any]
            return (seen?["facts"] as? [String: Any])?["mechanism"] as? String
        }
        #expect(used == expected)
    }

    @Test("without a password nothing is proved", .lab) func withoutPassword() async throws {
        let report = LabReport(try await Lab.shared().run(["doctor", "ready@customer.test", "--json"]))
        #expect(report.status == 2)
        #expect(report.verdict == "cannot_tell")
        #expect(report.told == ["- auth password_not_given"])
    }

    @Test("a resolver that is silent ends within the time", .lab) func silentResolver() async throws {
        let report = LabReport(
            try await Lab.shared().run(
                ["doctor", "ready@customer.test", "--json", "--resolver", "198.18.9.1", "--timeout", "3"],
                environment: ["MAILCONNECT_PASSWORD": Self.right]))
        #expect(report.status == 2)
        #expect(report.told == ["- dns dns_failure"])
    }

    @Test("a server that is silent ends within the time", .lab) func silentServer() async throws {
        let report = LabReport(
            try await Lab.shared().run(
                ["doctor", "ready@silent.test", "--json", "--timeout", "3"],
                environment: ["MAILCONNECT_PASSWORD": Self.right]))
        #expect(report.status == 2)
        #expect(report.told == ["smtp connect connect_timeout", "imap connect connect_timeout"])
        let duration = try #require(report.json["duration_ms"] as? Double)
        #expect(duration < 3_500)
    }

    private func doctor(_ address: String, _ password: String) async throws -> LabReport {
        LabReport(
            try await Lab.shared().run(
                ["doctor", address, "--json"], environment: ["MAILCONNECT_PASSWORD": password]))
    }
}
