import Dispatch
import FoundationEssentials
import MailBatch
import MailModel
import Synchronization

/// Says on standard error how far a batch is: a few live lines on a terminal, a line now and then elsewhere.
///
/// A terminal that stands still, or a reader that does not read, holds up this display alone: it draws on a thread of its own, and
/// what comes meanwhile is not drawn. The batch decides where its connections are, and must never wait there.
final class BatchDisplay: Sendable {
    /// How it is said.
    enum Form: Sendable {
        case none
        case live
        case lines
    }

    private struct State {
        var shown: ContinuousClock.Instant?
        var isDrawing = false
    }

    private let form: Form
    private let width: Int
    private let expected: @Sendable (Int) -> Int?
    private let began = ContinuousClock.now
    private let state = Mutex(State())
    /// Where it is drawn, one after the other.
    private let queue = DispatchQueue(label: "mail-batch-display")
    /// Live lines that stand there; changed on the queue alone.
    private let drawn = Mutex(0)

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

    /// Shows how far it is, unless that was shown a moment ago. It does not wait until it is shown.
    func show(_ progress: BatchProgress) {
        guard form != .none else { return }
        let isDue = state.withLock { state in
            let now = ContinuousClock.now
            let pause = form == .live ? Self.tick : Self.pause
            guard !state.isDrawing, now - (state.shown ?? began) >= pause else { return false }
            state.shown = now
            state.isDrawing = true
            return true
        }
        guard isDue else { return }
        queue.async { [self] in
            draw(progress)
            state.withLock { $0.isDrawing = false }
        }
    }

    /// Takes the live lines away, and waits until everything is written.
    func clear() {
        guard form != .none else { return }
        queue.sync {
            let count = drawn.withLock { drawn in
                defer { drawn = 0 }
                return drawn
            }
            if count > 0 { Self.write("\u{1B}[\(count)A\r\u{1B}[J") }
        }
    }

    private func draw(_ progress: BatchProgress) {
        let lines = lines(progress)
        guard form == .live else {
            Self.write(lines.joined(separator: "; ") + "\n")
            return
        }
        let before = drawn.withLock { drawn in
            defer { drawn = lines.count }
            return drawn
        }
        let up = before > 0 ? "\u{1B}[\(before)A" : ""
        Self.write(up + "\r\u{1B}[J" + lines.map { $0.prefix(width - 1) + "\n" }.joined())
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
