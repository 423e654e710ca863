import Foundation
import MailLoopback
import Testing

/// `add` against a strict stand-in of the API that is made to fail.
@Suite("add and the API's answers", .serialized)
struct AddCommandTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let faults: [RegistrationFault]
        var more: [String] = []
        let status: Int32
        let state: String
        let posts: Int
        var stored = 0

        var testDescription: String { name }
    }

    static let cases: [Case] = [
        Case(name: "created", faults: [], status: 0, state: "registered", posts: 1, stored: 1),
        Case(name: "401", faults: [.unauthorized], status: 3, state: "refused", posts: 1),
        Case(name: "403", faults: [.forbidden], status: 3, state: "refused", posts: 1),
        Case(name: "409", faults: [.conflict], status: 0, state: "already_registered", posts: 1),
        Case(name: "422 with the password", faults: [.unprocessable], status: 3, state: "refused", posts: 1),
        Case(
            name: "429 for a second, then created", faults: [.rateLimited(retryAfter: 1)], status: 0,
            state: "registered", posts: 2, stored: 1),
        Case(
            name: "429 with a reset beyond the run's time", faults: [.rateLimited(retryAfter: nil)],
            more: ["--timeout", "20"], status: 3, state: "refused", posts: 1),
        Case(name: "500 as HTML", faults: [.serverError], status: 4, state: "unknown", posts: 1),
        Case(name: "502", faults: [.status(502)], status: 4, state: "unknown", posts: 1),
        Case(name: "503", faults: [.status(503)], status: 3, state: "refused", posts: 1),
        Case(name: "slow", faults: [.slow(milliseconds: 300)], status: 0, state: "registered", posts: 1, stored: 1),
        Case(
            name: "silent until the time is over", faults: [.silent], more: ["--timeout", "3"], status: 4,
            state: "unknown", posts: 1),
        Case(
            name: "reset after storing", faults: [.resetAfterStoring], status: 4, state: "unknown", posts: 1,
            stored: 1),
        Case(name: "reset before storing", faults: [.reset], status: 4, state: "unknown", posts: 1),
        Case(name: "success: false", faults: [.notSuccessful], status: 3, state: "refused", posts: 1, stored: 1),
        Case(name: "no JSON", faults: [.garbage], status: 4, state: "unknown", posts: 1, stored: 1),
        Case(
            name: "redirect", faults: [.redirect(to: "https://api.kill.test/elsewhere")], status: 3, state: "refused",
            posts: 1),
    ]

    @Test(arguments: cases) func table(given: Case) async throws {
        try await AddScene.with(AddScene.Setup(faults: given.faults)) { scene in
            let result = try await scene.add(given.more)
            #expect(result.status == given.status, "\(result.error)\(result.output)")
            #expect(result.state == given.state)
            #expect(scene.api.posts == given.posts)
            #expect(scene.api.stored.count == given.stored)
            let journal = try await scene.run(["journal", "list", "--json"])
            let page = try await scene.run(["journal", "show", AddScene.address])
            #expect(journal.status == 0 && page.status == 0)
            #expect(journal.output.contains("\"state\": \"\(given.state)\""))
            let said = [result.output, result.error, journal.output, page.output].joined()
            let kept = try scene.stateOctets()
            #expect(!kept.isEmpty)
            for form in AddScene.secretForms {
                #expect(!said.contains(form))
                #expect(!kept.contains(Array(form.utf8)))
            }
        }
    }

    @Test(arguments: [RegistrationFault.resetAfterStoring, .serverError, .unprocessable])
    func noSecretInThePlainReportEither(fault: RegistrationFault) async throws {
        try await AddScene.with(AddScene.Setup(faults: [fault])) { scene in
            let result = try await scene.run(scene.arguments(["--verbose"]))
            #expect(result.error.contains("Registering"))
            for form in AddScene.secretForms { #expect(!(result.output + result.error).contains(form)) }
        }
    }

    @Test func anUnknownEndIsResolvedOnlyWhenAsked() async throws {
        try await AddScene.with(AddScene.Setup(faults: [.resetAfterStoring])) { scene in
            #expect(try await scene.add().status == 4)
            let again = try await scene.add()
            #expect(again.status == 4 && again.state == "unknown" && again.reason.contains("--resolve"))
            #expect(scene.api.posts == 1)
            let resolved = try await scene.add(["--resolve"])
            #expect(resolved.status == 0 && resolved.state == "already_registered")
            #expect(scene.api.posts == 2 && scene.api.stored.count == 1)
            let known = try await scene.add()
            #expect(known.status == 0 && known.state == "already_registered")
            #expect(scene.api.posts == 2)
            #expect(try await scene.run(["journal", "forget", "JANE@kill.test"]).status == 0)
            #expect(try await scene.run(["journal", "show", AddScene.address]).status == 1)
            #expect(try await scene.add().state == "already_registered")
            #expect(scene.api.posts == 3)
        }
    }

    @Test func aRegisteredAccountIsNotSentAgain() async throws {
        try await AddScene.with { scene in
            let first = try await scene.add()
            #expect(first.registration("inbox_id") as? String != nil && first.registration("daily_limit") as? Int == 20)
            let second = try await scene.add()
            #expect(second.status == 0 && second.state == "already_registered")
            #expect(second.registration("inbox_id") as? String == first.registration("inbox_id") as? String)
            #expect(scene.api.posts == 1)
        }
    }

    @Test func aDryRunShowsTheExactRequestAndLeavesNothing() async throws {
        try await AddScene.with { scene in
            let result = try await scene.add(["--dry-run"])
            #expect(result.status == 0 && result.state == "not_attempted")
            #expect((result.registration("request") as? [String: Any])?.count == 14)
            let target = result.registration("target") as? String ?? ""
            #expect(target.hasPrefix("POST https://api.kill.test:"))
            #expect(target.hasSuffix("/api/public/v1/sender-accounts/smtp"))
            #expect(scene.api.posts == 0)
            #expect(!FileManager.default.fileExists(atPath: scene.journal))
        }
    }
}
