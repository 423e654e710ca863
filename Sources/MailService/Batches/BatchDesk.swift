internal import FoundationEssentials
internal import MailBatch
internal import MailConnect
internal import MailModel
internal import MailNetwork
internal import Synchronization

/// All batches of the service.
final class BatchDesk: Sendable {
    private let configuration: ServiceConfiguration
    private let engine: Engine
    private let folder: BatchFolder?
    private let metrics: ServiceMetrics
    /// What is begun at which server, by batches and single runs alike.
    let tally = LoginTally()
    private let batches = Mutex<[String: RunningBatch]>([:])
    /// How many there may be in work.
    let places: RunPlaces

    /// Ended batches whose events stay in memory, and how many these may be; of older ones the rows are read from their files.
    private static let mostEnded = (batches: 32, events: 100_000)

    init(configuration: ServiceConfiguration, engine: Engine, metrics: ServiceMetrics) {
        self.metrics = metrics
        self.configuration = configuration
        self.engine = engine
        folder = configuration.stateDirectory.map { BatchFolder(path: $0) }
        places = RunPlaces(
            most: configuration.maximumBatches, mostOfClient: configuration.maximumBatchesPerClient, what: "batches")
        tidy()
    }

    /// How many servers are left alone by batches now.
    var pauses: Int { batches.withLock { $0.values.reduce(0) { $0 + $1.progress.pauses.count } } }

    /// What was in work when the service ended is in work no longer; what is old is removed.
    private func tidy() {
        guard let folder else { return }
        for var record in folder.records() {
            if Date().timeIntervalSince(record.createdAt) > BatchFolder.keptFor {
                folder.remove(record.id)
            } else if record.status == .running {
                record.status = .interrupted
                try? folder.write(record)
            }
        }
    }

    /// Takes a batch and begins it.
    ///
    /// - Parameters:
    ///   - rows: Its rows.
    ///   - client: Whose it is.
    ///   - choices: How it is done.
    ///   - tasks: What follows it to its end.
    /// - Returns: Its name.
    /// - Throws: `Problem`.
    func begin(
        _ rows: BatchRows, for client: Client, _ choices: BatchChoices, tasks: BackgroundTasks
    ) throws(Problem) -> String {
        guard let folder else {
            throw .later(.journalUnavailable, "there is no folder for batches", seconds: 60)
        }
        let place = try places.place(for: client)
        try folder.prepare()
        let record = BatchRecord(
            id: BatchID.new(), client: client.key, registers: choices.registers, createdAt: Date(), status: .running)
        let state: BatchState
        do throws(BatchStateError) {
            state = try BatchState(path: folder.state(record.id))
        } catch {
            throw .later(.journalUnavailable, "the state of the batch cannot be kept", seconds: 60)
        }
        try folder.write(record)
        let running = RunningBatch(record, state, folder, metrics)
        batches.withLock { batches in
            batches[record.id] = running
            for id in Self.forgotten(batches.values.map(\.self)) { batches[id] = nil }
        }
        let work = BatchWork(
            engine: engine, state: state, options: options(choices), queue: configuration.queue, choices: choices)
        tasks.follow(running.begin(rows, work) { withExtendedLifetime(place) {} })
        return record.id
    }

    /// Which ended batches give way: the oldest ones.
    private static func forgotten(_ batches: [RunningBatch]) -> [String] {
        var (count, events) = (0, 0)
        let ended = batches.map { (record: $0.record, events: $0.feed.count) }
            .filter { $0.record.status != .running }.sorted { $0.record.createdAt > $1.record.createdAt }
        return ended.filter { batch in
            count += 1
            events += batch.events
            return count > mostEnded.batches || events > mostEnded.events
        }.map(\.record.id)
    }

    /// A batch of a client: in memory, or as its files have it.
    enum Found {
        case here(RunningBatch)
        case kept(BatchRecord, BatchState)
    }

    /// Finds a batch. That of another client is not there.
    func find(_ id: String, of client: Client) throws(Problem) -> Found {
        let missing = Problem(.notFound, "there is no such batch")
        if let running = batches.withLock({ $0[id] }) {
            guard running.record.client == client.key else { throw missing }
            return .here(running)
        }
        guard let folder, let record = folder.record(id), record.client == client.key,
            let state = try? BatchState(path: folder.state(id), isContinued: false)
        else { throw missing }
        return .kept(record, state)
    }

    /// Begins nothing more; rows under way come to their end.
    func stop() {
        places.close()
        for batch in batches.withLock({ $0.values.map(\.self) }) { batch.stop() }
    }

    private func options(_ choices: BatchChoices) -> BatchOptions {
        var options = BatchOptions(tool: configuration.tool)
        options.concurrency = BatchOptions.concurrency(
            wanted: BatchOptions.usualConcurrency, descriptors: DescriptorLimit.current)
        options.isPaced = configuration.isPaced
        options.tally = tally
        options.registration = choices.registers ? configuration.registration : nil
        options.acceptsWarnings = choices.acceptsWarnings
        let secrets = configuration.secrets
        options.shape = { $0.otherSecrets = secrets }
        return options
    }
}
