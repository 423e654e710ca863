import MailConnect
import MailModel
import MailRegistration
import ProviderCatalog

/// The loop of a batch: everything that decides, one step after the other. The work itself is done by tasks beside it.
struct BatchLoop {
    let engine: Engine
    let state: BatchState
    let options: BatchOptions
    let sink: any BatchSink
    let isStopping: @Sendable () -> Bool

    private let began = ContinuousClock.now
    private let worker: RowWorker
    private let report: RowReport
    private var scheduler = PaceScheduler<RowJob>()
    private var progress = BatchProgress()
    private var notes: [RowNote: Int] = [:]
    private var leftovers = BatchState.Leftovers()
    private var registrar: BatchRegistrar?
    private let gauge = LoadGauge()
    private var detecting = 0
    private var checking = 0
    private var isReading = false
    private var timer: Task<Void, Never>?
    private var ready: [RowJob] = []
    private let member: LoginTally.Member?
    private var tallied = 0

    init(
        engine: Engine, state: BatchState, options: BatchOptions, sink: any BatchSink,
        isStopping: @escaping @Sendable () -> Bool
    ) {
        self.engine = engine
        self.state = state
        self.options = options
        self.sink = sink
        self.isStopping = isStopping
        worker = RowWorker(engine: engine, options: options)
        report = RowReport(tool: options.tool)
        member = options.tally?.join()
        registrar = options.remote == nil ? options.registration.map { BatchRegistrar(service: $0) } : nil
    }

    /// What a task beside the loop brings.
    private enum Step: Sendable {
        case read([InputItem]?)
        case detected(RowJob)
        case unusable(RowJob, InputProblem)
        case checked(RowEnd)
        case answered(RowJob, round: Int, RowAnswer?)
        case registered([BatchRegistrar.End])
        case woke
    }

    private typealias Tasks = ThrowingTaskGroup<Step, any Error>

    mutating func run(_ source: some BatchSource) async throws -> Batch.Result {
        try await state.checkPlace(isRemote: options.remote != nil)
        var loop = self
        gauge.start()
        try await withThrowingTaskGroup(of: Step.self) { tasks in
            do {
                try await loop.work(source, &tasks)
            } catch {
                tasks.cancelAll()
                throw error
            }
        }
        self = loop
        let stopped = scheduler.states.filter(\.value.isStopped).map(\.key.host)
        return Batch.Result(
            progress: progress, leftovers: leftovers, notes: notes,
            isInterrupted: !(progress.isAllRead && progress.done == progress.read),
            stopped: Array(Set(stopped)).sorted(), duration: .now - began)
    }

    private var now: Duration { .now - began }

    private mutating func work(_ source: some BatchSource, _ tasks: inout Tasks) async throws {
        while true {
            try Task.checkCancellation()
            progress.isStopping = isStopping()
            if progress.isStopping { await dropWaiting() } else { advance(source, &tasks) }
            try await flushRegistrations(&tasks)
            // A part that waits for a hundredth is looked at again, though nothing else may happen.
            if progress.registering > 0 { wait(now + .seconds(1), &tasks) }
            tell()
            guard isReading || detecting > 0 || checking > 0 || progress.registering > 0 || timer != nil else { break }
            guard let step = try await tasks.next() else { break }
            try await take(step)
        }
    }

    /// Accounts that are begun however far behind the process is.
    private static let always = 32

    /// Begins what there is room for.
    private mutating func advance(_ source: some BatchSource, _ tasks: inout Tasks) {
        let limit = options.concurrency
        if !isReading, !progress.isAllRead, scheduler.waiting + ready.count + detecting < BatchOptions.window {
            isReading = true
            tasks.addTask { .read(try await source.next()) }
        }
        while detecting < limit, let job = ready.popLast() {
            detecting += 1
            let worker = worker
            tasks.addTask {
                do throws(InputProblem) { return .detected(try await worker.detected(job)) } catch {
                    return .unusable(job, error)
                }
            }
        }
        countOthers()
        let most = options.remote == nil ? limit : BatchOptions.window
        while checking < most {
            // A few always, so that it goes on; more only while there is somebody to do the work.
            if options.remote == nil, checking >= Self.always, gauge.isBehind {
                return wait(now + .milliseconds(100), &tasks)
            }
            switch scheduler.next(now: now) {
            case .start(let job):
                checking += 1
                if let member { for key in job.keys { options.tally?.count(at: key, by: member) } }
                check(job, &tasks)
            case .wait(let until):
                wait(until, &tasks)
                return
            case .idle: return
            }
        }
    }

