import Foundation
import MailTestSupport
import Testing

/// A batch over real servers: a thousand accounts, fifty with a wrong password, and one server that takes one login an hour.
struct LabBatchTests {
    /// A file of accounts in a folder that is gone behind the body.
    private static func with<Result>(_ rows: String, _ body: (String) async throws -> Result) async throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appending(path: "lab-batch-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "accounts.csv")
        try Data(rows.utf8).write(to: file)
        return try await body(file.path)
    }

    /// The verdict of each row by its number.
    private static func verdicts(_ lines: String) -> [Int: String] {
        var result: [Int: String] = [:]
        for line in lines.split(separator: "\n") {
            guard let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any],
                let row = object["row"] as? Int
            else { continue }
            result[row] = object["verdict"] as? String
        }
        return result
    }

    @Test(.lab, arguments: ["150", "1000"]) func aThousandAccountsAreAllRight(atOnce: String) async throws {
        let users = LabUsers()
        let rows = (1...1_000).map { number -> String in
            let user = users.numbered(number)
            return "\(user.address),\(number % 20 == 0 ? "wrong-\(number)" : user.password)\n"
        }
        try await Self.with("email,smtp_password\n" + rows.joined()) { file in
            let lab = try await Lab.shared()
            let result = try await lab.client().run(
                lab.tool,
                ["batch", file, "--quiet", "--output", file + ".lines", "--concurrency", atOnce, "--pace", "none"],
                seconds: 600)
            let verdicts = Self.verdicts(try String(contentsOfFile: file + ".lines", encoding: .utf8))
            #expect(verdicts.count == 1_000, "\(result.standardError.suffix(500))")
            let wrong = verdicts.filter { $0.value != ($0.key % 20 == 0 ? "action_needed" : "ready") }
            #expect(wrong.isEmpty, "\(wrong)")
            #expect(result.status == 1)
        }
    }

    /// Few descriptors mean fewer at once, and no other verdict.
    @Test(.lab, arguments: [256, 1_024]) func fewDescriptorsAreNoVerdict(descriptors: Int) async throws {
        let users = LabUsers()
        let rows = (1...200).map { "\(users.numbered($0).address),\(users.numbered($0).password)\n" }
        try await Self.with("email,smtp_password\n" + rows.joined()) { file in
            let lab = try await Lab.shared()
            let command =
                "ulimit -n \(descriptors); exec \(lab.tool) batch \(file) --quiet --output \(file).lines --concurrency 1000 --pace none"
            let result = try await lab.client().run("/bin/sh", ["-c", command], seconds: 300)
            let verdicts = Self.verdicts(try String(contentsOfFile: file + ".lines", encoding: .utf8))
            #expect(verdicts.count == 200, "\(result.standardError.suffix(500))")
            #expect(verdicts.values.allSatisfy { $0 == "ready" }, "\(verdicts.filter { $0.value != "ready" })")
            #expect(result.status == 0)
        }
    }
}
