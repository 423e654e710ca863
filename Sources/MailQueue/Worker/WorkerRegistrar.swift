internal import MailBatch
internal import MailConnect
internal import MailModel
internal import MailRegistration

/// Registers what this worker proved, a hundred at once, within the fleet's rate. The permits never leave the process.
actor WorkerRegistrar {
    private let registrar: BatchRegistrar
    private let claims: RegistrationClaims
    private var waiting: [[UInt8]: CheckedContinuation<RegistrationOutcome, Never>] = [:]
    private var ticker: Task<Void, Never>?

    init(_ service: RegistrationService, _ claims: RegistrationClaims, _ window: RegistrationWindow) {
        registrar = BatchRegistrar(service: service, pace: RequestPace(shared: { await window.reserve($0, $1) }))
        self.claims = claims
    }

    /// Registers an account that was checked, or says why not.
    func outcome(
        of end: RowEnd, _ worker: RowWorker, acceptsWarnings: Bool
    ) async throws -> RegistrationOutcome {
        var options = worker.options
        options.acceptsWarnings = acceptsWarnings
        let worker = RowWorker(engine: worker.engine, options: options)
        let address = end.job.row.address.description
        // Its registration may have been on its way when a worker died.
        if end.job.isInterrupted, let known = try await claims.known(address) { return known }
        switch try await worker.registration(of: end, registrar) {
        case .denied(let outcome): return outcome
        case .item(let item, let notes):
            switch try await claims.begin(address) {
            case .known(let outcome): return outcome
            case .begun: break
            }
            let outcome = await sent(
                BatchRegistrar.Waiting(job: end.job, diagnosis: end.diagnosis, item: item, notes: notes))
            try await claims.end(address, outcome)
            return outcome
        }
    }

    private func sent(_ item: BatchRegistrar.Waiting) async -> RegistrationOutcome {
        await withCheckedContinuation { continuation in
            waiting[item.job.tag] = continuation
            Task { await self.registrar.add(item) }
            guard ticker == nil else { return }
            ticker = Task { await self.work() }
        }
    }

    /// Sends parts as long as somebody waits.
    private func work() async {
        while !waiting.isEmpty {
            while let part = await registrar.part(isLast: false) {
                Task { await self.send(part) }
            }
            try? await Task.sleep(for: .milliseconds(200))
        }
        ticker = nil
    }

    private func send(_ part: [BatchRegistrar.Waiting]) async {
        do {
            for end in try await registrar.register(part) { resume(end.job.tag, end.outcome) }
        } catch {
            for item in part {
                let outcome = RegistrationOutcome(
                    status: .notAttempted, reason: "\(error); nothing was sent",
                    request: item.item.request.redactedFields, obstacle: .journal)
                resume(item.job.tag, outcome)
            }
        }
    }

    private func resume(_ tag: [UInt8], _ outcome: RegistrationOutcome) {
        waiting.removeValue(forKey: tag)?.resume(returning: outcome)
    }
}
