import Foundation
import MailTestSupport
import Testing

@Suite("add against real servers and a stand-in of the API", .serialized)
struct LabAddTests {
    private func add(_ address: String, _ password: String, _ more: [String] = []) async throws -> LabReport {
        let lab = try await Lab.shared()
        let state = Self.state()
        defer { try? FileManager.default.removeItem(atPath: state) }
        return LabReport(
            try await lab.run(
                ["add", address, "--display-name", "Jane \"Doe\"", "--json"] + more,
                environment: [
                    "MAILCONNECT_PASSWORD": password, "COLDSEND_API_KEY": LabAPIKey.accepted.rawValue,
                    "COLDSEND_API_URL": "https://api.coldsend.test", "XDG_STATE_HOME": state,
                ]))
    }

    /// A state directory of its own for each run: what one journal knows must not change another test.
    static func state() -> String {
        FileManager.default.temporaryDirectory.appending(path: "mailconnect-state-\(UUID().uuidString)").path
    }

    private func bodies(of address: String) async throws -> [[String: Any]] {
        try await Lab.shared().registrations()
            .compactMap { (try? JSONSerialization.jsonObject(with: $0)) as? [String: Any] }
            .filter { $0["email_address"] as? String == address }
    }

    /// JSON with its keys in order, so that true is not 1.
    private func canonical(_ object: [String: Any]) throws -> String {
        String(decoding: try JSONSerialization.data(withJSONObject: object, options: .sortedKeys), as: UTF8.self)
    }

    @Test("one POST with the exact values after both logins", .lab) func registers() async throws {
        let report = try await add("ready@customer.test", "blue-Kettle+42")
        #expect(report.status == 0, "\(report.text)")
        #expect(["registered", "already_registered"].contains(report.text("registration", "status") ?? ""))
        let sent = try await bodies(of: "ready@customer.test")
        #expect(sent.count == 1)
        let expected: [String: Any] = [
            "email_address": "ready@customer.test", "display_name": "Jane \"Doe\"", "inbox_type": "GOOGLE_WORKSPACE",
            "smtp_host": "smtp.gmail.com", "smtp_port": 587, "smtp_username": "ready@customer.test",
            "smtp_password": "blue-Kettle+42", "imap_host": "imap.gmail.com", "imap_port": 993,
            "imap_username": "ready@customer.test", "imap_password": "blue-Kettle+42", "daily_limit": 20,
            "smtp_use_tls": true, "imap_use_ssl": true,
        ]
        #expect(try canonical(sent.first ?? [:]) == canonical(expected))
        #expect(!report.text.contains("blue-Kettle+42") && !report.text.contains(LabAPIKey.accepted.rawValue))
    }

    @Test(
        "no POST at all when a login fails", .lab,
        arguments: [
            ("ready@single.test", "wrong"), ("smtponly@customer.test", "green-Lamp+17"),
            ("imaponly@customer.test", "brown-Table+93"), ("ready@expired.test", "blue-Kettle+42"),
        ])
    func registersNothing(_ address: String, _ password: String) async throws {
        let report = try await add(address, password)
        #expect(report.status == 1)
        #expect(report.text("registration", "status") == "not_attempted")
        #expect(try await bodies(of: address).isEmpty)
    }

    @Test("a dry run prints the request and sends nothing", .lab) func dryRun() async throws {
        let report = try await add("ready@gmail.com", "blue-Kettle+42", ["--dry-run"])
        #expect(report.status == 0)
        #expect(report.text("registration", "status") == "not_attempted")
        let request = (report.json["registration"] as? [String: Any])?["request"] as? [String: Any]
        #expect(request?["smtp_password"] as? String == "[redacted]")
        // A mailbox of a consumer stays below the band.
        #expect(request?["daily_limit"] as? Int == 10)
        #expect(request?.count == 14)
        #expect(try await bodies(of: "ready@gmail.com").isEmpty)
    }

    @Test("an API that cannot be reached is not taken for a refusal", .lab) func unreachable() async throws {
        let report = try await add(
            "ready@hoster.test", "blue-Kettle+42", ["--api-url", "https://mail.shut.test"])
        #expect(report.status == 2)
        #expect(report.text("registration", "status") == "not_attempted")
    }

    @Test("established mailboxes are sent with their own limit", .lab) func established() async throws {
        let report = try await add("ready@hoster.test", "blue-Kettle+42", ["--stage", "established", "--dry-run"])
        let request = (report.json["registration"] as? [String: Any])?["request"] as? [String: Any]
        #expect(request?["daily_limit"] as? Int == 80)
        #expect(request?["inbox_type"] as? String == "CUSTOM_SMTP")
    }
}

@Suite("what the API answers, and the status to leave with")
struct LabAnswerTests {
    @Test(
        "each answer has its own status", .lab,
        arguments: [
            (LabAPIKey.taken, Int32(0), "already_registered"), (.invalid, 3, "refused"), (.busy, 3, "refused"),
            (.broken, 4, "unknown"), (.away, 3, "refused"), (.unknown, 3, "refused"),
        ])
    func leavesWith(_ key: LabAPIKey, _ status: Int32, _ registration: String) async throws {
        let state = LabAddTests.state()
        defer { try? FileManager.default.removeItem(atPath: state) }
        let result = try await Lab.shared().run(
            ["add", "ready@plain.test", "--display-name", "Jane", "--json"],
            environment: [
                "MAILCONNECT_PASSWORD": "blue-Kettle+42", "COLDSEND_API_KEY": key.rawValue,
                "COLDSEND_API_URL": "https://api.coldsend.test", "XDG_STATE_HOME": state,
            ])
        let report = LabReport(result)
        #expect(report.status == status, "\(report.text)")
        #expect(report.text("registration", "status") == registration)
        #expect(!report.text.contains(key.rawValue))
    }
}
