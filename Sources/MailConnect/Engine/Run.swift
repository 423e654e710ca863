internal import FoundationEssentials
public import MailModel
internal import MailNetwork
internal import Synchronization

/// A piece of work that is under way: what it finds out, as it finds it out, and what it comes to.
///
/// It begins when it is made. Whoever lets go of it, or is cancelled while waiting for `result`, ends it: its connections are
/// closed at once, `result` throws `CancellationError`, and no finding is made of it.
///
/// ```swift
/// let run = engine.check(account)
/// for await event in run.events { show(event) }
/// let diagnosis = try await run.result
/// ```
public final class Run<Result: Sendable>: Sendable {
    /// The name of the run; its events bear it.
    public let id: RunID
    /// What happens, in order, from the beginning; it ends with the run. There is one reader: two would share the events.
    public let events: AsyncStream<RunEvent>
    private let task: Task<Result, any Error>

    /// Begins.
    ///
    /// - Parameters:
    ///   - channel: Where the events go.
    ///   - executor: Where the work is done: beside its connections, or on the shared threads when it calculates for long.
    ///   - body: The work; it ends soon when its task is cancelled.
    init(
        _ channel: RunChannel, on executor: (any TaskExecutor)? = EventLoopExecutor.next(),
        _ body: @escaping @Sendable (RunChannel) async throws -> Result
    ) {
        id = channel.id
        events = channel.events
        task = Task(executorPreference: executor) {
            defer { channel.finish() }
            return try await body(channel)
        }
    }

    deinit { task.cancel() }

    /// What the run comes to.
    ///
    /// - Throws: `CancellationError` when it was cancelled, `EngineError` when it could not begin.
    public var result: Result {
        get async throws {
            try await withTaskCancellationHandler {
                try await task.value
            } onCancel: {
                task.cancel()
            }
        }
    }

    /// Ends the run early.
    public func cancel() { task.cancel() }
}

/// The way of one run's events: to whoever reads them, and to the diagnosis that they fold into.
final class RunChannel: Sendable {
    let id = RunID()
    let events: AsyncStream<RunEvent>
    private let continuation: AsyncStream<RunEvent>.Continuation
    private let state: Mutex<State>

    private struct State {
        var began: ContinuousClock.Instant
        var fold: DiagnosisFold?
        var lines = 0
    }

    /// Lines of dialogue that one run tells: a server that talks without end must not fill the memory.
    static let transcriptLimit = 4_000

    /// A channel of a run that began at some moment, maybe before now.
    init(began: ContinuousClock.Instant = .now) {
        (events, continuation) = AsyncStream.makeStream(of: RunEvent.self)
        state = Mutex(State(began: began))
    }

    /// The run begins now and not when it was asked for: it has waited for its turn.
    func begin(at instant: ContinuousClock.Instant, about address: EmailAddress?, _ domain: DomainName, _ date: Date) {
        state.withLock {
            $0.began = instant
            $0.fold = DiagnosisFold(address: address, domain: domain, startedAt: date)
        }
    }

    /// When the run began.
    var began: ContinuousClock.Instant { state.withLock { $0.began } }

    /// What the events come to so far; nil when the run is not about an account.
    var fold: DiagnosisFold? { state.withLock { $0.fold } }

    /// Tells an event. Of a run that is cancelled nothing more is told but what became of a registration.
    func emit(_ kind: RunEvent.Kind) {
        if Task.isCancelled, !kind.outlivesCancelling { return }
        state.withLock { state in
            if case .transcript = kind {
                state.lines += 1
                guard state.lines <= Self.transcriptLimit else { return }
            }
            let event = RunEvent(runID: id, offset: .now - state.began, kind: kind)
            state.fold?.take(event)
            // In the lock, so that everybody sees the events in one order.
            continuation.yield(event)
        }
    }

    /// No event follows.
    func finish() { continuation.finish() }

    /// The channel as connections see it.
    func sink(keepsTranscript: Bool) -> RunSink {
        RunSink(began: began, keepsTranscript: keepsTranscript) { self.emit($0) }
    }
}

extension RunEvent.Kind {
    fileprivate var outlivesCancelling: Bool {
        switch self {
        case .registering, .registration: true
        default: false
        }
    }
}

/// Where connections tell what they see.
struct RunSink: Sendable {
    let began: ContinuousClock.Instant
    let keepsTranscript: Bool
    let emit: @Sendable (RunEvent.Kind) -> Void

    /// Tells checks that came to their end.
    func observations(_ observations: [Observation]) {
        for observation in observations { emit(.observation(observation)) }
    }

    /// Tells that a stage begins.
    func waiting(_ stage: Stage, at endpoint: Endpoint) { emit(.waiting(RunWait(stage: stage, endpoint: endpoint))) }

    /// Tells a line of the dialogue, secrets masked.
    func note(_ text: String, _ direction: TranscriptEntry.Direction, at endpoint: Endpoint) {
        guard keepsTranscript else { return }
        emit(
            .transcript(
                TranscriptEntry(at: .now - began, endpoint: endpoint, direction: direction, text: text)))
    }

    /// The same, but for the observations: they are told by somebody else, later.
    var withoutObservations: RunSink {
        let emit = emit
        return RunSink(began: began, keepsTranscript: keepsTranscript) { kind in
            if case .observation = kind { return }
            emit(kind)
        }
    }
}

/// Holds events back until it is known whether they count.
final class EventBuffer: Sendable {
    private let events = Mutex<[RunEvent.Kind]>([])

    /// A sink that leads in here.
    func sink(like other: RunSink) -> RunSink {
        RunSink(began: other.began, keepsTranscript: other.keepsTranscript) { kind in
            self.events.withLock { $0.append(kind) }
        }
    }

    /// Passes everything on.
    func flush(into sink: RunSink?) {
        guard let sink else { return }
        for kind in events.withLock({ $0 }) { sink.emit(kind) }
    }
}
