internal import Hummingbird
internal import MailConnect
internal import MailJSON
internal import MailModel
internal import MailRegistration
internal import MailReport
internal import ProviderCatalog

/// Detecting and checking.
struct RunRoutes: Sendable {
    let parts: ServiceParts

    func detect(_ call: Call) async throws -> Response {
        let request = try await call.json(DetectRequest.json)
        guard let account = request.account else { throw Problem(.internalError, "the request has no subject") }
        let place = try parts.runs.place(for: call.client)
        let began = ContinuousClock.now
        let run = parts.engine.detect(account)
        let detection = try await call.departure.bound({ run.cancel() }) { try await run.result }
        var diagnosis = parts.engine.diagnosis(of: detection, for: account)
        diagnosis.duration = .now - began
        withExtendedLifetime(place) {}
        let report = parts.report(diagnosis, as: .detect)
        parts.ended(report)
        return Answers.json(DetectAnswer.json(report, parts.engine.catalog))
    }

    func doctor(_ call: Call) async throws -> Response {
        let request = try await call.json(CheckRequest.json)
        let account = try request.account(parts.engine.catalog, secrets: parts.configuration.secrets)
        let place = try parts.runs.place(for: call.client)
        let run = parts.engine.check(account)
        let outcome = RunOutcome(parts: parts, place: place, run: run) { [parts] in
            (parts.report($0, as: .doctor), 200)
        }
        return call.wantsEvents ? outcome.stream(to: call) : try await outcome.answer(to: call)
    }
}

/// The answer of a detection: the report, and the domain that was probably meant.
enum DetectAnswer {
    static func json(_ report: Report, _ catalog: Catalog) -> JSONValue {
        guard case .object(var object) = Report.json.write(report) else { return .null }
        let meant = MistypedDomain.suggestion(for: report.diagnosis.domain, catalog)
        object["did_you_mean"] = .optional(
            meant.map { domain in report.diagnosis.address.map { "\($0.localPart)@\(domain)" } ?? domain })
        return .object(object)
    }
}

/// A run under way for a client, until it is answered.
struct RunOutcome<Result: Sendable>: Sendable {
    let parts: ServiceParts
    let place: RunPlaces.Place
    let run: Run<Result>
    /// Makes the report, and says with which status it is answered.
    let report: @Sendable (Result) -> (Report, Int)

    /// Waits for the end.
    func answer(to call: Call) async throws -> Response {
        let result = try await call.departure.bound({ run.cancel() }) { try await run.result }
        let (report, status) = report(result)
        parts.ended(report)
        withExtendedLifetime(place) {}
        return Answers.json(JSONReport.render(report, .compact), status: status)
    }

    /// Tells everything as it happens.
    func stream(to call: Call) -> Response {
        EventStream.response { put in
            await call.departure.bound({ run.cancel() }) {
                var count = 0
                for await event in run.events { Self.tell(event, &count, put) }
                do {
                    end(try await run.result, count, put)
                } catch is CancellationError {
                } catch {
                    put(EventStream.text(id: count + 1, name: "problem", data: Problem.text(of: error)))
                }
            }
            withExtendedLifetime(place) {}
        }
    }

    // Functions of their own, so that what they need does not wait with the run: a thousand of them do so at once.

    @inline(never)
    private static func tell(_ event: RunEvent, _ count: inout Int, _ put: (String) -> Void) {
        guard let data = RunEventJSON.data(event) else { return }
        count += 1
        put(EventStream.text(id: count, name: event.name, data: data.rendered(.compact)))
    }

    @inline(never)
    private func end(_ result: Result, _ count: Int, _ put: (String) -> Void) {
        let (report, _) = report(result)
        parts.ended(report)
        put(EventStream.text(id: count + 1, name: "report", data: JSONReport.render(report, .compact)))
    }
}

extension Problem {
    /// An error of a run, as the data of an event.
    static func text(of error: any Error) -> String { json.write(of(error)).rendered(.compact) }

    /// What an error of a run is for a client.
    static func of(_ error: any Error) -> Problem {
        switch error {
        case let problem as Problem: problem
        case EngineError.unknownProvider:
            Problem(.invalidField, "the catalogue has no such provider", field: "provider")
        case let error as JournalError: .later(.journalUnavailable, "\(error)", seconds: 5)
        case is CancellationError: .later(.shuttingDown, "the service ended the run", seconds: 30)
        default: Problem(.internalError, "the run broke; the log of the service says more")
        }
    }
}
