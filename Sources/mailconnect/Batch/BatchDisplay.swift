import FoundationEssentials
import MailBatch
import MailModel
import Synchronization

/// Says on standard error how far a batch is: a few live lines on a terminal, a line now and then elsewhere.
final class BatchDisplay: Sendable {
    /// How it is said.
    enum Form: Sendable {
        case none
        case live
        case lines
    }

    private struct State {
        var drawn = 0
        var shown: ContinuousClock.Instant?
        var last = BatchProgress()
    }

    private let form: Form
    private let width: Int
    private let expected: @Sendable (Int) -> Int?
    private let began = ContinuousClock.now
    private let state = Mutex(State())

    /// How often the live lines are drawn, and how often a line is written.
    private static let tick = Duration.milliseconds(200)
    private static let pause = Duration.seconds(10)

    /// - Parameters:
    ///   - form: How it is said.
    ///   - width: The columns.
    ///   - expected: How many rows there will be, told by the number that was read.
    init(form: Form, width: Int, expected: @escaping @Sendable (Int) -> Int?) {
        self.form = form
        self.width = width
        self.expected = expected
    }

    /// Shows how far it is, unless that was shown a moment ago.
    func show(_ progress: BatchProgress) {
        guard form != .none else { return }
        state.withLock { state in
            state.last = progress
            let now = ContinuousClock.now
            let pause = form == .live ? Self.tick : Self.pause
            guard now - (state.shown ?? began) >= pause else { return }
            state.shown = now
            draw(&state)
        }
    }

    /// Takes the live lines away.
    func clear() {
        guard form == .live else { return }
        state.withLock { state in
            guard state.drawn > 0 else { return }
            Self.write("\u{1B}[\(state.drawn)A\r\u{1B}[J")
            state.drawn = 0
        }
    }

    private func draw(_ state: inout State) {
        let lines = lines(state.last)
        guard form == .live else {
            Self.write(lines.joined(separator: "; ") + "\n")
            return
        }
        let up = state.drawn > 0 ? "\u{1B}[\(state.drawn)A" : ""
        Self.write(up + "\r\u{1B}[J" + lines.map { $0.prefix(width - 1) + "\n" }.joined())
        state.drawn = lines.count
    }

    private func lines(_ progress: BatchProgress) -> [String] {
        let seconds = max(0.001, (ContinuousClock.now - began) / .seconds(1))
        let rate = Double(progress.answeredNow) / seconds
        let total = expected(progress.read)
        var head = "\(progress.done)"
        if let total { head += " of \(progress.isAllRead ? "" : "about ")\(max(total, progress.done))" }
        head += " done: \(progress.ready) ready, \(progress.failing) failing, \(progress.unclear) not clear"
        var now = "\(progress.inFlight) under way, \(Self.rate(rate))"
        if progress.registering > 0 { now += ", \(progress.registering) to be registered" }
        if let total, rate > 0, total > progress.done, !progress.isStopping {
            now += ", \(Self.time(Double(total - progress.done) / rate)) left"
        }
        if progress.isStopping { now += "; finishing what is under way, press Ctrl-C once more to end at once" }
        let pauses = progress.pauses.sorted { $0.host < $1.host }.prefix(3).map { pause in
            let host = ServerText(String(pause.host.prefix(40))).escaped
            return pause.seconds.map { "\(host) left alone for \($0) s" } ?? "\(host) given up"
        }
        return [head, now] + (pauses.isEmpty ? [] : [pauses.joined(separator: ", ")])
    }

    private static func rate(_ rate: Double) -> String {
        rate >= 10 ? "\(Int(rate.rounded())) a second" : "\((rate * 10).rounded() / 10) a second"
    }

    private static func time(_ seconds: Double) -> String {
        let whole = Int(min(seconds, 8_640_000).rounded(.up))
        if whole < 90 { return "\(whole) s" }
        if whole < 5_400 { return "\((whole + 59) / 60) min" }
        return "\(whole / 3_600) h \((whole % 3_600) / 60) min"
    }

    private static func write(_ text: String) { StandardError.write(text) }
}
