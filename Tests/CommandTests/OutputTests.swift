import Foundation
import MailTestSupport
import Testing

@Suite("What the commands print")
struct OutputTests {
    @Test func jsonIsOneObjectAndNothingElse() async throws {
        let result = try await ToolProcess(["detect", "jane@gmail.com", "--offline", "--json"])
        let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
        #expect(object?["schema"] as? Int == 1)
        #expect(object?["inbox_type"] as? String == "GOOGLE_WORKSPACE")
        #expect(object?["verdict"] as? String == "cannot_tell")
        #expect(result.error.isEmpty)
    }

    @Test func aPipeGetsPlainTextOfEightyColumns() async throws {
        let result = try await ToolProcess(["detect", "jane@gmail.com", "--offline"])
        let lines = result.output.split(separator: "\n")
        #expect(lines.allSatisfy { $0.count <= 80 || $0.contains("https://") })
        #expect(!result.output.contains("\u{1B}"))
    }

    @Test func terminalEscapesInAnArgumentAreShownEscaped() async throws {
        let result = try await ToolProcess(["doctor", "jane\u{1B}[2J", "--offline"])
        #expect(result.status == 65)
        #expect(!result.error.contains("\u{1B}"))
    }

    @Test(arguments: [
        ["detect", "a", "\u{1B}[2J\nError: no"], ["doctor", "a@b.c", "--timeout=\u{1B}[2J\nx"], ["\u{1B}[31m"],
    ])
    func wrongUsageIsToldEscaped(_ arguments: [String]) async throws {
        let result = try await ToolProcess(arguments)
        #expect(result.status == 64)
        #expect(result.error.contains("\\x1B[") && !result.error.contains("\u{1B}"))
        #expect(!result.error.contains("\nError: no") && !result.error.contains("\nx"))
    }

    @Test func theHTMLPageIsWrittenAndEscaped() async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "report-\(UUID().uuidString).html")
        defer { try? FileManager.default.removeItem(at: file) }
        let result = try await ToolProcess(["detect", "o'hara&co@gmail.com", "--offline", "--html", file.path])
        #expect(result.status == 0)
        let page = try String(contentsOf: file, encoding: .utf8)
        #expect(page.contains("o&#39;hara&amp;co@gmail.com") && !page.contains("o'hara&co"))
    }

    @Test func quietPrintsNothing() async throws {
        let result = try await ToolProcess(["detect", "jane@gmail.com", "--offline", "--quiet"])
        #expect(result.status == 0 && result.output.isEmpty && result.error.isEmpty)
    }

    @Test func theDemonstrationEndsWithItsThreeVerdicts() async throws {
        let result = try await ToolProcess(["demo"])
        #expect(result.status == 0, "\(result.error)")
        let end = result.output.split(separator: "\n").suffix(3).joined(separator: "\n")
        let words = [
            "ready, registered", "bad_credentials (SMTP), bad_credentials (IMAP)", "smtp_auth_disabled_tenant (SMTP)",
        ]
        for word in words { #expect(end.contains(word), "\(end)") }
        #expect(result.output.unicodeScalars.allSatisfy { $0.value >= 0x20 || $0 == "\n" })
    }

    @Test func providersAreListedShownAndLinted() async throws {
        let list = try await ToolProcess(["providers", "list"])
        #expect(list.output.contains("google_workspace") && list.output.contains("microsoft365"))
        let page = try await ToolProcess(["providers", "show", "fastmail"])
        #expect(page.output.contains("IMAP") && page.output.contains("Sources"))
        #expect(page.output.contains("smtp.fastmail.com port 465, TLS; user name: the whole address"))
        let gateway = try await ToolProcess(["providers", "show", "mimecast"])
        #expect(!gateway.output.contains("SMTP") && gateway.output.contains("nobody logs in here"))
        let object = try await ToolProcess(["providers", "show", "fastmail", "--json"])
        let keys = try JSONSerialization.jsonObject(with: Data(object.output.utf8)) as? [String: Any]
        #expect((keys?["mx"] as? [[String: String]])?.first == ["suffix": "messagingengine.com"])
        #expect((keys?["password"] as? [String: Any])?["kind"] as? String == "app_password")
        let lint = try await ToolProcess(["providers", "lint", Repository.path("providers")])
        #expect(lint.status == 0, "\(lint.output)")
    }
}
