import Foundation
import MailTestSupport
import Testing

/// The same report in four forms, and what is typed wrong.
@Suite("Forms of a report, and arguments that make no sense")
struct ReportFormTests {
    private static let saved = Repository.path("fixtures/golden/report/wrong_password.json")

    @Test func aSavedReportInEveryForm() async throws {
        let page = FileManager.default.temporaryDirectory.appending(path: "page-\(UUID().uuidString).html")
        defer { try? FileManager.default.removeItem(at: page) }
        let text = try await ToolProcess(["report", Self.saved, "--html", page.path])
        let markdown = try await ToolProcess(["report", Self.saved, "--markdown"])
        let json = try await ToolProcess(["report", Self.saved, "--json"])
        #expect([text, markdown, json].allSatisfy { $0.status == 0 && $0.error.isEmpty })
        #expect(json.output == (try String(contentsOfFile: Self.saved, encoding: .utf8)))
        let html = try String(contentsOf: page, encoding: .utf8)
        for form in [text.output, markdown.output, json.output, html] {
            #expect(form.contains("bad_credentials"))
            #expect(form.contains("Check the password by signing in to the web mail."))
            #expect(form.contains("jane@acme.example"))
        }
        #expect(text.output.hasPrefix("FAIL  ") && markdown.output.hasPrefix("**FAIL** "))
        #expect(!html.contains("<script") && !html.contains("http-equiv=\"refresh\""))
    }

    /// Nothing of whose mailbox it is, in any form.
    @Test(arguments: [["--text"], ["--markdown"], ["--json"], ["--all", "--verbose"]])
    func aSharedReportTellsNotWhose(_ form: [String]) async throws {
        let page = FileManager.default.temporaryDirectory.appending(path: "page-\(UUID().uuidString).html")
        defer { try? FileManager.default.removeItem(at: page) }
        for name in ["wrong_password", "smtp_auth_off_tenant", "add_registered", "detect_known", "sending_domain"] {
            let file = Repository.path("fixtures/golden/report/\(name).json")
            let result = try await ToolProcess(["report", file, "--share", "--html", page.path] + form)
            #expect(result.status == 0, "\(result.error)")
            let html = try String(contentsOf: page, encoding: .utf8)
            for shown in [result.output, html] {
                #expect(!shown.contains("jane") && !shown.lowercased().contains("acme"), "\(name)")
                #expect(!shown.contains("0b6f3c1e-0000"))
                #expect(shown.contains("customer.example"))
            }
        }
    }

    @Test(arguments: [
        (["doctr", "a@b.test"], "Did you mean: mailconnect doctor"),
        (["explian", "x"], "Did you mean: mailconnect explain"),
        (["doctor", "a@b.test", "--timout", "3"], "--timeout"), (["detect", "b.test", "--ofline"], "--offline"),
        (["doctor", "a@b.test", "--password", "hunter2-4711"], "--password-file"),
        (["add", "a@b.test", "--display-name", "A", "--api-key", "cs_live_4711"], "--api-key-file"),
    ]) func whatWasMeant(_ arguments: [String], _ hint: String) async throws {
        let result = try await ToolProcess(arguments)
        #expect(result.status == 64)
        #expect(result.error.contains(hint))
        #expect(!result.error.contains("4711"))
    }

    @Test func anAddressAloneIsChecked() async throws {
        let result = try await ToolProcess(["jane@gmail.com", "--offline", "--json"])
        #expect(result.status == 2 && result.output.contains("\"command\": \"doctor\""))
    }

    @Test(arguments: [("jane@gmial.com", "jane@gmail.com"), ("jane@hotmal.com", "jane@hotmail.com")])
    func aSlipOfTheFingerIsTold(_ address: String, _ meant: String) async throws {
        let result = try await ToolProcess(["doctor", address, "--offline", "--quiet"])
        #expect(result.error.contains("did you mean \(meant)?"))
    }

    @Test(arguments: ["jane@gmail.com", "jane@acme.test", "jane@mail.test", "jane@harbour-books.test"])
    func otherDomainsAreNot(_ address: String) async throws {
        let result = try await ToolProcess(["doctor", address, "--offline", "--quiet"])
        #expect(result.error.isEmpty)
    }
}
