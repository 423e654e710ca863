public import FoundationEssentials

/// Time, as a registration sees it. Tests hand in one that does not wait.
public struct RegistrationClock: Sendable {
    /// The time of day, to compare with times that the API names.
    public var now: @Sendable () -> Date
    /// Time that only goes forward, for budgets.
    public var elapsed: @Sendable () -> Duration
    /// Waits. It throws when the task is cancelled.
    public var sleep: @Sendable (Duration) async throws -> Void

    /// Makes a clock.
    public init(
        now: @escaping @Sendable () -> Date, elapsed: @escaping @Sendable () -> Duration,
        sleep: @escaping @Sendable (Duration) async throws -> Void
    ) {
        self.now = now
        self.elapsed = elapsed
        self.sleep = sleep
    }

    /// The machine's own clocks.
    public static let system: RegistrationClock = {
        let start = ContinuousClock.now
        return RegistrationClock(
            now: { Date() }, elapsed: { .now - start }, sleep: { try await Task.sleep(for: $0) })
    }()
}