    /// Checks an account, here or where somebody else does it.
    private func check(_ job: RowJob, _ tasks: inout Tasks) {
        let (worker, state) = (worker, state)
        if let remote = options.remote {
            tasks.addTask {
                let round = try await state.round(of: job.tag)
                return .answered(job, round: round, try await remote.answer(job, round: round))
            }
            return
        }
        let trustsEarlier = options.registration == nil
        tasks.addTask {
            .checked(
                try await worker.checked(
                    job, BatchLoginGuard(state: state, tag: job.tag, trustsEarlier: trustsEarlier)))
        }
    }

    /// What others began at the servers since the last look.
    private mutating func countOthers() {
        guard let tally = options.tally, let member else { return }
        for (key, time) in tally.others(than: member, from: &tallied) {
            scheduler.foreign(at: key, time: time - began, now: now)
        }
    }

    private mutating func wait(_ until: Duration, _ tasks: inout Tasks) {
        guard timer == nil else { return }
        let pause = max(.milliseconds(10), min(until - now, .seconds(1)))
        let sleep = Task { _ = try? await Task.sleep(for: pause) }
        timer = sleep
        tasks.addTask {
            await withTaskCancellationHandler {
                await sleep.value
            } onCancel: {
                sleep.cancel()
            }
            return .woke
        }
    }

    private mutating func dropWaiting() async {
        await options.remote?.leave()
        _ = scheduler.takeAll()
        ready = []
        timer?.cancel()
    }

    private mutating func take(_ step: Step) async throws {
        switch step {
        case .woke: timer = nil
        case .read(let items):
            isReading = false
            guard let items else {
                progress.isAllRead = true
                leftovers = try await state.finishReading()
                return
            }
            try await enter(items)
        case .detected(let job):
            detecting -= 1
            schedule(job)
        case .unusable(let job, let problem):
            detecting -= 1
            var placed = problem
            placed.line = problem.line ?? job.row.line
            try await finish(
                job.tag,
                report.answer(
                    number: job.row.number, line: job.row.line, placed, address: job.row.address.description))
        case .checked(let end):
            checking -= 1
            try await checked(end)
        case .answered(let job, let round, let answer):
            checking -= 1
            scheduler.ended(at: job.keys)
            guard var answer else { return }
            answer.place(number: job.row.number, line: job.row.line)
            try await finish(job.tag, answer)
            await options.remote?.stored(job, round: round)
        case .registered(let ends):
            progress.registering -= ends.count
            for end in ends {
                try await finish(end.job.tag, report.answer(end.job.row, end.diagnosis, end.outcome))
            }
        }
    }

    private mutating func tell() {
        progress.inFlight = checking + detecting
        let now = now
        progress.pauses = scheduler.states.compactMap { key, server in
            if server.isStopped { return BatchProgress.Pause(host: key.host, seconds: nil) }
            guard let until = server.pausedUntil, until > now else { return nil }
            return BatchProgress.Pause(host: key.host, seconds: Int((until - now) / .seconds(1)) + 1)
        }
        sink.progress(progress)
    }
}

/// Rows as they come and as they go.
extension BatchLoop {
    /// Takes rows in, and answers those at once of which everything is known.
    private mutating func enter(_ items: [InputItem]) async throws {
        progress.read += items.count
        let purpose = options.registration.map { "register \($0.base)" } ?? "check"
        var entries: [BatchState.Entry] = []
        for item in items {
            switch item {
            case .row(let row):
                entries.append(
                    BatchState.Entry(
                        tag: state.tags.tag(of: row, for: purpose), number: row.number, line: row.line,
                        address: row.address.description.lowercased(), cells: row.cells))
            case .bad(let number, let line, let problem, _):
                entries.append(
                    BatchState.Entry(
                        tag: state.tags.tag(of: problem, number: number), number: number, line: line, address: "",
                        cells: []))
            }
        }
        let known = try await state.enter(entries, retry: options.retry)
        for ((item, entry), known) in zip(zip(items, entries), known) { try await enter(item, entry, known) }
    }

