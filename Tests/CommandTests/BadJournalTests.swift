import Foundation
import MailLoopback
import MailSQLite
import Testing

/// A journal that is held, damaged or not ours: an error with a name, in time, and nothing is registered.
@Suite("add with a journal that cannot be used", .serialized)
struct BadJournalTests {
    /// The journal of a scene, made by an `add`, open for doing things to it.
    private func withJournal(_ body: (AddScene, SQLiteQueue) async throws -> Void) async throws {
        try await AddScene.with { scene throws in
            #expect(try await scene.add().status == 0)
            try await body(scene, try SQLiteQueue(path: scene.journal, patience: .seconds(5)))
        }
    }

    @Test func heldByAnotherProcess() async throws {
        try await withJournal { scene, queue throws in
            let posts = scene.api.posts
            try queue.sync { try $0.execute("BEGIN EXCLUSIVE") }
            let begin = ContinuousClock.now
            let result = try await scene.add(["--timeout", "4"])
            let took = ContinuousClock.now - begin
            try queue.sync { try $0.execute("COMMIT") }
            // The report is there, and says why nothing was sent.
            #expect(result.status == 2)
            #expect(result.state == "not_attempted")
            #expect((result.registration("reason") as? String)?.contains("held by another process") == true)
            #expect(result.error.contains("held by another process"))
            #expect(took < .seconds(4 + 4), "\(took)")
            #expect(scene.api.posts == posts)
            let list = try await scene.run(["journal", "list"])
            #expect(list.status == 0)
        }
    }

    /// Cells that hold what their column does not say.
    @Test(arguments: [
        ("state", "x'FF00'"), ("attempted_at", "'yesterday'"), ("attempted_at", "9e999"), ("http_status", "'many'"),
        ("address", "x'07'"), ("settings", "x'00'"), ("created_at", "1e300"), ("daily_limit", "x'00'"),
    ]) func aCellOfAnotherType(_ column: String, _ value: String) async throws {
        try await withJournal { scene, queue throws in
            let posts = scene.api.posts
            try queue.sync { try $0.execute("UPDATE attempt SET \(column) = \(value)") }
            if column != "address" {
                let result = try await scene.add()
                #expect(result.status == 2 && result.state == "not_attempted")
                #expect((result.registration("reason") as? String)?.contains("journal is damaged: attempt 1") == true)
                #expect(scene.api.posts == posts)
            }
            let list = try await scene.run(["journal", "list", "--json"])
            #expect(list.status == 65)
            #expect(list.output.contains("\"bad_journal\"") && list.error.contains("as \(column)"))
        }
    }

    @Test func cutInTheMiddle() async throws {
        try await AddScene.with { scene throws in
            #expect(try await scene.add().status == 0)
            let octets = try Data(contentsOf: URL(filePath: scene.journal))
            try octets.prefix(octets.count / 2).write(to: URL(filePath: scene.journal))
            let result = try await scene.add()
            #expect(result.status == 65 || (result.status == 2 && result.state == "not_attempted"))
            #expect(result.error.contains("damaged") || result.output.contains("damaged"))
            #expect(scene.api.posts == 1)
        }
    }

    /// The clock was set back: attempts of tomorrow do not use up today's rate.
    @Test func attemptsOfTomorrow() async throws {
        try await withJournal { scene, queue throws in
            try queue.sync { database in
                for number in 0..<1_200 {
                    try database.execute(
                        """
                        INSERT INTO attempt (address, api_base, attempted_at, settings, fingerprint, key_tag, state)
                        SELECT 'other' || ?, api_base, attempted_at + 86400, '[]', '', '', 'registered'
                        FROM attempt WHERE id = 1
                        """, [number])
                }
            }
            #expect(try await scene.run(["journal", "forget", AddScene.address]).status == 0)
            let result = try await scene.add(["--resolve"])
            #expect(result.state == "already_registered" || result.state == "registered", "\(result.output)")
        }
    }

    /// Files of others are left as they are, with what stands beside them.
    @Test(arguments: [
        "a text, and not a short one: it has more than a hundred octets, as a header of SQLite's has, so", nil,
    ])
    func aFileOfSomebodyElse(_ text: String?) async throws {
        try await AddScene.with { scene throws in
            let folder = scene.folder.appending(path: "theirs")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let file = folder.appending(path: "file").path
            if let text {
                try Data(text.utf8).write(to: URL(filePath: file))
            } else {
                try SQLiteConnection(path: file, patience: .zero).execute("CREATE TABLE theirs (x)")
            }
            chmod(file, 0o644)
            let before = try Data(contentsOf: URL(filePath: file))
            let result = try await scene.add(["--journal", file])
            #expect(result.status == (text == nil ? 65 : 64) && result.error.contains("no journal of ours"))
            #expect(try Data(contentsOf: URL(filePath: file)) == before)
            let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
            #expect(mode == 0o644)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["file"])
            #expect(scene.api.posts == 0)
        }
    }

    /// A default folder that is a link keeps its target as it was.
    @Test func aLinkedFolder() async throws {
        try await AddScene.with { scene throws in
            let theirs = scene.folder.appending(path: "theirs")
            try FileManager.default.createDirectory(at: theirs, withIntermediateDirectories: true)
            chmod(theirs.path, 0o755)
            let state = scene.folder.appending(path: "state")
            try FileManager.default.createDirectory(at: state, withIntermediateDirectories: true)
            try FileManager.default.createSymbolicLink(
                at: state.appending(path: "mailconnect"), withDestinationURL: theirs)
            #expect(try await scene.add().status == 0)
            let mode = try FileManager.default.attributesOfItem(atPath: theirs.path)[.posixPermissions] as? Int
            #expect(mode == 0o755)
        }
    }

    @Test func aPipeInPlaceOfAJournal() async throws {
        try await AddScene.with { scene throws in
            let pipe = scene.folder.appending(path: "pipe").path
            #expect(mkfifo(pipe, 0o600) == 0)
            let result = try await scene.add(["--journal", pipe])
            #expect(result.status == 64 && result.error.contains("no regular file"))
        }
    }

    /// The same API, written in other ways, is the same account.
    @Test func theSameBaseInOtherLetters() async throws {
        try await withJournal { scene, _ throws in
            var arguments = scene.arguments(["--json"])
            let place = try #require(arguments.firstIndex(of: "--api-url"))
            arguments[place + 1] = arguments[place + 1].replacing("api.kill.test", with: "API.Kill.TEST.")
            let result = AddResult(try await ToolProcess(arguments, environment: scene.environment))
            #expect(result.state == "already_registered")
            #expect(scene.api.posts == 1)
        }
    }
}
