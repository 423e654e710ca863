internal import MailModel

/// What tasks tell the thread that owns the resolver's channels.
enum ResolverMessage: Sendable {
    /// A question, and who waits for its answer.
    case start(Lookup)
    /// Nobody waits for that answer any more.
    case cancel(UInt64)
    /// The resolver is gone: end everything.
    case stop

    /// One question on its way.
    struct Lookup: Sendable {
        /// What it is known under.
        var id: UInt64
        /// The question, legal.
        var question: DNSQuestion
        /// When it ends without an answer.
        var deadline: ContinuousClock.Instant
        /// Who waits. Only the owning thread resumes it, once.
        var continuation: CheckedContinuation<DNSOutcome, Never>
    }
}
