internal import FoundationEssentials
internal import MailBatch
internal import MailConnect
internal import MailJSON
internal import MailModel
internal import Synchronization

/// A batch in work, or one that has ended and whose events are still there.
final class RunningBatch: BatchSink {
    let feed = EventFeed<Bool>()
    let state: BatchState
    private let folder: BatchFolder
    private let metrics: ServiceMetrics
    private let live: Mutex<Live>

    private struct Live {
        var record: BatchRecord
        var progress = BatchProgress()
        var told = ContinuousClock.now
        var task: Task<Void, Never>?
        var isCancelled = false
        var batch: Batch?
        var isStopping = false
    }

    init(_ record: BatchRecord, _ state: BatchState, _ folder: BatchFolder, _ metrics: ServiceMetrics) {
        self.metrics = metrics
        self.state = state
        self.folder = folder
        live = Mutex(Live(record: record))
    }

    /// What is known of it.
    var record: BatchRecord { live.withLock { $0.record } }

    /// How far it is.
    var progress: BatchProgress { live.withLock { $0.progress } }

    /// Works the rows off.
    ///
    /// - Parameters:
    ///   - rows: The rows.
    ///   - work: How they are checked.
    ///   - ended: Told when it is over.
    /// - Returns: The work.
    func begin(_ rows: BatchRows, _ work: BatchWork, ended: @escaping @Sendable () -> Void) -> Task<Void, Never> {
        let task = Task {
            let began = ContinuousClock.now
            let status: BatchRecord.Status
            do {
                status = try await worked(rows, work) ? .interrupted : .done
            } catch {
                status = .interrupted
            }
            await finish(status, .now - began)
            ended()
        }
        let isCancelled = live.withLock { live in
            live.task = task
            return live.isCancelled
        }
        if isCancelled { task.cancel() }
        return task
    }

    /// Works the rows off, here or on other machines; says whether it was interrupted.
    private func worked(_ rows: BatchRows, _ work: BatchWork) async throws -> Bool {
        var options = work.options
        let choices = work.choices
        let queued = try await work.queue?.open(
            state, registers: choices.registers, acceptsWarnings: choices.acceptsWarnings, isPaced: options.isPaced)
        options.remote = queued?.rows
        let batch = Batch(engine: work.engine, state: state, options: options)
        let isStopping = live.withLock { live in
            live.batch = batch
            return live.isStopping
        }
        if isStopping { batch.stop() }
        do {
            let isInterrupted = try await batch.run(rows, into: self).isInterrupted
            await queued?.end(isInterrupted)
            return isInterrupted
        } catch {
            await queued?.end(true)
            throw error
        }
    }

    /// Lets what is under way come to its end and begins nothing more.
    func stop() {
        let batch = live.withLock { live in
            live.isStopping = true
            return live.batch
        }
        batch?.stop()
    }

    /// Ends it: connections are closed, rows that are not answered stay so.
    func cancel() {
        let task = live.withLock { live in
            live.isCancelled = true
            return live.task
        }
        task?.cancel()
    }

    private func finish(_ status: BatchRecord.Status, _ duration: Duration) async {
        let record = live.withLock { live in
            live.record.status = live.isCancelled && status != .done ? .cancelled : status
            live.record.duration = duration
            live.progress.pauses = []
            live.task = nil
            live.batch = nil
            return live.record
        }
        try? folder.write(record)
        let summary = try? await BatchSummaryJSON.of(record, state, progress)
        feed.tell("summary", (summary ?? .null).rendered(.compact))
        feed.finish(true)
    }

    // MARK: - What the batch tells

    func take(_ answer: RowAnswer) async throws {
        metrics.ended(answer)
        feed.tell("row", RowEventJSON.data(answer).rendered(.compact))
    }

    func progress(_ progress: BatchProgress) {
        let isDue = live.withLock { live in
            live.progress = progress
            guard ContinuousClock.now - live.told >= .seconds(1) else { return false }
            live.told = .now
            return true
        }
        if isDue { feed.tell("progress", BatchSummaryJSON.progress(progress).rendered(.compact)) }
    }
}

/// How the rows of a batch are checked.
struct BatchWork: Sendable {
    let engine: Engine
    let state: BatchState
    let options: BatchOptions
    let queue: (any BatchQueue)?
    let choices: BatchChoices
}

/// How a row's answer is told as an event: what it comes to. The whole report stands in the results.
enum RowEventJSON {
    static func data(_ answer: RowAnswer) -> JSONValue {
        [
            "row": .integer(answer.number), "line": .integer(answer.line),
            "address": answer.address.isEmpty ? .null : .text(answer.address), "status": .integer(answer.status),
            "verdict": .optional(answer.verdict?.rawValue), "cause": .optional(answer.cause),
            "summary": .optional(answer.sentence), "who": .optional(answer.who), "fix": .optional(answer.fix),
            "scope": .optional(answer.scope), "provider": .optional(answer.provider),
            "registration": .optional(answer.registration?.rawValue), "inbox_id": .optional(answer.inboxID),
            "daily_limit": .optional(answer.dailyLimit),
        ]
    }
}

/// A batch as it is told: as `batch --json` ends, with its name, how far it is, and whether it goes on.
enum BatchSummaryJSON {
    static func of(_ record: BatchRecord, _ state: BatchState, _ progress: BatchProgress?) async throws -> JSONValue {
        let duration = record.duration ?? .seconds(max(0, Date().timeIntervalSince(record.createdAt)))
        let summary = BatchSummary(try await state.summaryGroups(), duration: duration)
        guard case .object(let told) = try JSONParser.parse(Array(summary.json.utf8)) else { return .null }
        var object: JSONObject = ["schema": told["schema"] ?? 1, "command": "batch"]
        object["batch_id"] = .text(record.id)
        object["status"] = .text(record.status.rawValue)
        object["register"] = .bool(record.registers)
        object["created_at"] = JSONDescription<Date>.date.write(record.createdAt)
        object["progress"] = progress.map(self.progress) ?? .null
        object["summary"] = told["summary"]
        return .object(object)
    }

    static func progress(_ progress: BatchProgress) -> JSONValue {
        [
            "read": .integer(progress.read), "all_read": .bool(progress.isAllRead),
            "done": .integer(progress.done), "ready": .integer(progress.ready),
            "failing": .integer(progress.failing), "unclear": .integer(progress.unclear),
            "in_flight": .integer(progress.inFlight), "registering": .integer(progress.registering),
            "pauses": .list(
                progress.pauses.map { ["host": .text($0.host), "seconds": .optional($0.seconds)] }),
        ]
    }
}
