internal import FoundationEssentials
internal import MailBatch
internal import MailConnect
internal import MailModel
internal import MailRegistration

/// What a worker shares between its rows.
struct WorkerTools: Sendable {
    var queue: JetStream
    var seal: Seal
    var secret: FleetSecret
    var identity: WorkerIdentity
    var rows: RowWorker
    var report: RowReport
    var pace: FleetPace
    var registrar: WorkerRegistrar?
    /// Where this worker registers.
    var base: String
    var tell: @Sendable (String) -> Void

    var guards: KeyValue { KeyValue(queue: queue, bucket: QueueStreams.guards) }
    var liveness: FleetLiveness { FleetLiveness(bucket: KeyValue(queue: queue, bucket: QueueStreams.pace)) }
}

/// The way of one message through a worker: opened, its turn at its servers, claimed, checked, registered, answered, and only then
/// acknowledged.
struct RowDelivery: Sendable {
    let tools: WorkerTools
    let message: QueueMessage
    /// Told when the row is checked and waits for its registration only: the worker's place is free for another.
    let isChecked: @Sendable () -> Void

    /// What became of the message.
    enum End: Sendable {
        /// The row is answered.
        case answered
        /// It is given back, or nothing had to be done.
        case passed
        /// The key file is not that of the queue.
        case wrongKey(QueueError)
    }

    private var queue: JetStream { tools.queue }

    func run() async -> End {
        do {
            return try await delivered()
        } catch {
            // Nothing is lost: what is not acknowledged comes again.
            if !(error is CancellationError) { tools.tell("a row is given back: \(FleetWords.reason(error))") }
            queue.giveBack(message, after: .seconds(5))
            return .passed
        }
    }

    private func delivered() async throws -> End {
        guard let place = message.place else { return .passed }
        let label: Seal.Label
        let order: RowOrder
        do throws(Seal.Refusal) {
            let opened = try tools.seal.opened(message.octets, .row)
            guard let read = RowOrder(octets: opened.octets) else { throw .notSealed }
            (label, order) = (opened.label, read)
        } catch {
            return try await refused(error)
        }
        guard -order.at.timeIntervalSinceNow < QueueStreams.validity / .seconds(1) else {
            tools.tell("row \(order.row.number) of the batch \(label.batch) is older than a week and is not taken")
            try await queue.terminate(message)
            return .passed
        }
        guard !order.registers || tools.registrar != nil else {
            tools.tell("rows that are to be registered are left to other workers: this one has no API key")
            queue.giveBack(message, after: .seconds(5))
            return .passed
        }
        let job = try await tools.rows.detected(
            RowJob(row: order.row, tag: Array(name(label).utf8), account: order.account))
        return try await turned(job, order, label, place.sequence)
    }

    /// Waits for the row's turn at its servers, then checks it.
    private func turned(_ job: RowJob, _ order: RowOrder, _ label: Seal.Label, _ sequence: Int) async throws -> End {
        let manners = RowWorker.manners(paced: order.isPaced)(job)
        let keys = order.isPaced ? job.keys : []
        switch try await tools.pace.begin(at: keys, manners) {
        case .later(let pause):
            queue.giveBack(message, after: pause)
            return .passed
        case .left(let host):
            guard let claimed = try await claimed(job, label, sequence), !claimed.isInterrupted else { return .passed }
            return try await answered(tools.report.answer(job.row, tools.rows.left(job, host), nil), label, sequence)
        case .granted: break
        }
        var ends: [ServerKey: ServerGate.End] = [:]
        for key in keys { ends[key] = ServerGate.End(hasBegun: false) }
        let checked: Checked
        do {
            guard let claimed = try await claimed(job, label, sequence) else {
                await tools.pace.end(at: keys, ends)
                return .passed
            }
            checked = try await self.checked(claimed, order, label)
        } catch {
            for key in keys { ends[key]?.hasBegun = true }
            await tools.pace.end(at: keys, ends)
            throw error
        }
        for key in keys {
            var end = ServerGate.End(hasBegun: true)
            end.hasAnswered = checked.end.answered.contains(key)
            if let complaint = checked.end.complaints.first(where: { $0.key == key }) {
                end.complaint = .some(complaint.pause)
            }
            ends[key] = end
        }
        await tools.pace.end(at: keys, ends)
        return try await ended(checked, order, label, sequence)
    }

    /// What a check came to.
    private struct Checked {
        var end: RowEnd
        /// Whether a login of a worker that died stands open.
        var isOpen: Bool
    }

    private func checked(_ job: RowJob, _ order: RowOrder, _ label: Seal.Label) async throws -> Checked {
        let logins = FleetLogins(
            tools.guards, tools.seal, tools.secret, tools.identity, row: label, trustsEarlier: !order.registers)
        let end = try await tools.rows.checked(job, logins)
        return Checked(end: end, isOpen: job.isInterrupted && logins.isOpen)
    }

    private func ended(_ checked: Checked, _ order: RowOrder, _ label: Seal.Label, _ sequence: Int) async throws -> End
    {
        let end = checked.end
        // Before a login nothing was lost: the row waits for its turn once more.
        if let complaint = end.complaints.first, !end.hasSent, end.job.tries < RowWorker.mostTries,
            !end.job.isInterrupted
        {
            let claim = RowClaim(sequence: sequence, worker: "", tries: end.job.tries + 1)
            try await tools.guards.put(name(label), claim.octets)
            queue.giveBack(
                message, after: max(complaint.pause ?? .seconds(1), .milliseconds(Int.random(in: 500...1_500))))
            return .passed
        }
        var diagnosis = end.diagnosis
        if checked.isOpen, !diagnosis.verdict.isReady { diagnosis = FleetWords.interrupted(diagnosis) }
        var outcome: RegistrationOutcome?
        if order.registers, let registrar = tools.registrar {
            outcome = try await registered(
                RowEnd(job: end.job, diagnosis: diagnosis, hasSent: end.hasSent), order, registrar)
        }
        return try await answered(tools.report.answer(end.job.row, diagnosis, outcome), label, sequence)
    }

