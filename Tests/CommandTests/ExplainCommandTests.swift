import Foundation
import MailTestSupport
import Testing

@Suite("explain and diagnose as commands")
struct ExplainCommandTests {
    @Test func theAnswerComesFirstAndPlain() async throws {
        let result = try await ToolProcess(["explain", "535 5.7.8 Error: authentication failed: x"])
        #expect(result.status == 0 && result.error.isEmpty)
        let lines = result.output.split(separator: "\n")
        #expect(lines.first?.contains("password") == true)
        #expect(lines.prefix(8).contains { $0.contains("bad_credentials") })
        #expect(lines.allSatisfy { $0.count <= 80 || $0.contains("://") } && !result.output.contains("\u{1B}"))
    }

    @Test(arguments: [["explain", "--json", "-"], ["explain", "--json"]])
    func standardInputIsReadAndJSONIsAlone(arguments: [String]) async throws {
        let result = try await ToolProcess(
            arguments,
            input: "smtplib.SMTPAuthenticationError: (535, b'5.7.139 Authentication unsuccessful, "
                + "SmtpClientAuthentication is disabled for the Tenant.')\npassword=hunter2hunter2\u{1B}[2J")
        let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
        #expect(Set(object?.keys ?? [:].keys) == ["schema", "text", "provider", "protocol", "stage", "findings"])
        #expect(object?["schema"] as? Int == 1 && object?["protocol"] as? String == "smtp")
        #expect(object?["provider"] as? String == "microsoft365" && object?["stage"] as? String == "auth")
        let findings = object?["findings"] as? [[String: Any]]
        #expect(findings?.first?["id"] as? String == "smtp_auth_disabled_tenant")
        #expect(!result.output.contains("hunter2") && !result.output.contains("\u{1B}"))
        #expect(result.status == 0)
    }

    @Test func nothingToExplainHasItsStatus() async throws {
        #expect(try await ToolProcess(["explain"], input: " \n").status == 65)
        #expect(try await ToolProcess(["explain", " "]).status == 65)
        let large = String(repeating: "x", count: 1_048_577)
        let result = try await ToolProcess(["explain", "-"], input: large)
        #expect(result.status == 65 && result.error.contains("1048576"))
    }

    /// UTF-16 is what PowerShell's redirection writes.
    @Test(arguments: [String.Encoding.utf8, .utf16, .utf16LittleEndian, .utf16BigEndian])
    func aFileIsRead(in encoding: String.Encoding) async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "pasted-\(UUID().uuidString).txt")
        defer { try? FileManager.default.removeItem(at: file) }
        try "smtp: 535 5.7.8 Error: authentication failed: x\r\n".write(to: file, atomically: true, encoding: encoding)
        let result = try await ToolProcess(["explain", "--file", file.path, "--json"])
        let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
        let findings = object?["findings"] as? [[String: Any]]
        #expect(findings?.first?["id"] as? String == "bad_credentials" && result.status == 0)
    }

    @Test func severalTextsAreObjectsOnLines() async throws {
        let input = "535 5.7.8 Error: authentication failed: x\n=====\n\n=====  \nsmtp: Connection refused\n"
        let json = try await ToolProcess(["explain", "--separator", "=====", "--json"], input: input)
        let ids = try json.output.split(separator: "\n").map { line in
            let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            return (object?["findings"] as? [[String: Any]])?.first?["id"] as? String
        }
        #expect(ids == ["bad_credentials", "connect_refused"] && json.status == 0)
        let text = try await ToolProcess(["explain", "--separator", "====="], input: input)
        #expect(text.output.contains("Text 1 of 2") && text.output.contains("Text 2 of 2"))
    }

    @Test(
        arguments: [
            (["--file", "/nowhere/text"], 66), (["--file", "/nowhere/text", "535 no"], 64),
            (["--separator", " ", "535"], 64),
        ] as [([String], Int32)])
    func aMistakeHasItsStatus(arguments: [String], status: Int32) async throws {
        #expect(try await ToolProcess(["explain"] + arguments).status == status)
    }

    @Test func aSavedReportIsJudgedAgain() async throws {
        let report = Repository.path("fixtures/golden/report/wrong_password.json")
        let text = try await ToolProcess(["diagnose", report])
        #expect(text.status == 1 && text.output.contains("bad_credentials"), "\(text.error)")
        let json = try await ToolProcess(["diagnose", report, "--json"])
        let object = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
        #expect(object?["command"] as? String == "diagnose" && object?["verdict"] as? String == "action_needed")
        let again = try await ToolProcess(["diagnose", "-", "--json"], input: json.output)
        #expect(again.output == json.output)
    }

    @Test func aReportThatCannotBeReadHasItsStatus() async throws {
        #expect(try await ToolProcess(["diagnose", "/nowhere/report.json"]).status == 66)
        let bad = try await ToolProcess(["diagnose", "-"], input: #"{"schema": 7}"#)
        #expect(bad.status == 65 && bad.error.contains("schema"))
    }
}
