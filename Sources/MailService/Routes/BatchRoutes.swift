internal import FoundationEssentials
internal import HTTPTypes
internal import Hummingbird
internal import MailBatch
internal import MailConnect
internal import MailJSON
internal import MailModel
internal import MailRegistration
internal import NIOCore

/// Batches: taken, told, read, cancelled.
struct BatchRoutes: Sendable {
    let parts: ServiceParts

    static let route = "/v1/batches"

    func begin(_ call: Call) async throws -> Response {
        guard let type = call.mediaType, Route.tableTypes.contains(type) else {
            throw Problem(
                .unsupportedMediaType, Route.tableTypes.joined(separator: " or ") + " is taken here",
                field: "Content-Type")
        }
        let choices = try BatchChoices(query: call.request.uri.query)
        let key = try IdempotencyKey.of(call)
        // Workers on other machines register by themselves, with a key of their own.
        if choices.registers, parts.configuration.queue == nil, parts.configuration.registration?.key == nil {
            throw Problem(.noAPIKey, "no API key is configured: accounts can only be checked")
        }
        try parts.batches.places.checkRoom()
        let octets = try await call.body()
        guard let key else { return accepted(try take(octets, call, choices)) }
        // A file may be one row: its passwords are told apart no better than those of a single account.
        let fingerprint = CallFingerprint(
            body: "\(choices) \(type) \(octets.count)",
            secrets: [Secret(String(decoding: octets, as: UTF8.self))])
        let name = KeyedRuns.Name(client: call.client.key, route: Self.route, key: key)
        let (shared, isNew) = try parts.keyed.run(name, fingerprint)
        if isNew { await begin(shared, name, fingerprint) { try take(octets, call, choices) } }
        switch await shared.feed.end() {
        case .report(let status, let text)?: return Answers.json(text, status: status)
        case .problem(let problem)?: throw problem
        case nil: throw CancellationError()
        }
    }

    private func take(_ octets: [UInt8], _ call: Call, _ choices: BatchChoices) throws(Problem) -> String {
        let rows = try BatchRows(octets, needsNames: choices.registers)
        return try parts.batches.begin(rows, for: call.client, choices, tasks: parts.tasks)
    }

    /// Begins a batch under a key, unless the key has one already.
    private func begin(
        _ shared: SharedRun, _ name: KeyedRuns.Name, _ fingerprint: CallFingerprint, _ take: () throws -> String
    ) async {
        let journal = parts.configuration.registration?.journal
        let call = KeyedCall(
            caller: name.client, route: name.route, key: name.key, body: fingerprint.body,
            secrets: fingerprint.secrets)
        var end: SharedRun.End
        do {
            switch try await journal?.begin(call, now: Date()) {
            case .answered(let status, let text)?: end = .report(status: status, text: text)
            case .otherBody?: throw Problem.keyReused
            case .new?, .unfinished?, nil:
                do {
                    let text = Self.text(try take())
                    try await journal?.end(call, status: 202, text: text)
                    end = .report(status: 202, text: text)
                } catch {
                    try? await journal?.forget(call)
                    throw error
                }
            }
        } catch {
            end = .problem(Problem.of(error))
        }
        shared.feed.finish(end)
        if journal == nil, case .report = end { return }
        parts.keyed.close(name)
    }

    private func accepted(_ id: String) -> Response { Answers.json(Self.text(id), status: 202) }

    private static func text(_ id: String) -> String {
        let value: JSONValue = ["batch_id": .text(id)]
        return value.rendered(.compact)
    }

    func summary(_ call: Call) async throws -> Response { try await told(try found(call)) }

    func cancel(_ call: Call) async throws -> Response {
        let found = try found(call)
        guard case .here(let running) = found else { return try await told(found) }
        if running.record.status == .running {
            running.cancel()
            _ = await running.feed.end()
        }
        return try await told(found)
    }

    private func found(_ call: Call) throws(Problem) -> BatchDesk.Found {
        try parts.batches.find(call.parameters.first ?? "", of: call.client)
    }

    private func told(_ found: BatchDesk.Found) async throws -> Response {
        switch found {
        case .here(let running):
            return Answers.json(
                try await BatchSummaryJSON.of(running.record, running.state, running.progress))
        case .kept(let record, let state): return Answers.json(try await BatchSummaryJSON.of(record, state, nil))
        }
    }

    /// All answers until now, a report a line, in the order of the file.
    func results(_ call: Call) throws(Problem) -> Response {
        let state =
            switch try found(call) {
            case .here(let running): running.state
            case .kept(_, let state): state
            }
        let body = ResponseBody { writer in
            var last = 0
            while case let (answers, end?) = try await state.answers(after: last, most: 200) {
                last = end
                let text = answers.map { $0.report.hasSuffix("\n") ? $0.report : $0.report + "\n" }.joined()
                if !text.isEmpty { try await writer.write(ByteBuffer(string: text)) }
            }
            try await writer.finish(nil)
        }
        return Response(
            status: .ok, headers: [.contentType: "application/x-ndjson", .cacheControl: "no-store"], body: body)
    }

    /// What happens, from the event behind the last one that the client had.
    func events(_ call: Call) throws -> Response {
        let from = try Self.lastEventID(call)
        switch try found(call) {
        case .here(let running):
            return EventStream.response { put in
                // The events of this process begin with 1; a client that has more is one of an earlier process.
                var count = from
                while true {
                    let (events, end) = await running.feed.next(after: count)
                    for event in events {
                        count += 1
                        put(EventStream.text(id: count, name: event.name, data: event.data))
                    }
                    if end != nil || events.isEmpty { return }
                }
            }
        case .kept(let record, let state):
            return EventStream.response { put in
                var id = from
                func tell(_ name: String, _ data: JSONValue) {
                    id += 1
                    put(EventStream.text(id: id, name: name, data: data.rendered(.compact)))
                }
                var last = 0
                while let (answers, end) = try? await state.answers(after: last, most: 200), let end {
                    last = end
                    for answer in answers { tell("row", RowEventJSON.data(answer)) }
                }
                tell("summary", (try? await BatchSummaryJSON.of(record, state, nil)) ?? .null)
            }
        }
    }

    private static func lastEventID(_ call: Call) throws(Problem) -> Int {
        guard call.hasHeader("Last-Event-ID") else { return 0 }
        guard let id = call.header("Last-Event-ID").flatMap(Int.init), (0...Int(Int32.max)).contains(id) else {
            throw Problem(.invalidField, "a number of an event must stand there", field: "Last-Event-ID")
        }
        return id
    }
}