    private func registered(_ end: RowEnd, _ order: RowOrder, _ registrar: WorkerRegistrar) async throws
        -> RegistrationOutcome
    {
        if let base = order.base, base != tools.base {
            return RegistrationOutcome(
                status: .notAttempted,
                reason: "the batch registers at \(ServerText(base)), and this worker at \(ServerText(tools.base))",
                obstacle: .notPermitted)
        }
        isChecked()
        return try await registrar.outcome(of: end, tools.rows, acceptsWarnings: order.acceptsWarnings)
    }

    private func answered(_ answer: RowAnswer, _ label: Seal.Label, _ sequence: Int) async throws -> End {
        var answer = answer
        // The server takes no larger message; what was found out is told without the evidence then.
        if answer.report.utf8.count > tools.queue.connection.largest * 3 / 4 { answer.report = answer.withoutEvidence }
        try await publish(.answer(answer), label)
        var claim = RowClaim(sequence: sequence, worker: tools.identity.id)
        claim.isAnswered = true
        try await tools.guards.put(name(label), claim.octets)
        try await queue.acknowledge(message)
        return .answered
    }

    private func publish(_ answer: QueuedAnswer, _ label: Seal.Label, id: String = "answer") async throws {
        var label = label
        label.kind = .answer
        let sealed = try tools.seal.sealed(answer.octets, label)
        let id = "\(label.batch).\(label.name).\(label.round).\(id)"
        _ = try await queue.publish("mailconnect.results.\(label.batch)", [("Nats-Msg-Id", id)], sealed)
    }

    private func name(_ label: Seal.Label) -> String { "row.\(label.batch).\(label.name).\(label.round)" }
}

/// Rows that are claimed, and messages that are refused.
extension RowDelivery {
    /// Claims the row for this message and this worker.
    ///
    /// - Returns: The job, with what is known of its earlier tries; nil when this message is not the one that counts, or another
    ///   worker has it.
    private func claimed(_ job: RowJob, _ label: Seal.Label, _ sequence: Int) async throws -> RowJob? {
        while true {
            let found = try await tools.guards.entry(name(label))
            var job = job
            if let claim = RowClaim(octets: found.octets) {
                guard claim.sequence == sequence else {
                    try await doubled(claim, job, label)
                    return nil
                }
                if claim.isAnswered {
                    try await queue.acknowledge(message)
                    return nil
                }
                job.tries = claim.tries
                if claim.worker == tools.identity.id {
                    // It is under way here already, or this worker lost the way back to the queue over it.
                    job.isInterrupted = true
                } else if !claim.worker.isEmpty {
                    guard try await !tools.liveness.isAlive(claim.worker) else {
                        queue.giveBack(message, after: .seconds(10))
                        return nil
                    }
                    job.isInterrupted = true
                }
            }
            let own = RowClaim(sequence: sequence, worker: tools.identity.id, tries: job.tries)
            if try await tools.guards.write(name(label), own.octets, after: found.revision) != nil { return job }
        }
    }

    /// The same row in another message: nothing is tried for it.
    private func doubled(_ claim: RowClaim, _ job: RowJob, _ label: Seal.Label) async throws {
        let isThere = try await queue.isStored(QueueStreams.rows, claim.sequence)
        if !isThere {
            // The first one is through. If its answer is lost, the batch hears at least that.
            let diagnosis = FleetWords.interrupted(tools.rows.left(job, ""))
            try await publish(.answer(tools.report.answer(job.row, diagnosis, nil)), label, id: "again")
        }
        try await queue.acknowledge(message)
    }

    /// A message that does not open: nothing is claimed for the row that it names.
    private func refused(_ refusal: Seal.Refusal) async throws -> End {
        let label = Seal.label(message.octets)?.label
        if case .notSealed = refusal {
            tools.tell("a message in the queue is no sealed row and is thrown away")
            try await queue.terminate(message)
            return .passed
        }
        // Either the key file is wrong, or the message: what the fleet has in common tells which.
        do {
            let bucket = KeyValue(queue: queue, bucket: QueueStreams.fleet)
            guard let current = try await FleetSecret.read(bucket, tools.seal, makes: false),
                current.key == tools.secret.key
            else { return .passed }
        } catch let error as QueueError where error.code == .wrongKey {
            queue.giveBack(message, after: .milliseconds(100))
            return .wrongKey(error)
        }
        if case .unknownKey(let id) = refusal, let deliveries = message.place?.deliveries, deliveries < 20 {
            tools.tell(
                "a row is sealed with the key \(ServerText(id)), which the key file does not hold: it is left to others"
            )
            queue.giveBack(message, after: .seconds(3))
            return .passed
        }
        let name = label.map { "row \($0.name.prefix(12)) of the batch \($0.batch)" } ?? "a row"
        tools.tell(
            "the message of \(ServerText(name)) was changed in the queue: it is refused, and nothing was tried for it")
        if let label, QueueText.isHexadecimal(label.name), QueueText.isHexadecimal(label.batch) {
            try await publish(.refused, label, id: "refused.\(message.place?.sequence ?? 0)")
        }
        try await queue.terminate(message)
        return .passed
    }
}
