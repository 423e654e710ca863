/// How patient a resolver is, and how much it does at once.
public struct ResolverLimits: Hashable, Sendable {
    /// How long the first try waits; each further round of tries waits twice as long as the one before.
    public var firstTry: Duration
    /// How often each server is asked: three tries that begin with 1 s end after 7 s.
    public var tries: Int
    /// How long a look-up may take in all, waiting for its turn included.
    public var deadline: Duration
    /// How many queries are on the wire at once. Above some hundred, datagrams get lost in socket buffers.
    public var inFlight: Int

    /// Makes limits. Values below the smallest sensible one are raised to it.
    ///
    /// - Parameters:
    ///   - firstTry: How long the first try waits; at least 1 ms.
    ///   - tries: How often each server is asked; at least once.
    ///   - deadline: How long a look-up may take in all.
    ///   - inFlight: How many queries are on the wire at once; at least one.
    public init(
        firstTry: Duration = .seconds(1), tries: Int = 3, deadline: Duration = .seconds(15), inFlight: Int = 64
    ) {
        self.firstTry = max(firstTry, .milliseconds(1))
        self.tries = min(max(tries, 1), 10)
        self.deadline = deadline
        self.inFlight = max(inFlight, 1)
    }
}
