import Foundation
import MailLoopback
import Synchronization
import Testing

/// `kill -9` at any moment of `add`: never two stored registrations, never one that the journal does not know of.
///
/// The stand-in stores duplicates instead of refusing them, so that a second request would be counted. The moments are
/// events of the run (a line that it prints, a request that arrives, is stored, is answered) and, between those,
/// fractions of the time that an undisturbed run takes on this machine; what is expected holds wherever they fall.
@Suite("add, killed at fifty moments", .serialized)
struct KilledAddTests {
    /// When the tool is killed.
    enum Moment: Sendable, CustomTestStringConvertible {
        /// When it has printed so many lines.
        case line(Int)
        /// When the stand-in is at this point of the request.
        case event(RegistrationEvent)
        /// After so many hundredths of an undisturbed run.
        case share(Int)
        /// So many hundredths of the way from the end of the checks to the end of the run: journal, request, answer.
        case late(Int)

        var testDescription: String {
            switch self {
            case .line(let number): "line \(number)"
            case .event(let event): "the request is \(event.rawValue)"
            case .share(let share): "\(share) hundredths of the run"
            case .late(let share): "\(share) hundredths of the registration"
            }
        }
    }

    static let moments: [Moment] =
        (1...8).map { .line($0) } + RegistrationEvent.allCases.map { .event($0) }
        + (1...9).map { .share($0 * 10) } + (0..<30).map { .late($0 * 4) }

    /// The lines that are printed until both sides are checked.
    private static let linesOfChecks = 6

    @Test func thereAreFifty() { #expect(Self.moments.count == 50) }

    @Test(arguments: moments) func neverTwiceAndNeverLost(moment: Moment) async throws {
        let tool = KillableTool()
        let setup = AddScene.Setup(allowsDuplicates: true) { event in
            if case .event(event) = moment { tool.kill() }
        }
        try await AddScene.with(setup) { scene in
            try await Self.run(tool, scene, until: moment)
            let stored = scene.api.stored.count
            #expect(stored <= 1)
            let state = try await Self.state(scene)
            if stored == 1 { #expect(["registered", "unknown"].contains(state ?? "lost")) }
            if state == "registered" { #expect(stored == 1) }
            try await Self.expectSafeSequel(scene, stored: stored, state: state)
        }
    }

    /// The next `add` sends only when the journal has no attempt; `--resolve` is the person's own decision.
    private static func expectSafeSequel(_ scene: AddScene, stored: Int, state: String?) async throws {
        let posts = scene.api.posts
        let next = try await scene.add()
        switch state {
        case "registered":
            #expect(next.status == 0 && next.state == "already_registered")
            #expect(scene.api.posts == posts)
        case "unknown":
            #expect(next.status == 4 && next.state == "unknown")
            #expect(scene.api.posts == posts)
        default:
            #expect(next.status == 0 && next.state == "registered")
            #expect(scene.api.posts == posts + 1)
        }
        #expect(scene.api.stored.count <= 1)
    }

    /// Runs the tool until the moment comes, or to its end.
    private static func run(_ tool: KillableTool, _ scene: AddScene, until moment: Moment) async throws {
        let arguments = scene.arguments()
        switch moment {
        case .event: try await tool.run(arguments, environment: scene.environment)
        case .line(let number):
            try await tool.run(arguments, environment: scene.environment, kill: .init(line: number))
        case .share(let share):
            let delay = try await usualTime().whole * share / 100
            try await tool.run(arguments, environment: scene.environment, kill: .init(line: 0, delay: delay))
        case .late(let share):
            let delay = try await usualTime().late * share / 100
            try await tool.run(
                arguments, environment: scene.environment, kill: .init(line: linesOfChecks, delay: delay))
        }
    }

    /// How the journal has the account, nil when it has no attempt.
    private static func state(_ scene: AddScene) async throws -> String? {
        let list = try await scene.run(["journal", "list", "--json"])
        #expect(list.status == 0, "\(list.error)")
        let object = try JSONSerialization.jsonObject(with: Data(list.output.utf8)) as? [String: Any]
        let entries = object?["entries"] as? [[String: Any]] ?? []
        #expect(entries.count <= 1)
        return entries.first?["state"] as? String
    }

    /// How long an undisturbed run takes here, and its part behind the checks.
    private struct Times: Sendable {
        var whole: Duration
        var late: Duration
    }

    private static let measured = Mutex<Times?>(nil)

    /// The times, measured once.
    private static func usualTime() async throws -> Times {
        if let known = measured.withLock({ $0 }) { return known }
        let times = try await AddScene.with { scene in
            let start = ContinuousClock.now
            let lines = try await KillableTool().run(scene.arguments(), environment: scene.environment)
            let end = ContinuousClock.now
            let checked = lines.count > linesOfChecks ? lines[linesOfChecks - 1] : end
            return Times(whole: end - start, late: end - checked)
        }
        measured.withLock { $0 = times }
        return times
    }
}
