internal import Synchronization

/// The clock of one run: it stands still while the run waits for its turn in a queue of ours.
///
/// Of a thousand runs at once each waits for sockets and look-ups that the others have. That time says nothing about a
/// server, so it counts against no stage and no deadline. Waits that overlap count once: what is left out is the union of
/// all intervals in which at least one wait of this run was under way.
///
/// A run may not stand still for ever: after `patience` in all, waiting counts like anything else.
public final class RunClock: Sendable {
    /// How long a run stands still in all before its waiting counts, when nothing else is said.
    public static let standardPatience = Duration.seconds(600)

    /// How long the run may take, its waits left out.
    public let timeout: Duration
    private let patience: Duration
    private let started: ContinuousClock.Instant
    private let now: @Sendable () -> ContinuousClock.Instant
    private let state = Mutex(State())

    private struct State {
        var waits = 0
        var since: ContinuousClock.Instant?
        var waited = Duration.zero
    }

    /// Starts the clock.
    ///
    /// - Parameters:
    ///   - timeout: How long the run may take, its waits left out.
    ///   - patience: How long it may stand still in all. With `.zero` it is a common clock.
    ///   - now: What the time is; another one than the system's is for tests.
    public init(
        timeout: Duration, patience: Duration = standardPatience,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
    ) {
        self.timeout = timeout
        self.patience = patience
        self.now = now
        started = now()
    }

    /// How long the run has stood still.
    public var waited: Duration { reading.waited }

    /// How much time has counted so far.
    public var elapsed: Duration { reading.elapsed }

    /// How much time is left; never negative.
    public var remaining: Duration { max(.zero, timeout - elapsed) }

    /// Whether the run's time is over.
    public var hasPassed: Bool { elapsed >= timeout }

    /// Whether at least one wait is under way.
    public var isWaiting: Bool { state.withLock { $0.waits > 0 } }

    /// The end of the run.
    public var deadline: RunInstant { RunInstant(clock: self, offset: timeout) }

    /// The end of a stage that begins now.
    ///
    /// - Parameter duration: How long the stage may take.
    /// - Returns: A moment of this clock, not later than the end of the run.
    public func instant(after duration: Duration) -> RunInstant {
        RunInstant(clock: self, offset: min(timeout, elapsed + duration))
    }

    /// A wait in a queue of ours begins. It must end by `endWait`.
    public func beginWait() {
        let moment = now()
        state.withLock { state in
            if state.waits == 0 { state.since = moment }
            state.waits += 1
        }
    }

    /// A wait ends; one too many is passed over.
    public func endWait() {
        let moment = now()
        state.withLock { state in
            guard state.waits > 0 else { return }
            state.waits -= 1
            guard state.waits == 0, let since = state.since else { return }
            state.waited += max(.zero, moment - since)
            state.since = nil
        }
    }

    /// Stands still while something is waited for.
    ///
    /// - Parameters:
    ///   - isolation: Where the wait runs; the caller's own place.
    ///   - body: The wait.
    /// - Returns: What the wait returns.
    public func standingStill<Result: Sendable>(
        isolation: isolated (any Actor)? = #isolation, _ body: () async -> Result
    ) async -> Result {
        beginWait()
        defer { endWait() }
        return await body()
    }

    private var reading: (waited: Duration, elapsed: Duration) {
        let moment = now()
        let union = state.withLock { $0.waited + ($0.since.map { max(.zero, moment - $0) } ?? .zero) }
        let waited = min(union, patience)
        return (waited, max(.zero, moment - started - waited))
    }
}

/// A moment on a run's clock: it moves into the future while the run stands still.
public struct RunInstant: Sendable {
    /// The clock that it is a moment of.
    public let clock: RunClock
    /// How much time must have counted by then.
    public let offset: Duration

    /// Names a moment of a clock.
    ///
    /// - Parameters:
    ///   - clock: The clock.
    ///   - offset: How much time must have counted by then.
    public init(clock: RunClock, offset: Duration) {
        self.clock = clock
        self.offset = offset
    }

    /// A moment of common time, for callers that have no run: waiting counts.
    ///
    /// - Parameter instant: The moment.
    public init(_ instant: ContinuousClock.Instant) {
        let clock = RunClock(timeout: instant - .now, patience: .zero)
        self.init(clock: clock, offset: clock.timeout)
    }

    /// How much time must still count; never negative.
    public var remaining: Duration { max(.zero, offset - clock.elapsed) }

    /// Whether it lies in the past.
    public var hasPassed: Bool { clock.elapsed >= offset }

    /// Where it lies in common time if the run never waits again.
    public var instant: ContinuousClock.Instant { .now + remaining }

    /// The earlier of this moment and one that lies so far ahead.
    ///
    /// - Parameter duration: How far ahead.
    /// - Returns: A moment of the same clock.
    public func orAfter(_ duration: Duration) -> RunInstant {
        RunInstant(clock: clock, offset: min(offset, clock.elapsed + duration))
    }

    /// Sleeps until it has passed, or until the task is cancelled.
    public func sleep() async {
        while !Task.isCancelled {
            let left = remaining
            guard left > .zero else { return }
            // A clock that stands still is looked at again, but not so often that it costs anything.
            await LoopTimer.sleep(for: clock.isWaiting ? max(left, Self.glance) : left)
        }
    }

    private static let glance = Duration.milliseconds(50)
}
