import FoundationEssentials
import MailModel
import Synchronization

/// Says on standard error what is being waited for.
final class ProgressLine: Sendable {
    /// How it is said.
    enum Form: Sendable {
        /// Not at all.
        case none
        /// One live line a side, gone at the end, for a person who watches.
        case line
        /// A line for each stage, which stays.
        case lines
    }

    /// What is being waited for on one side, or for both, and since when.
    private struct Wait: Sendable {
        var words: String
        var since = ContinuousClock.now
    }

    private struct State {
        /// By side; what is about neither comes first.
        var waits: [String: Wait] = [:]
        /// Lines that stand on the terminal now.
        var drawn = 0
        var ticker: Task<Void, Never>?
        var hasFound = false
    }

    private let form: Form
    private let state = Mutex(State())

    init(form: Form) { self.form = form }

    /// Says what is going on.
    func update(_ text: String) { tell(text, side: "") }

    /// Takes the lines away.
    func clear() {
        guard form == .line else { return }
        state.withLock { state in
            state.ticker?.cancel()
            state.ticker = nil
            state.waits = [:]
            Self.redraw(&state)
        }
    }

    /// Follows a run.
    func follow(_ event: RunEvent) {
        switch event.kind {
        case .settings(let detected):
            let isFirst = state.withLock { state in
                defer { state.hasFound = true }
                return !state.hasFound
            }
            if isFirst { update("Found: \(detected.provider.name ?? "an unknown provider")") }
        case .waiting(let wait): begin(wait)
        case .observation(let observation): end(observation)
        case .registering(let progress): update(Self.words(progress))
        default: break
        }
    }

    private func begin(_ wait: RunWait) {
        guard let endpoint = wait.endpoint else { return }
        let side = endpoint.service.rawValue.uppercased()
        switch (form, wait.stage) {
        case (.lines, .connect): update("Checking \(side) at \(endpoint)")
        case (.line, .connect): tell("\(side) connection to \(endpoint.host), port \(endpoint.port)", side: side)
        case (.line, .auth): tell("\(side) login at \(endpoint.host)", side: side)
        case (.line, let stage): tell("\(side) \(stage.rawValue) at \(endpoint.host)", side: side)
        default: break
        }
    }

    /// How the login of a side ended, where each stage has a line of its own.
    private func end(_ observation: Observation) {
        guard form == .lines, let side = observation.service, observation.id == .auth(side) else { return }
        let words = observation.outcome == .observed ? "the login works" : "no login"
        update("\(side.rawValue.uppercased()) is through: \(words)")
    }

    private static func words(_ progress: RegistrationProgress) -> String {
        switch progress {
        case .sending(1): "Registering; the attempt stands in the journal"
        case .sending(let attempt): "Registering once more (\(attempt))"
        case .waiting(let seconds, let reason): "Waiting \(seconds) seconds: \(reason)"
        case .answered(let status): "The answer is in the journal: \(status.rawValue.replacing("_", with: " "))."
        }
    }

    // MARK: - Lines

    private func tell(_ text: String, side: String) {
        let words = ServerText(String(text.prefix(200))).escaped
        switch form {
        case .none: break
        case .lines: Self.write(words + (words.hasSuffix(".") ? "\n" : " ...\n"))
        case .line:
            state.withLock { state in
                // A side that begins takes the place of what was said of both.
                if !side.isEmpty { state.waits[""] = nil }
                state.waits[side] = Wait(words: words)
                Self.redraw(&state)
                if state.ticker == nil { state.ticker = ticker() }
            }
        }
    }

    /// Counts the seconds. It holds this line weakly: a line that nobody uses any more ticks no more.
    private func ticker() -> Task<Void, Never> {
        Task { [weak self] in
            while !Task.isCancelled {
                try? await Task.sleep(for: .milliseconds(500))
                guard let self, !Task.isCancelled else { return }
                self.state.withLock { Self.redraw(&$0) }
            }
        }
    }

    /// Writes all lines over those that stand there (ECMA-48: CUU, ED).
    private static func redraw(_ state: inout State) {
        let lines = state.waits.sorted { $0.key > $1.key }.map { line($0.value) }
        guard state.drawn > 0 || !lines.isEmpty else { return }
        let up = state.drawn > 0 ? "\u{1B}[\(state.drawn)A" : ""
        write(up + "\r\u{1B}[J" + lines.map { $0 + "\n" }.joined())
        state.drawn = lines.count
    }

    private static func line(_ wait: Wait) -> String {
        let seconds = Int((ContinuousClock.now - wait.since) / .seconds(1))
        return wait.words.prefix(68) + (seconds > 0 ? ", \(seconds) s" : " ...")
    }

    private static func write(_ text: String) { StandardError.write(text) }
}