    private mutating func enter(
        _ item: InputItem, _ entry: BatchState.Entry, _ known: BatchState.Knowledge
    ) async throws {
        if case .row(let row) = item { for note in row.notes { notes[note, default: 0] += 1 } }
        switch (item, known) {
        case (_, .answered(let answer)):
            progress.count(answer)
            try await sink.take(answer)
        case (.bad(let number, let line, let problem, let address), _):
            try await finish(entry.tag, report.answer(number: number, line: line, problem, address: address))
        case (.row(let row), .duplicate(let number, let line)):
            let problem = InputProblem(
                .duplicateAddress, "the same address stands in row \(number) (line \(line)); that one counts",
                line: row.line)
            let tag = state.tags.tag(of: problem, number: row.number)
            let double = BatchState.Entry(
                tag: tag, number: row.number, line: row.line, address: "", cells: row.cells)
            _ = try await state.enter([double], retry: .none)
            try await finish(
                tag,
                report.answer(number: row.number, line: row.line, problem, address: row.address.description))
        case (.row(let row), .interrupted): ready.append(worker.job(row, entry.tag, isInterrupted: true))
        case (.row(let row), .new): ready.append(worker.job(row, entry.tag, isInterrupted: false))
        }
    }

    /// The answer is in the state file before anybody sees it.
    private mutating func finish(_ tag: [UInt8], _ answer: RowAnswer) async throws {
        try await state.answer(tag, answer)
        progress.count(answer)
        progress.answeredNow += 1
        try await sink.take(answer)
    }

    private mutating func schedule(_ job: RowJob) {
        scheduler.add(job, at: job.keys, worker.manners(of: job))
    }

    private mutating func checked(_ end: RowEnd) async throws {
        scheduler.ended(at: end.job.keys)
        let complaints = end.complaints
        for (key, pause) in complaints { scheduler.complaint(of: key, pause: pause, now: now) }
        for key in end.answered { scheduler.answered(by: key, now: now) }
        if !complaints.isEmpty { try await leaveStopped() }
        // Before a login nothing was lost: the row waits for its turn once more.
        if !complaints.isEmpty, !end.hasSent, end.job.tries < RowWorker.mostTries, !isStopping() {
            var job = end.job
            job.tries += 1
            let isStopped = job.keys.contains { scheduler.states[$0]?.isStopped == true }
            if !isStopped { return schedule(job) }
        }
        guard let registrar else {
            return try await finish(end.job.tag, report.answer(end.job.row, end.diagnosis, nil))
        }
        switch try await worker.registration(of: end, registrar) {
        case .denied(let outcome):
            try await finish(end.job.tag, report.answer(end.job.row, end.diagnosis, outcome))
        case .item(let item, let notes):
            progress.registering += 1
            await registrar.add(
                BatchRegistrar.Waiting(job: end.job, diagnosis: end.diagnosis, item: item, notes: notes))
        }
    }

    /// The rest of a server's accounts when it said too often that it is too much.
    private mutating func leaveStopped() async throws {
        for job in scheduler.takeStopped() {
            let host = job.keys.first { scheduler.states[$0]?.isStopped == true }?.host ?? ""
            try await finish(job.tag, report.answer(job.row, worker.left(job, host), nil))
        }
    }

    /// Sends what waits to be registered: a hundred at once, or what there is when nothing more comes soon.
    private mutating func flushRegistrations(_ tasks: inout Tasks) async throws {
        guard let registrar else { return }
        let isLast = checking == 0 && detecting == 0 && (!isReading || progress.isStopping) && ready.isEmpty
        while let part = await registrar.part(isLast: isLast) {
            tasks.addTask { .registered(try await registrar.register(part)) }
        }
    }
}
