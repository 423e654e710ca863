internal import FoundationEssentials
public import MailBatch
internal import MailConnect
internal import MailJSON
internal import MailModel
public import MailReport

/// A batch's rows on a queue: each is sealed and handed over, and its answer is waited for.
///
/// Handing over twice is harmless: a row's message has a name, by which the queue knows it for ten minutes and the workers' guard for
/// two weeks. So a batch that died and goes on hands over what is not answered, without asking what became of it.
public actor QueuedRows: RemoteRows {
    /// What is to be done with all rows.
    public struct Orders: Sendable {
        /// Whether those that are proved are registered.
        public var registers = false
        /// Where; nil for where the workers register.
        public var base: String?
        /// Whether accounts with warnings are registered too.
        public var acceptsWarnings = false
        /// Whether providers are spared.
        public var isPaced = true
        /// Which program makes the reports that no worker makes.
        public var tool: ToolIdentity

        /// Checks only.
        public init(tool: ToolIdentity) { self.tool = tool }
    }

    private struct Name: Hashable {
        var row: String
        var round: Int
    }

    private enum Arrival {
        case answer(RowAnswer)
        case refused
        case left
    }

    private let queue: JetStream
    private let streams: QueueStreams
    private let seal: Seal
    private let orders: Orders
    private let manners: @Sendable (RowJob) -> [Manners]
    private let tell: @Sendable (String) -> Void
    private let batch: String
    private var choice = LaneChoice()
    private var lanes: [Lane: Task<Void, any Error>] = [:]
    private var waiting: [Name: CheckedContinuation<Arrival, Never>] = [:]
    private var early: [Name: Arrival] = [:]
    private var messages: [Name: [QueueMessage]] = [:]
    private var isLeft = false
    private var readers: [Task<Void, Never>] = []

    /// How often a row is handed over whose message was changed on its way.
    private static let mostTries = 3

    /// Begins to follow a batch's answers.
    ///
    /// - Parameters:
    ///   - connection: The queue.
    ///   - keys: What rows are sealed with.
    ///   - state: The batch's state file, which names it.
    ///   - orders: What is to be done.
    ///   - replicas: Copies of each stream; nil for the usual.
    ///   - tell: Takes warnings for a person.
    /// - Throws: `QueueError`.
    public init(
        _ connection: QueueConnection, _ keys: KeyFile, _ state: BatchState, _ orders: Orders, replicas: Int?,
        tell: @escaping @Sendable (String) -> Void
    ) async throws {
        queue = JetStream(connection: connection)
        streams = QueueStreams(queue: queue, replicas: replicas)
        seal = Seal(file: keys)
        self.orders = orders
        self.tell = tell
        batch = QueueText.hexadecimal(state.batchName)
        manners = RowWorker.manners(paced: orders.isPaced)
        try await streams.prepare()
        _ = try await FleetSecret.read(KeyValue(queue: queue, bucket: QueueStreams.fleet), seal, makes: true)
        try await streams.consumer(
            QueueStreams.results, "batch-\(batch)", filter: "mailconnect.results.\(batch)", most: 20_000)
        let (answers, continuation) = AsyncStream.makeStream(of: QueueMessage.self)
        let (queue, consumer) = (queue, "batch-\(batch)")
        readers.append(
            Task {
                while !Task.isCancelled {
                    _ = await PullRequest.run(
                        queue, QueueStreams.results, consumer, most: 500, within: .seconds(2)
                    ) { continuation.yield($0) }
                    // While the queue is gone the request ends at once.
                    if !queue.connection.isUp { try? await Task.sleep(for: .milliseconds(500)) }
                }
                continuation.finish()
            })
        readers.append(
            Task { [weak self] in
                for await answer in answers { await self?.take(answer) }
            })
    }

    /// Hands a row over, and waits for its answer.
    package func answer(_ job: RowJob, round: Int) async throws -> RowAnswer? {
        let name = Name(row: QueueText.hexadecimal(job.tag), round: round)
        var order = RowOrder(row: job.row, account: job.account, at: Date())
        order.registers = orders.registers
        order.base = orders.base
        order.acceptsWarnings = orders.acceptsWarnings
        order.isPaced = orders.isPaced
        let label = Seal.Label(.row, batch: batch, name: name.row, round: round)
        for number in 0..<Self.mostTries {
            if isLeft { return nil }
            if early[name] == nil {
                let sealed = try seal.sealed(order.octets, label)
                let lane = choice.lane(of: job, manners(job))
                try await made(lane)
                let id = "\(batch).\(name.row).\(round)" + (number == 0 ? "" : ".\(number)")
                try await publish(lane, id, sealed)
            }
            switch await arrival(name) {
            case .answer(let answer): return answer
            case .left: return nil
            case .refused: tell("row \(job.row.number): its message was changed in the queue; it is sent once more")
            }
        }
        return RowReport(tool: orders.tool).answer(job.row, FleetWords.refused(job), nil)
    }

    /// The answer is stored here, so the queue need not keep it.
    package func stored(_ job: RowJob, round: Int) async {
        let name = Name(row: QueueText.hexadecimal(job.tag), round: round)
        for message in messages.removeValue(forKey: name) ?? [] {
            if let reply = message.reply { queue.connection.send(reply, [], Array("+ACK".utf8)) }
        }
    }

    /// Rows that are on the queue stay there; their answers are taken when the batch goes on.
    package func leave() async {
        isLeft = true
        for waiter in waiting.values { waiter.resume(returning: .left) }
        waiting = [:]
    }

    /// All rows are answered: nothing of the batch stays in the queue.
    public func finish() async {
        for reader in readers { reader.cancel() }
        _ = try? await queue.api(
            "CONSUMER.DELETE.\(QueueStreams.results).batch-\(batch)", within: .seconds(5))
        _ = try? await queue.api(
            "STREAM.PURGE.\(QueueStreams.results)", ["filter": .text("mailconnect.results.\(batch)")],
            within: .seconds(5))
    }

    /// What was acknowledged has left.
    public func flush() async {
        for reader in readers { reader.cancel() }
        await queue.connection.flush()
    }
}

