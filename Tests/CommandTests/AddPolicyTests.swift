import Foundation
import MailLoopback
import Testing

/// What is refused, and what is only said, before anything is sent to the API.
@Suite("add and its policy", .serialized)
struct AddPolicyTests {
    /// A server that says something in clear behind its go-ahead for STARTTLS, which is a warning.
    private static let talkative = """
        S: 220 mail.kill.test ESMTP
        C: EHLO *
        S: 250-mail.kill.test
        S: 250 STARTTLS
        C: STARTTLS
        S: 220 go ahead
        S: 250 injected
        ! tls
        C: EHLO *
        S: 250-mail.kill.test
        S: 250 AUTH PLAIN LOGIN
        C: AUTH PLAIN *
        S: 235 2.7.0 welcome
        C: QUIT
        S: 221 bye
        """

    @Test func warningsMustBeAccepted() async throws {
        try await AddScene.with(AddScene.Setup(smtpScript: Self.talkative)) { scene in
            let refused = try await scene.add()
            #expect(refused.status == 1 && refused.state == "not_attempted", "\(refused.output)")
            #expect(refused.reason.contains("--accept-warnings"))
            #expect(scene.api.posts == 0)
            let accepted = try await scene.add(["--accept-warnings"])
            #expect(accepted.status == 0 && accepted.state == "registered")
        }
    }

    @Test(arguments: [("/nowhere/at/all/journal.sqlite", Int32(64)), ("/dev/null", 64), ("/", 64)])
    func aJournalThatCannotBeOpenedStopsEverything(path: String, status: Int32) async throws {
        try await AddScene.with { scene in
            let result = try await scene.add(["--journal", path])
            #expect(result.status == status)
            #expect(result.error.contains("journal") && result.output.contains("\"bad_journal\""))
            #expect(scene.api.posts == 0 && scene.imap.connections == 0)
        }
    }

    @Test func aFileThatIsNoJournalIsLeftAlone() async throws {
        try await AddScene.with { scene in
            let file = scene.folder.appending(path: "notes.txt")
            try Data("my notes\n".utf8).write(to: file)
            let result = try await scene.add(["--journal", file.path])
            #expect(result.status == 64)
            #expect(try String(contentsOf: file, encoding: .utf8) == "my notes\n")
            #expect(scene.api.posts == 0)
        }
    }

    @Test func theDailyLimitIsSentAsAskedAndHeldAgainstAdviceAndCap() async throws {
        try await AddScene.with { scene in
            let asked = try await scene.add(["--daily-limit", "90"])
            #expect(asked.status == 0 && asked.registration("daily_limit") as? Int == 90)
            #expect(asked.notes.contains { $0.contains("90") && $0.contains("20") })
            #expect(scene.api.bodies.last?.contains("\"daily_limit\":90") == true)
        }
        try await AddScene.with { scene in
            let provider = ["--provider", "tpp_wholesale"]
            let above = try await scene.add(provider + ["--daily-limit", "251"])
            #expect(above.status == 1 && above.reason.contains("--force-limit"))
            #expect(scene.api.posts == 0)
            let forced = try await scene.add(provider + ["--daily-limit", "251", "--force-limit"])
            #expect(forced.status == 0 && !forced.notes.isEmpty)
            #expect(scene.api.bodies.last?.contains("\"daily_limit\":251") == true)
        }
        let wrong = try await ToolProcess(["add", "a@b.test", "--display-name", "A", "--daily-limit", "0"])
        #expect(wrong.status == 64)
    }

    @Test func theDoubtAboutSTARTTLSForIMAPIsSaid() async throws {
        try await AddScene.with(AddScene.Setup(startTLSForIMAP: true)) { scene in
            let result = try await scene.add()
            #expect(result.status == 0)
            #expect(result.notes.contains { $0.contains("imap_use_ssl") && $0.contains("993") })
            #expect(scene.api.bodies.last?.contains("\"imap_use_ssl\":false") == true)
        }
    }

    @Test func stagesAreToldAsTheyHappenButNotBesideJSON() async throws {
        try await AddScene.with { scene in
            let plain = try await scene.run(scene.arguments())
            let stages = ["Looking up", "SMTP", "IMAP", "Registering", "journal"]
            for stage in stages { #expect(plain.error.contains(stage)) }
            #expect(plain.output.contains("registered") && plain.output.contains("Inbox id"))
            #expect(!plain.error.contains("\u{1B}"))
            #expect(try await scene.add(["--resolve"]).error.isEmpty)
        }
    }

    /// A terminal of its own, by script(1), with the answer typed.
    @Test(arguments: [("y\n", Int32(0), 1), ("n\n", 1, 0), ("\n", 1, 0)])
    func aPersonIsAskedFirst(typed: String, status: Int32, posts: Int) async throws {
        guard FileManager.default.isExecutableFile(atPath: "/usr/bin/script") else { return }
        try await AddScene.with { scene in
            let words = ([ToolProcess.path] + scene.arguments()).map { "'\($0)'" }.joined(separator: " ")
            let result = try await ToolProcess(
                program: "/usr/bin/script", ["--quiet", "--return", "--command", words, "/dev/null"],
                environment: scene.environment, input: typed)
            #expect(result.status == status, "\(result.output)")
            #expect(result.output.contains("Register it?"))
            #expect(scene.api.posts == posts)
        }
    }

    @Test func anEmptyJournalIsNoError() async throws {
        try await AddScene.with { scene in
            let list = try await scene.run(["journal", "list"])
            #expect(list.status == 0 && list.output.contains("empty"))
            #expect(try await scene.run(["journal", "show", "jane@kill.test"]).status == 1)
            #expect(try await scene.run(["journal", "forget", "jane@kill.test"]).status == 1)
            #expect(try await scene.run(["journal", "list", "--journal", "/nowhere/j"]).status == 66)
            #expect(!FileManager.default.fileExists(atPath: scene.journal))
        }
    }
}
