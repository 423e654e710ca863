import Foundation
import MailLoopback
import Synchronization
import Testing

/// `batch --register`: only what was proved, each once, whatever happens on the way.
@Suite("batch --register", .serialized)
struct BatchRegistrationTests {
    @Test func theReadyOnesAreRegistered() async throws {
        try await BatchScene.with(30) { scene in
            let output = try await scene.batch(["--register"])
            #expect(output.status == 1, "\(output.error)")
            #expect(output.summary("registered") == 27)
            #expect(Set(scene.api.stored) == Set(scene.users.filter { !$0.isWrong }.map(\.address)))
            #expect(scene.api.stored.count == 27)
            for user in scene.users {
                #expect(output.registrations[user.number] == (user.isWrong ? "not_attempted" : "registered"))
            }
        }
    }

    /// What the API refuses is told for its row alone.
    @Test func aRefusalIsItsRowsOwn() async throws {
        let faults = [RegistrationFault.failing(addresses: ["user3@many.test"])]
        try await BatchScene.with(8, faults: faults) { scene in
            let output = try await scene.batch(["--register"])
            #expect(output.status == 3, "\(output.error)")
            #expect(output.registrations[3] == "refused")
            #expect(output.summary("registered") == 7)
        }
    }

    /// `kill -9` at any moment: every row is answered once in the end, no login is sent twice, nothing is registered twice.
    @Test(arguments: 0..<12) func killedAtAnyMoment(share: Int) async throws {
        let count = 24
        try await BatchScene.with(count) { scene in
            let tool = KillableTool()
            let arguments = scene.arguments(["--register", "--quiet", "--concurrency", "6"])
            // The moment is a number of connections, which does not depend on the machine's speed.
            let moment = 1 + share * count / 6
            let watcher = Task {
                while !Task.isCancelled, scene.smtp.connections + scene.imap.connections < moment {
                    await Task.yield()
                }
                tool.kill()
            }
            try await tool.run(arguments, environment: scene.environment)
            watcher.cancel()
            let resumed = try await scene.batch(["--register", "--concurrency", "6"])
            #expect(resumed.numbers.sorted() == Array(1...count), "\(resumed.error)")
            // SMTP and IMAP, once each.
            for (address, logins) in scene.logins() { #expect(logins <= 2, "\(address)") }
            #expect(Set(scene.api.stored).count == scene.api.stored.count)
            for (row, status) in resumed.registrations where status == "registered" {
                #expect(scene.api.stored.contains("user\(row)@many.test"))
            }
            // What was cut off is open, and is tried when that is asked for.
            let again = try await scene.batch(["--register", "--retry", "cannot_tell", "--concurrency", "6"])
            #expect(again.numbers.sorted() == Array(1...count))
            #expect(Set(scene.api.stored).count == scene.api.stored.count)
        }
    }

    /// The same with an API that stores and resets, says nothing, fails or answers with rubbish: what may have been stored is
    /// never sent again, and nothing is called registered that is not.
    @Test(arguments: [
        [RegistrationFault.resetAfterStoring], [.serverError, .slow(milliseconds: 50)], [.garbage],
        [.reset, .status(502)],
        [.rateLimited(retryAfter: 1), .resetAfterStoring],
        [.failing(addresses: ["user2@many.test"]), .slow(milliseconds: 20)],
    ]) func killedOverAnAPIThatFails(faults: [RegistrationFault]) async throws {
        let count = 12
        let tool = KillableTool()
        // Dies over the first request, whenever the API has read it.
        let tell: @Sendable (RegistrationEvent) -> Void = { _ in tool.kill() }
        try await BatchScene.with(count, faults: faults, tell: tell) { scene in
            try await tool.run(scene.arguments(["--register", "--quiet"]), environment: scene.environment)
            for _ in 0..<2 {
                let resumed = try await scene.batch(["--register"])
                #expect(resumed.numbers.sorted() == Array(1...count), "\(resumed.error)")
                for (address, logins) in scene.logins() { #expect(logins <= 2, "\(address)") }
                #expect(Set(scene.api.stored).count == scene.api.stored.count)
                for (row, status) in resumed.registrations where status == "registered" {
                    #expect(scene.api.stored.contains("user\(row)@many.test"))
                }
                let stored = Set(scene.api.stored)
                for user in scene.users where stored.contains(user.address) {
                    #expect(
                        ["registered", "already_registered", "unknown"].contains(resumed.registrations[user.number]))
                }
            }
        }
    }

    /// The first interruption finishes what is under way and leaves with 130; the same command goes on from there.
    @Test func anInterruptionFinishesWhatIsUnderWay() async throws {
        let count = 40
        try await BatchScene.with(count) { scene in
            let tool = KillableTool(signal: SIGINT)
            let arguments = scene.arguments(["--quiet", "--concurrency", "2", "--output", scene.path("lines")])
            let watcher = Task {
                while !Task.isCancelled, scene.smtp.connections < 4 { await Task.yield() }
                tool.kill()
            }
            try await tool.run(arguments, environment: scene.environment)
            watcher.cancel()
            #expect(tool.status == 130, "\(tool.error)")
            let lines = try scene.text("lines").split(separator: "\n")
            #expect(lines.last?.contains("\"summary\"") == true)
            #expect((1..<count).contains(lines.count - 1))
            // What was under way was answered: no login is open, and none is sent twice.
            let resumed = try await scene.batch()
            #expect(resumed.numbers.sorted() == Array(1...count))
            #expect(resumed.verdicts.values.allSatisfy { $0 == "ready" || $0 == "action_needed" })
            for (address, logins) in scene.logins() { #expect(logins <= 2, "\(address)") }
        }
    }
}