/// The parts of the way there and back.
extension QueuedRows {
    /// Lanes are made once; whoever comes meanwhile waits.
    private func made(_ lane: Lane) async throws {
        let task =
            lanes[lane]
            ?? Task { [streams] in
                try await streams.consumer(QueueStreams.rows, lane.name, filter: lane.subject, most: lane.most)
            }
        lanes[lane] = task
        do { try await task.value } catch {
            lanes[lane] = nil
            throw error
        }
    }

    private static let streamIsFull = 10_077

    private func publish(_ lane: Lane, _ id: String, _ octets: [UInt8]) async throws {
        while !isLeft {
            do {
                _ = try await queue.publish(lane.subject, [("Nats-Msg-Id", id)], octets)
                return
            } catch let error as JetStream.Refusal {
                guard error.code == Self.streamIsFull else {
                    throw QueueError(.failed, "the queue does not take a row: \(error.words)")
                }
                try await Task.sleep(for: .seconds(1))
            }
        }
    }

    private func arrival(_ name: Name) async -> Arrival {
        if let arrival = early.removeValue(forKey: name) { return arrival }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                if isLeft || Task.isCancelled { return continuation.resume(returning: .left) }
                waiting[name] = continuation
            }
        } onCancel: {
            Task { await self.end(name) }
        }
    }

    private func end(_ name: Name) { waiting.removeValue(forKey: name)?.resume(returning: .left) }

    /// Takes an answer from the queue.
    private func take(_ message: QueueMessage) async {
        do {
            let (label, octets) = try seal.opened(message.octets, .answer)
            guard label.batch == batch, let answer = QueuedAnswer(octets: octets) else { throw Seal.Refusal.notSealed }
            let name = Name(row: label.name, round: label.round)
            messages[name, default: []].append(message)
            let arrival: Arrival =
                switch answer {
                case .answer(let answer): .answer(answer)
                case .refused: .refused
                }
            if let waiter = waiting.removeValue(forKey: name) {
                waiter.resume(returning: arrival)
            } else {
                early[name] = arrival
            }
        } catch let refusal as Seal.Refusal {
            await refused(message, refusal)
        } catch {
            return
        }
    }

    private func refused(_ message: QueueMessage, _ refusal: Seal.Refusal) async {
        if case .unknownKey(let id) = refusal {
            tell(
                "an answer is sealed with the key \(ServerText(id)), which the key file does not hold; it is not taken")
            return queue.giveBack(message, after: .seconds(30))
        }
        tell("an answer in the queue was changed on its way and is not taken")
        try? await queue.terminate(message)
        guard let label = Seal.label(message.octets)?.label, label.batch == batch else { return }
        // A worker says it again when it is asked again; what was proved is not proved twice.
        let name = Name(row: label.name, round: label.round)
        waiting.removeValue(forKey: name)?.resume(returning: .refused)
    }
}
