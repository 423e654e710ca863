import Foundation
import Testing

@Suite("Exit statuses of the command line")
struct ExitStatusTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var arguments: [String]
        var environment: [String: String] = [:]
        var input = ""
        var status: Int32
        var testDescription: String { "\(status): \(arguments.joined(separator: " "))" }
    }

    private static let add = ["add", "jane@gmail.com", "--display-name", "Jane"]
    private static let key = ["COLDSEND_API_KEY": "cs_live_abc"]

    static let rows = [
        Row(arguments: ["--version"], status: 0),
        Row(arguments: ["--help"], status: 0),
        Row(arguments: ["detect", "jane@gmail.com", "--offline"], status: 0),
        Row(arguments: ["detect", "gmail.com", "--offline"], status: 0),
        Row(arguments: ["detect", "jane@unheard-of.test", "--offline"], status: 2),
        Row(arguments: ["detect", "jane@gmail.com", "--resolver", "127.0.0.1:1", "--dns-only"], status: 0),
        Row(arguments: ["doctor", "jane@gmail.com", "--offline"], status: 2),
        Row(arguments: ["doctor", "jane@unheard-of.test", "--resolver", "127.0.0.1:1"], status: 2),
        Row(arguments: ["nonsense"], status: 64),
        Row(arguments: ["doctor"], status: 64),
        Row(arguments: ["doctor", "jane@gmail.com", "--password", "x"], status: 64),
        Row(arguments: ["doctor", "jane@gmail.com", "--timeout", "0"], status: 64),
        Row(arguments: ["doctor", "jane@gmail.com", "--timeout", "soon"], status: 64),
        Row(arguments: ["doctor", "jane@gmail.com", "--offline", "--dns-only"], status: 64),
        Row(arguments: ["doctor", "jane@gmail.com", "--smtp", "host"], status: 64),
        Row(arguments: ["doctor", "jane@gmail.com", "--smtp", "host:587/ssl"], status: 64),
        Row(arguments: ["doctor", "jane@gmail.com", "--imap", "host:99999"], status: 64),
        Row(arguments: ["doctor", "jane@gmail.com", "--resolver", "resolver.test"], status: 64),
        Row(arguments: ["doctor", "jane@gmail.com", "--stage", "unknown"], status: 64),
        Row(arguments: ["doctor", "jane@gmail.com", "--provider", "nobody", "--offline"], status: 64),
        Row(
            arguments: ["doctor", "jane@gmail.com", "--password-file", "a", "--password-command", "b"], status: 64),
        Row(
            arguments: ["doctor", "jane@gmail.com", "--password-file", "-", "--imap-password-file", "-"], status: 64),
        Row(arguments: ["providers", "show", "nobody"], status: 64),
        Row(arguments: add, status: 64),
        Row(arguments: add, environment: key, status: 64),
        Row(arguments: add, environment: ["COLDSEND_API_KEY": "sk_test_abc"], status: 64),
        Row(arguments: add + ["--api-url", "http://127.0.0.1"], environment: key, status: 64),
        Row(arguments: ["add", "jane@gmail.com"], environment: key, status: 64),
        Row(arguments: add + ["--offline"], environment: key, status: 64),
        Row(arguments: ["doctor", "jane.gmail.com", "--offline"], status: 65),
        Row(arguments: ["doctor", "@gmail.com", "--offline"], status: 65),
        Row(arguments: ["detect", "exa mple.com", "--offline"], status: 65),
        Row(arguments: ["doctor", "jane@gmail.com", "--offline", "--password-file", "-"], status: 65),
        Row(arguments: ["doctor", "jane@gmail.com", "--offline", "--password-command", "exit 3"], status: 65),
        Row(arguments: ["doctor", "jane@gmail.com", "--offline", "--password-file", "/nonexistent"], status: 66),
        Row(arguments: ["doctor", "jane@gmail.com", "--offline", "--ca-file", "/nonexistent"], status: 66),
        Row(arguments: ["doctor", "jane@gmail.com", "--offline", "--providers", "/nonexistent"], status: 66),
        Row(arguments: add + ["--api-key-file", "/nonexistent"], status: 66),
    ]

    @Test(arguments: rows) func leavesWith(_ row: Row) async throws {
        let result = try await ToolProcess(row.arguments, environment: row.environment, input: row.input)
        #expect(result.status == row.status, "\(result.output)\(result.error)")
        if row.status >= 64 {
            #expect(result.output.isEmpty)
            #expect(!result.error.isEmpty)
        }
    }
}
