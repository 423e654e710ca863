internal import FoundationEssentials
public import MailBatch
public import MailConnect
internal import MailJSON
internal import MailModel
internal import MailRegistration
internal import Synchronization

/// Takes rows of queued batches on this machine, as many at once as it has places, until it is stopped.
public final class QueueWorker: Sendable {
    /// What a worker works with.
    public struct Settings: Sendable {
        /// How rows are checked; of its registration only rows make use that are to be registered.
        public var options: BatchOptions
        /// Where accounts are registered, as text; rows that name another place are not registered here.
        public var base = ""
        /// What tells the API's key from others; it goes into keyed hashes only.
        public var keyName = ""
        /// Copies of each stream; nil for the usual.
        public var replicas: Int?
        /// What the machine is called.
        public var host = ""

        /// The usual.
        public init(options: BatchOptions) { self.options = options }
    }

    private let engine: Engine
    private let connection: QueueConnection
    private let keys: KeyFile
    private let settings: Settings
    private let tell: @Sendable (String) -> Void
    private let watch: @Sendable (WorkerLoad) -> Void
    private let state = Mutex(State())

    /// The most rows that wait for their registration here: two requests of a hundred.
    private static let mostRegistering = 200

    private struct State {
        var isStopping = false
        var load = WorkerLoad()
        /// Rows, by their number in the stream, that are checked and wait for their registration; they take no place.
        var registering: Set<Int> = []
        /// Messages that are under way, by their number in the stream.
        var messages: [Int: QueueMessage] = [:]
        var failure: QueueError?
        var told: Set<String> = []
    }

    /// Puts a worker together.
    ///
    /// - Parameters:
    ///   - engine: What checks accounts. It must let in as many runs as there are rows at once.
    ///   - connection: The queue.
    ///   - keys: What rows are sealed with.
    ///   - settings: How it works.
    ///   - tell: Takes what a person should know.
    ///   - watch: Told of the load, often.
    public init(
        _ engine: Engine, _ connection: QueueConnection, _ keys: KeyFile, _ settings: Settings,
        tell: @escaping @Sendable (String) -> Void, watch: @escaping @Sendable (WorkerLoad) -> Void
    ) {
        self.engine = engine
        self.connection = connection
        self.keys = keys
        self.settings = settings
        self.tell = tell
        self.watch = watch
        state.withLock { $0.load.host = settings.host }
    }

    /// Lets what is under way come to its end and takes nothing more.
    public func stop() { state.withLock { $0.isStopping = true } }

    /// Works until it is stopped.
    ///
    /// - Throws: `QueueError` for a wrong key, and when the queue cannot be used from the beginning.
    public func run() async throws {
        let queue = JetStream(connection: connection)
        try await QueueStreams(queue: queue, replicas: settings.replicas).prepare()
        let seal = Seal(file: keys)
        guard let secret = try await secret(queue, seal) else { return }
        let tools = tools(queue, seal, secret)
        let beats = Task { [self] in
            while !Task.isCancelled {
                try? await tools.liveness.beat(tools.identity, state.withLock { $0.load })
                await tools.pace.renew()
                for message in state.withLock({ Array($0.messages.values) }) { queue.isWorking(message) }
                try? await Task.sleep(for: FleetLiveness.beat)
            }
        }
        await withDiscardingTaskGroup { tasks in
            await take(queue, tools, &tasks)
        }
        beats.cancel()
        await tools.liveness.leave(tools.identity)
        await connection.flush()
        if let failure = state.withLock({ $0.failure }) { throw failure }
    }

    private var isStopping: Bool { state.withLock { $0.isStopping || $0.failure != nil } }

    /// What the fleet has in common: whoever publishes rows makes it, so without it there are none.
    private func secret(_ queue: JetStream, _ seal: Seal) async throws -> FleetSecret? {
        let bucket = KeyValue(queue: queue, bucket: QueueStreams.fleet)
        while !isStopping {
            if let secret = try await FleetSecret.read(bucket, seal, makes: false) { return secret }
            try await Task.sleep(for: .milliseconds(300))
        }
        return nil
    }

