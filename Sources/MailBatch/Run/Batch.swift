internal import FoundationEssentials
public import MailConnect
internal import MailModel
internal import MailNetwork
internal import MailRegistration
internal import ProviderCatalog
internal import Synchronization

/// Checks many accounts, and registers them where that is wanted: every row is answered once, whatever happens on the way.
///
/// Rows flow: read, looked up (each domain once), checked, registered, answered. Each step waits for the one behind it, so
/// nothing piles up; and what limits us is never told as a fault of somebody's server.
public final class Batch: Sendable {
    private let engine: Engine
    private let state: BatchState
    private let options: BatchOptions
    private let stopping = Mutex(false)

    /// What a batch came to besides its rows.
    public struct Result: Sendable {
        /// How far it came.
        public var progress: BatchProgress
        /// What reading showed.
        public var leftovers = BatchState.Leftovers()
        /// What was made of rows beyond what stands in them, and how many rows they are.
        public var notes: [RowNote: Int]
        /// Whether it was stopped before all rows were answered.
        public var isInterrupted: Bool
        /// The servers that were given up, and what of them.
        public var stopped: [String]
        /// How long it took.
        public var duration: Duration
    }

    /// Puts a batch together.
    ///
    /// - Parameters:
    ///   - engine: What checks accounts. It must let in as many runs as the batch has at once.
    ///   - state: What was done before.
    ///   - options: How it is done.
    public init(engine: Engine, state: BatchState, options: BatchOptions) {
        self.engine = engine
        self.state = state
        self.options = options
    }

    /// Lets what is under way come to its end and begins nothing more.
    public func stop() {
        stopping.withLock { $0 = true }
        guard let remote = options.remote else { return }
        Task { await remote.leave() }
    }

    /// Works a source off.
    ///
    /// - Parameters:
    ///   - source: The rows.
    ///   - sink: Who takes the answers.
    /// - Returns: What it came to.
    /// - Throws: `InputProblem` for a file that cannot be read as a whole, `BatchStateError`, `JournalError`, and what source and
    ///   sink throw. What was answered until then is kept.
    public func run(_ source: some BatchSource, into sink: some BatchSink) async throws -> Result {
        let loop = BatchLoop(
            engine: engine, state: state, options: options, sink: sink,
            isStopping: { [self] in stopping.withLock { $0 } })
        // Beside the connections: no other thread has to be woken for each step of a row.
        return try await withTaskExecutorPreference(EventLoopExecutor.next()) {
            var loop = loop
            return try await loop.run(source)
        }
    }
}
