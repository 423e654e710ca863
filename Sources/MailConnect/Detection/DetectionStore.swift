internal import MailModel
internal import MailNetwork
internal import Synchronization

/// Asks each question about a domain once: runs that ask while it is being answered share the answer, and it is kept as long
/// as the DNS says that its own answers hold.
///
/// Whoever is cancelled leaves at once; the others are not disturbed, and when the last is gone the asking ends.
final class DetectionStore: Sendable {
    /// The longest that an answer is kept: documents over https say nothing of how long they hold.
    static let longest = Duration.seconds(3_600)
    /// The longest that an answer is kept for which somebody gave no usable answer.
    static let longestInTrouble = Duration.seconds(5)
    /// Answers that are kept at most, of some 16 kB each.
    static let limit = 2_000

    typealias Telling = @Sendable (Evidence) -> Void

    private struct Flight {
        var number: UInt64
        var task: Task<Void, Never>?
        var told: [Evidence] = []
        var waiting: [UInt64: (emit: Telling, continuation: CheckedContinuation<DomainDetection?, Never>)] = [:]
    }

    private struct State {
        var flights: [DetectionQuestion: Flight] = [:]
        var kept: [DetectionQuestion: (detection: DomainDetection, until: ContinuousClock.Instant)] = [:]
        var lastNumber: UInt64 = 0

        mutating func nextNumber() -> UInt64 {
            lastNumber += 1
            return lastNumber
        }
    }

    private let state = Mutex(State())

    /// The answer to a question, from memory or asked.
    ///
    /// - Parameters:
    ///   - question: The question.
    ///   - emit: Told each line of the ledger, those that others heard before included.
    ///   - ask: Finds the answer; it runs once for all who wait.
    /// - Returns: The answer; nil when the task was cancelled.
    func detection(
        _ question: DetectionQuestion, emit: @escaping Telling,
        ask: @escaping @Sendable (@escaping Telling) async -> DomainDetection
    ) async -> DomainDetection? {
        if let kept = state.withLock({ Self.kept(question, in: &$0) }) {
            for line in kept.evidence { emit(line) }
            return kept
        }
        let ticket = state.withLock { $0.nextNumber() }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                state.withLock { join(question, ticket, (emit, continuation), ask, &$0) }
                // The handler may have run before there was anything to leave.
                if Task.isCancelled { leave(question, ticket) }
            }
        } onCancel: {
            leave(question, ticket)
        }
    }

    /// Forgets what is kept: the catalogue has changed.
    func forget() { state.withLock { $0.kept = [:] } }

    private static func kept(_ question: DetectionQuestion, in state: inout State) -> DomainDetection? {
        guard let kept = state.kept[question] else { return nil }
        if kept.until > .now { return kept.detection }
        state.kept[question] = nil
        return nil
    }

    private func join(
        _ question: DetectionQuestion, _ ticket: UInt64,
        _ waiting: (emit: Telling, continuation: CheckedContinuation<DomainDetection?, Never>),
        _ ask: @escaping @Sendable (@escaping Telling) async -> DomainDetection, _ state: inout State
    ) {
        if state.flights[question] == nil {
            let number = state.nextNumber()
            var flight = Flight(number: number)
            // The flight owns the task: it is cancelled when the last who waits has left.
            flight.task = Task(executorPreference: EventLoopExecutor.next()) { [self] in
                let detection = await ask { line in self.tell(line, question, number) }
                land(question, number, detection)
            }
            state.flights[question] = flight
        }
        for line in state.flights[question]?.told ?? [] { waiting.emit(line) }
        state.flights[question]?.waiting[ticket] = waiting
    }

    private func tell(_ line: Evidence, _ question: DetectionQuestion, _ number: UInt64) {
        let listeners = state.withLock { state -> [Telling] in
            guard state.flights[question]?.number == number else { return [] }
            state.flights[question]?.told.append(line)
            return state.flights[question]?.waiting.values.map(\.emit) ?? []
        }
        for listener in listeners { listener(line) }
    }

    private func land(_ question: DetectionQuestion, _ number: UInt64, _ detection: DomainDetection) {
        let waiting = state.withLock { state -> [CheckedContinuation<DomainDetection?, Never>] in
            guard state.flights[question]?.number == number, let flight = state.flights.removeValue(forKey: question)
            else { return [] }
            Self.keep(detection, question, &state)
            return flight.waiting.values.map(\.continuation)
        }
        for continuation in waiting { continuation.resume(returning: detection) }
    }

    private static func keep(_ detection: DomainDetection, _ question: DetectionQuestion, _ state: inout State) {
        var lifetime = min(detection.lifetime ?? longest, longest)
        if detection.evidence.contains(where: \.outcome.isSilent) { lifetime = min(lifetime, longestInTrouble) }
        guard lifetime > .zero else { return }
        if state.kept.count >= limit { makeRoom(in: &state) }
        state.kept[question] = (detection, .now + lifetime)
    }

    /// Lets go of what is over, and if that is not enough, of a quarter that has the least time left: one at a time would look
    /// at all of them for each domain of a long batch.
    private static func makeRoom(in state: inout State) {
        let now = ContinuousClock.now
        state.kept = state.kept.filter { $0.value.until > now }
        guard state.kept.count >= limit else { return }
        let ends = state.kept.values.map(\.until).sorted()
        let last = ends[min(ends.count - 1, limit / 4)]
        state.kept = state.kept.filter { $0.value.until > last }
    }

    private func leave(_ question: DetectionQuestion, _ ticket: UInt64) {
        let (continuation, task) = state.withLock {
            state -> (CheckedContinuation<DomainDetection?, Never>?, Task<Void, Never>?) in
            guard let left = state.flights[question]?.waiting.removeValue(forKey: ticket) else { return (nil, nil) }
            guard state.flights[question]?.waiting.isEmpty == true else { return (left.continuation, nil) }
            return (left.continuation, state.flights.removeValue(forKey: question)?.task)
        }
        continuation?.resume(returning: nil)
        task?.cancel()
    }
}
