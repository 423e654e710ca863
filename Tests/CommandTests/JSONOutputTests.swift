import Foundation
import MailJSON
import MailTestSupport
import Testing

/// Whatever happens, a program that asked for JSON gets one object on standard output and nothing else.
@Suite("JSON on standard output")
struct JSONOutputTests {
    struct Failure: Sendable, CustomTestStringConvertible {
        var arguments: [String]
        var input = ""
        var status: Int
        var id: String
        var field: String?
        var line: Int?
        var testDescription: String { arguments.joined(separator: " ") }
    }

    static let report = Repository.path("fixtures/golden/report/wrong_password.json")

    static let failures = [
        Failure(arguments: ["detect", "--json"], status: 64, id: "wrong_usage"),
        Failure(arguments: ["detect", "--json", "a.example", "--no-such-option"], status: 64, id: "wrong_usage"),
        Failure(arguments: ["--json"], status: 64, id: "wrong_usage"),
        Failure(arguments: ["doctor", "a@b.example", "--json", "--timeout", "-1"], status: 64, id: "wrong_usage"),
        Failure(arguments: ["doctor", "--json", "nobody"], status: 65, id: "bad_address", field: "address"),
        Failure(arguments: ["detect", "--json", "-.example", "--offline"], status: 64, id: "wrong_usage"),
        Failure(
            arguments: ["detect", "--json", "a..example", "--offline"], status: 65, id: "bad_domain", field: "domain"),
        Failure(arguments: ["diagnose", "--json", "/nowhere.json"], status: 66, id: "no_such_file", field: "report"),
        Failure(arguments: ["diagnose", "--json", "-"], input: "{\n]", status: 65, id: "bad_report", line: 2),
        Failure(
            arguments: ["diagnose", "--json", "-"], input: "{\"schema\": 1,\n\"tool\": 3}", status: 65,
            id: "bad_report", field: "tool", line: 2),
        Failure(arguments: ["explain", "--json", " "], status: 65, id: "bad_text", field: "text"),
        Failure(
            arguments: ["providers", "show", "no_such_one", "--json"], status: 64, id: "unknown_provider", field: "id"),
        Failure(
            arguments: ["detect", "a.example", "--json", "--offline", "--provider", "no_such_one"], status: 64,
            id: "unknown_provider", field: "provider"),
        Failure(
            arguments: ["providers", "list", "--json", "--providers", "/nowhere"], status: 66, id: "no_catalogue",
            field: "providers"),
        Failure(
            arguments: ["detect", "a.example", "--json", "--resolver", "nonsense"], status: 64, id: "bad_resolver",
            field: "resolver"),
        Failure(
            arguments: ["detect", "a.example", "--json", "--html", "/nowhere/a.html"], status: 64,
            id: "output_not_writable", field: "html"),
        Failure(
            arguments: ["journal", "list", "--json", "--journal", "/nowhere.sqlite"], status: 66, id: "no_such_file",
            field: "journal"),
    ]

    @Test(arguments: failures) func aFailureIsOneObject(_ failure: Failure) async throws {
        let result = try await ToolProcess(failure.arguments, input: failure.input)
        #expect(result.status == Int32(failure.status), "\(result.error)")
        let value = try JSONParser.parse(Array(result.output.utf8))
        guard case .object(let members) = value, case .object(let error)? = members["error"] else {
            Issue.record("no error: \(result.output)")
            return
        }
        #expect(members.keys == ["schema", "error"] && members["schema"] == 1)
        #expect(error.keys == ["status", "id", "message", "field", "line"])
        #expect(error["status"]?.integer == failure.status && error["id"]?.text == failure.id, "\(result.output)")
        #expect(error["message"]?.text?.isEmpty == false)
        #expect(error["field"]?.text == failure.field && error["line"]?.integer == failure.line, "\(result.output)")
        #expect(!result.error.isEmpty)
    }

    @Test(arguments: [["detect"], ["doctor", "nobody"], ["detect", "a.example", "--", "--json"]])
    func withoutTheOptionNothingStandsThere(_ arguments: [String]) async throws {
        let result = try await ToolProcess(arguments)
        #expect(result.output.isEmpty && result.status >= 64)
    }

    @Test(arguments: [
        ["detect", "jane@gmail.com", "--offline", "--json"], ["explain", "535 5.7.8 no", "--json"],
        ["diagnose", report, "--json"], ["providers", "list", "--json"], ["providers", "show", "gmail", "--json"],
        ["detect", "--json"],
    ])
    func compactIsTheSameOnOneLine(_ arguments: [String]) async throws {
        let wide = try await ToolProcess(arguments)
        let compact = try await ToolProcess(arguments + ["--compact"])
        #expect(wide.status == compact.status)
        #expect(compact.output.filter { $0 == "\n" }.count == 1 && wide.output.filter { $0 == "\n" }.count > 3)
        let keys = { (text: String) throws -> [String] in
            guard case .object(let members) = try JSONParser.parse(Array(text.utf8)) else { return [] }
            return members.keys
        }
        #expect(try keys(wide.output) == keys(compact.output))
    }

    @Test func compactWithoutJSONIsWrongUsage() async throws {
        #expect(try await ToolProcess(["detect", "a.example", "--compact"]).status == 64)
    }
}
