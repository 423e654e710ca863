public import FoundationEssentials

/// Keeps within the API's rate limits by counting its own requests.
///
/// The headers of the API seem to speak of the minute only, so both windows are counted here: 100 requests in any minute,
/// 1,000 in any hour, for all paths together. Source: <https://docs.coldsend.pro/reference/rate-limits>
public actor RequestPace {
    /// A window and how many requests it takes.
    struct Window: Sendable {
        var seconds: TimeInterval
        var requests: Int
    }

    /// The documented windows.
    static let documented = [Window(seconds: 60, requests: 100), Window(seconds: 3_600, requests: 1_000)]

    private let windows: [Window]
    /// Who counts in place of this one, for several processes together.
    private let shared: (@Sendable (Date, Duration) async -> Duration?)?
    /// When requests left or are going to leave, in order; none older than the longest window.
    private var times: [Date]

    /// Begins to count.
    ///
    /// - Parameter earlier: When requests of earlier runs left, as the journal knows.
    public init(earlier: [Date] = []) {
        shared = nil
        windows = Self.documented
        times = earlier.sorted()
    }

    /// Lets somebody else count, for several processes together.
    ///
    /// - Parameter reserve: Does what `reserve` does.
    package init(shared reserve: @escaping @Sendable (Date, Duration) async -> Duration?) {
        shared = reserve
        windows = Self.documented
        times = []
    }

    /// The documented windows in seconds and requests, for whoever counts for several processes.
    package static var limits: [(seconds: Double, requests: Int)] { documented.map { ($0.seconds, $0.requests) } }

    /// Makes room for one request: it counts as sent at the time that comes back.
    ///
    /// - Parameters:
    ///   - now: The time.
    ///   - patience: The longest that the caller would wait.
    /// - Returns: How long to wait before the request may leave; nil when that is longer than the caller's patience, and
    ///   then nothing is counted.
    public func reserve(now: Date, patience: Duration) async -> Duration? {
        if let shared { return await shared(now, patience) }
        let longest = windows.map(\.seconds).max() ?? 0
        // What is dated further ahead than any window is from before a clock was set back.
        times.removeAll { $0 <= now.addingTimeInterval(-longest) || $0 > now.addingTimeInterval(longest) }
        var moment = now
        for window in windows where times.count >= window.requests {
            // The request so many places back must have left the window by then.
            let oldest = times[times.count - window.requests]
            moment = max(moment, oldest.addingTimeInterval(window.seconds))
        }
        let wait = Duration.milliseconds(Int64((moment.timeIntervalSince(now) * 1_000).rounded(.up)))
        guard wait <= patience else { return nil }
        times.append(max(moment, times.last ?? moment))
        return wait
    }

    /// How long a caller of endless patience would wait now; nothing is counted.
    ///
    /// - Parameter now: The time.
    /// - Returns: Seconds, rounded up.
    public func secondsToWait(now: Date) -> Int {
        let waits = windows.compactMap { window -> TimeInterval? in
            guard times.count >= window.requests else { return nil }
            return times[times.count - window.requests].addingTimeInterval(window.seconds).timeIntervalSince(now)
        }
        return Int(max(0, waits.max() ?? 0).rounded(.up))
    }
}
