import Foundation
import MailLoopback
import Testing

/// `batch` as its user runs it: files in, answers out.
@Suite("batch")
struct BatchCommandTests {
    @Test func everyRowIsAnsweredOnce() async throws {
        try await BatchScene.with(40) { scene in
            let output = try await scene.batch([
                "--results", scene.path("results.csv"), "--html", scene.path("page.html"),
            ])
            #expect(output.status == 1, "\(output.error)")
            #expect(output.numbers.sorted() == Array(1...40))
            for user in scene.users {
                #expect(output.verdicts[user.number] == (user.isWrong ? "action_needed" : "ready"))
            }
            #expect(output.summary("rows") == 40)
            #expect(output.summary("ready") == 36)
            #expect(output.summary("action_needed") == 4)
            let page = try scene.text("page.html")
            #expect(page.contains("36 of 40 rows"))
            try Self.expectResults(scene)
        }
    }

    /// The input's columns without secrets, what became of each row, and no formula.
    private static func expectResults(_ scene: BatchScene) throws {
        let lines = try scene.text("results.csv").split(separator: "\r\n").map(String.init)
        #expect(lines.count == 41)
        #expect(lines[0].hasPrefix("Email,First Name,Last Name,SMTP Username,SMTP Host,"))
        #expect(
            lines[0].hasSuffix(",row,verdict,cause,reason,fix,who,provider,registration,inbox_id,advised_daily_limit"))
        for (user, line) in zip(scene.users, lines.dropFirst()) {
            #expect(line.hasPrefix("\(user.address),'=User,\(user.number),"))
            #expect(line.contains(user.isWrong ? ",action_needed,bad_credentials," : ",ready,,"))
        }
    }

    @Test func noSecretIsAnywhere() async throws {
        try await BatchScene.with(12) { scene in
            let output = try await scene.batch([
                "--results", scene.path("results.csv"), "--html", scene.path("page.html"), "--output",
                scene.path("out.ndjson"),
                "--verbose",
            ])
            var texts = [
                ("stdout", Data(output.lines.joined(separator: "\n").utf8)), ("stderr", Data(output.error.utf8)),
            ]
            for name in try FileManager.default.contentsOfDirectory(atPath: scene.folder.path)
            where name != "accounts.csv" && name != "ca.pem" && name != "state" {
                texts.append((name, try Data(contentsOf: scene.folder.appending(path: name))))
            }
            #expect(texts.count >= 6)
            for user in scene.users {
                let plain = Data("\0\(user.address)\0\(user.written)".utf8).base64EncodedString()
                for form in [user.written, Data(user.written.utf8).base64EncodedString(), plain] {
                    for (name, text) in texts {
                        #expect(text.range(of: Data(form.utf8)) == nil, "\(name) holds the password of \(user.address)")
                    }
                }
            }
        }
    }

    @Test func theSecondRunSendsNothing() async throws {
        try await BatchScene.with(20) { scene in
            let first = try await scene.batch()
            let connections = scene.smtp.connections + scene.imap.connections
            let second = try await scene.batch()
            #expect(scene.smtp.connections + scene.imap.connections == connections)
            #expect(second.status == first.status)
            #expect(second.verdicts == first.verdicts)
            #expect(second.numbers.sorted() == Array(1...20))
            // Only those that failed.
            let third = try await scene.batch(["--retry-failed"])
            #expect(third.verdicts == first.verdicts)
            #expect(scene.smtp.connections + scene.imap.connections == connections + 4)
        }
    }

    @Test func badRowsStopNoOther() async throws {
        try await BatchScene.with(10) { scene in
            let good = scene.rows(scene.users)
            let bad = "nobody,x,1,u,p,h.test,587,starttls,h.test,993,ssl\r\n\"\r\n"
            let doubled = scene.rows([scene.users[0]]).split(separator: "\r\n")[1] + "\r\n"
            try scene.write(good + doubled + bad, to: "mixed.csv")
            let output = try await scene.batch(file: "mixed.csv")
            #expect(output.status == 65)
            #expect(output.numbers.sorted() == Array(1...13))
            #expect((11...13).map { output.verdicts[$0] } == ["bad", "bad", "bad"])
            let ids = (11...13).map { (output.row($0)?["error"] as? [String: Any])?["id"] as? String }
            #expect(ids == ["duplicate_address", "bad_address", "broken_quotes"])
            #expect((1...9).allSatisfy { output.verdicts[$0] == "ready" })
            #expect(output.summary("bad_rows") == 3)
        }
    }

    /// Rows are noticed that changed since the last time; the others are answered from the file.
    @Test func changedRowsAreCheckedAnew() async throws {
        try await BatchScene.with(10) { scene in
            _ = try await scene.batch()
            var users = scene.users
            users.remove(at: 2)
            let text = scene.rows(users).replacing("wrong-10-pw", with: scene.users[9].password)
            try scene.write(text, to: "accounts.csv")
            let connections = scene.smtp.connections
            let output = try await scene.batch()
            #expect(output.status == 0, "\(output.error)")
            #expect(scene.smtp.connections == connections + 1)
            #expect(output.numbers.sorted() == Array(1...9))
        }
    }

    @Test(arguments: [
        (["nothing.csv"], 66), (["accounts.csv", "--register", "--offline"], 64),
        (["accounts.csv", "--concurrency", "0"], 64),
        (["accounts.csv", "--columns", "x"], 64), (["-"], 64), (["accounts.csv", "--state", "accounts.csv"], 65),
    ])
    func wrongUsageIsTold(arguments: [String], status: Int) async throws {
        try await BatchScene.with(1) { scene in
            let given = arguments.map { $0.hasSuffix(".csv") ? scene.path($0) : $0 }
            let result = try await ToolProcess(["batch"] + given + ["--json"], environment: scene.environment)
            #expect(result.status == Int32(status), "\(result.error)")
            #expect(!result.error.isEmpty)
        }
    }

    @Test func aCheckOnlyReads() async throws {
        try await BatchScene.with(3) { scene in
            let result = try await ToolProcess(scene.arguments(["--check"]), environment: scene.environment)
            #expect(result.status == 0)
            #expect(result.output.hasPrefix("OK    3 accounts of 1 domains would be checked."))
            #expect(scene.smtp.connections == 0)
            #expect(!FileManager.default.fileExists(atPath: scene.path("accounts.csv.state")))
        }
    }

    /// Files with `-`, and the lines that a file gets.
    @Test func standardInputIsRead() async throws {
        try await BatchScene.with(5) { scene in
            var arguments = scene.arguments([
                "--json", "--state", scene.path("in.state"), "--output", scene.path("out"),
            ])
            arguments[1] = "-"
            let result = try await ToolProcess(
                arguments, environment: scene.environment, input: scene.rows(scene.users))
            #expect(result.status == 0, "\(result.error)")
            #expect(try scene.text("out") == result.output)
        }
    }

    @Test func passwordsComeByCommandToo() async throws {
        try await BatchScene.with(3) { scene in
            let lines = scene.rows(scene.users).split(separator: "\r\n").map(String.init)
            let header = lines[0].replacing("SMTP Password", with: "password_command")
            let rows = zip(scene.users, lines.dropFirst()).map { user, line in
                line.replacing(",\(user.written),", with: ",printf '%s' '\(user.written)',")
            }
            try scene.write(([header] + rows).joined(separator: "\r\n"), to: "commands.csv")
            let output = try await scene.batch(file: "commands.csv")
            #expect(output.status == 0, "\(output.error)")
            #expect(output.summary("ready") == 3)
        }
    }
}
