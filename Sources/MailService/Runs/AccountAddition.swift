internal import FoundationEssentials
internal import Logging
internal import MailConnect
internal import MailJSON
internal import MailModel
internal import MailRegistration
internal import MailReport

/// A run that checks an account and registers it, for all who wait for it.
struct AccountAddition: Sendable {
    let parts: ServiceParts
    let client: Client
    let service: RegistrationService
    let account: Account
    let choices: AdditionChoices

    /// Begins the run.
    ///
    /// - Parameters:
    ///   - shared: Who waits for it.
    ///   - place: Its place among all runs.
    ///   - ended: Told what it came to, before anybody else is.
    func begin(
        _ shared: SharedRun, _ place: RunPlaces.Place,
        ended: @escaping @Sendable (SharedRun.End) async -> Void
    ) {
        let run = parts.engine.add(account, choices, to: service)
        shared.began { run.cancel() }
        // It outlives a request that goes away while the registration is on its way.
        let task = Task {
            for await event in run.events { shared.take(event) }
            let end = await end(of: run)
            await ended(end)
            shared.feed.finish(end)
            withExtendedLifetime(place) {}
        }
        parts.tasks.follow(task)
    }

    private func end(of run: Run<Addition>) async -> SharedRun.End {
        do {
            let added = try await run.result
            let report = parts.report(added.diagnosis, as: .add, registration: added.outcome)
            parts.ended(report)
            return .report(
                status: added.outcome.status == .registered ? 201 : 200, text: JSONReport.render(report, .compact))
        } catch let error as RegistrationInputError {
            let fields = error.problems.map { AddRequest.field(ofAPI: $0.field) }
            return .problem(Problem(.invalidField, "\(error)", field: fields.first ?? nil))
        } catch {
            return .problem(Problem.of(error))
        }
    }

    /// What is known of the account's registration where a run of the same key was cut off: nothing is sent again by itself,
    /// and no login is tried for that.
    func cutOff() async throws -> SharedRun.End? {
        guard let address = account.address, let key = service.key, !choices.isDryRun,
            let outcome = try await service.journal?.knownOutcome(of: address, base: service.base, key: key)
        else { return nil }
        let diagnosis = Diagnosis(address: address, domain: account.domain, startedAt: Date())
        let report = parts.report(diagnosis, as: .add, registration: outcome)
        return .report(status: 200, text: JSONReport.render(report, .compact))
    }
}

extension AddRequest {
    /// How it is to be registered.
    var choices: AdditionChoices {
        var choices = AdditionChoices(displayName: displayName)
        choices.isDryRun = isDryRun
        choices.acceptsWarnings = acceptsWarnings
        choices.dailyLimit = dailyLimit
        return choices
    }

    /// The member of a request that a field of the API comes from; nil where it is found out.
    static func field(ofAPI name: String) -> String? {
        switch name {
        case "email_address": "address"
        case "display_name", "smtp_password", "imap_password", "daily_limit": name
        case "smtp_host": "smtp.host"
        case "smtp_port": "smtp.port"
        case "smtp_username": "smtp.username"
        case "imap_host": "imap.host"
        case "imap_port": "imap.port"
        case "imap_username": "imap.username"
        default: nil
        }
    }
}

/// What was answered under a key, in the journal's file, or only as long as the process lives.
struct KeyedMemory: Sendable {
    let parts: ServiceParts
    let name: KeyedRuns.Name
    let fingerprint: CallFingerprint

    private var call: KeyedCall {
        KeyedCall(
            caller: name.client, route: name.route, key: name.key, body: fingerprint.body,
            secrets: fingerprint.secrets)
    }

    /// Begins a run, unless its key has an answer already.
    ///
    /// - Parameters:
    ///   - addition: The run.
    ///   - shared: Who waits for it.
    /// - Throws: `Problem`, `JournalError`; then nothing has begun.
    func begin(_ addition: AccountAddition, _ shared: SharedRun) async throws {
        guard let journal = addition.service.journal else {
            let place = try parts.runs.place(for: addition.client)
            // Without a file the answer is kept by not letting go of the run.
            return addition.begin(shared, place) { [self] end in
                if case .problem = end { parts.keyed.close(name) }
            }
        }
        let call = call
        switch try await journal.begin(call, now: Date()) {
        case .answered(let status, let text): return finish(shared, .report(status: status, text: text))
        case .otherBody: throw Problem.keyReused
        case .unfinished:
            if let end = try await addition.cutOff() {
                await keep(end, of: call, journal)
                return finish(shared, end)
            }
        case .new: break
        }
        let place: RunPlaces.Place
        do {
            place = try parts.runs.place(for: addition.client)
        } catch {
            try? await journal.forget(call)
            throw error
        }
        addition.begin(shared, place) { [self] end in
            await keep(end, of: call, journal)
            parts.keyed.close(name)
        }
    }

    private func finish(_ shared: SharedRun, _ end: SharedRun.End) {
        shared.feed.finish(end)
        parts.keyed.close(name)
    }

    /// An answer is kept; what was no run at all, or was cut off, may be asked again.
    private func keep(_ end: SharedRun.End, of call: KeyedCall, _ journal: RegistrationJournal) async {
        do {
            switch end {
            case .report(let status, let text): try await journal.end(call, status: status, text: text)
            case .problem: try await journal.forget(call)
            }
        } catch {
            parts.logger.error("the answer of a key could not be kept", metadata: ["error": "\(error)"])
        }
    }
}