    private func tools(_ queue: JetStream, _ seal: Seal, _ secret: FleetSecret) -> WorkerTools {
        let identity = WorkerIdentity()
        let pace = KeyValue(queue: queue, bucket: QueueStreams.pace)
        let fleet = KeyValue(queue: queue, bucket: QueueStreams.fleet)
        let space = [settings.base, settings.keyName]
        let registrar = settings.options.registration.map { service in
            WorkerRegistrar(
                service,
                RegistrationClaims(
                    bucket: KeyValue(queue: queue, bucket: QueueStreams.registered), secret: secret, space: space,
                    worker: identity),
                RegistrationWindow(bucket: fleet, name: "requests." + secret.name(["requests"] + space)))
        }
        return WorkerTools(
            queue: queue, seal: seal, secret: secret, identity: identity,
            rows: RowWorker(engine: engine, options: settings.options), report: RowReport(tool: settings.options.tool),
            pace: FleetPace(pace, worker: identity.id), registrar: registrar, base: settings.base,
            tell: { [self] text in tellOnce(text) })
    }

    /// The same words are said once.
    private func tellOnce(_ text: String) {
        let isNew = state.withLock { state in
            if state.told.count > 10_000 { state.told = [] }
            return state.told.insert(text).inserted
        }
        if isNew { tell(text) }
    }
}

/// Taking rows.
extension QueueWorker {
    /// A lane as the queue tells it.
    private struct Waiting {
        var name: String
        /// Rows that nobody has had yet.
        var pending: Int
        /// Rows that somebody has, or that come again.
        var underWay: Int
    }

    private func take(_ queue: JetStream, _ tools: WorkerTools, _ tasks: inout DiscardingTaskGroup) async {
        var turn = 0
        while !isStopping {
            let free = freePlaces
            let lanes = free > 0 ? await lanes(queue) : []
            guard free > 0, !lanes.isEmpty else {
                try? await Task.sleep(for: .milliseconds(free > 0 ? 250 : 20))
                continue
            }
            turn += 1
            // Each lane has its share of the places; who is first changes.
            let chosen = (0..<min(lanes.count, free)).map { lanes[(turn + $0) % lanes.count] }
            let share = max(1, free / chosen.count)
            let (rows, continuation) = AsyncStream.makeStream(of: QueueMessage.self)
            async let pulled: Void = withTaskGroup(of: Void.self) { group in
                for lane in chosen {
                    let most = max(1, min(share, lane.pending))
                    group.addTask {
                        _ = await PullRequest.run(
                            queue, QueueStreams.rows, lane.name, most: most, within: .milliseconds(300)
                        ) { continuation.yield($0) }
                    }
                }
                await group.waitForAll()
                continuation.finish()
            }
            for await message in rows { begin(message, tools, &tasks) }
            await pulled
        }
    }

    /// How many rows may be begun.
    private var freePlaces: Int {
        state.withLock { state in
            let registering = min(state.registering.count, Self.mostRegistering)
            return settings.options.concurrency - (state.load.inFlight - registering)
        }
    }

    /// The lanes with rows in them, busy ones first.
    private func lanes(_ queue: JetStream) async -> [Waiting] {
        var result: [Waiting] = []
        var offset = 0
        while true {
            guard
                let answer = try? await queue.api(
                    "CONSUMER.LIST.\(QueueStreams.rows)", ["offset": .integer(offset)], within: .seconds(3)),
                let consumers = answer["consumers"]?.elements
            else { return result }
            for consumer in consumers {
                guard let name = consumer["name"]?.text else { continue }
                let lane = Waiting(
                    name: name, pending: consumer["num_pending"]?.integer ?? 0,
                    underWay: consumer["num_ack_pending"]?.integer ?? 0)
                if lane.pending > 0 || lane.underWay > 0 { result.append(lane) }
            }
            offset += consumers.count
            guard !consumers.isEmpty, offset < answer["total"]?.integer ?? 0 else { return result }
        }
    }

    private func begin(_ message: QueueMessage, _ tools: WorkerTools, _ tasks: inout DiscardingTaskGroup) {
        guard let sequence = message.place?.sequence else { return }
        let load = state.withLock { state -> WorkerLoad? in
            // It came again while it is under way here: the first one goes on.
            guard state.messages.updateValue(message, forKey: sequence) == nil else { return nil }
            state.load.inFlight += 1
            return state.load
        }
        guard let load else { return }
        watch(load)
        tasks.addTask { [self] in
            let delivery = RowDelivery(tools: tools, message: message) { [self] in
                state.withLock { _ = $0.registering.insert(sequence) }
            }
            let end = await delivery.run()
            let load = state.withLock { state in
                state.messages[sequence] = nil
                state.registering.remove(sequence)
                state.load.inFlight -= 1
                switch end {
                case .answered: state.load.done += 1
                case .passed: break
                case .wrongKey(let error): state.failure = state.failure ?? error
                }
                return state.load
            }
            watch(load)
        }
    }
}
