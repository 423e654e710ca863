internal import MailJSON
internal import MailModel

/// JetStream by its own API: requests and answers in JSON over the connection
/// (https://docs.nats.io/reference/reference-protocols/nats_api_reference). The C client's calls for it block; these do not.
struct JetStream: Sendable {
    let connection: QueueConnection

    /// What the server said no with.
    struct Refusal: Error {
        var code: Int
        var words: String
    }

    /// How long a server may take for one answer, before it is asked again.
    private static let patience = Duration.seconds(4)
    /// How long the queue may be gone: a failover, or a restart of the server.
    static let outage = Duration.seconds(120)

    /// Asks the API.
    ///
    /// - Parameters:
    ///   - path: Behind `$JS.API.`.
    ///   - body: The request.
    ///   - time: How long to ask again while nobody answers.
    /// - Returns: The answer.
    /// - Throws: `Refusal` when the server says no; `QueueError` when nobody answers.
    func api(_ path: String, _ body: JSONValue = .object(JSONObject()), within time: Duration = outage) async throws
        -> JSONValue
    {
        let octets = Array(body.rendered(.compact).utf8)
        return try Self.answer(try await ask("$JS.API.\(path)", [], octets, within: time))
    }

    /// Publishes, and waits until it is stored.
    ///
    /// - Returns: Where it stands in its stream, and whether it stood there before by the same message id.
    func publish(
        _ subject: String, _ headers: [(String, String)] = [], _ octets: [UInt8], within time: Duration = outage
    ) async throws -> (sequence: Int, isDuplicate: Bool) {
        let answer = try Self.answer(try await ask(subject, headers, octets, within: time))
        return (answer["seq"]?.integer ?? 0, answer["duplicate"]?.bool == true)
    }

    /// Whether a message still stands in its stream.
    func isStored(_ stream: String, _ sequence: Int) async throws -> Bool {
        do {
            _ = try await api("STREAM.MSG.GET.\(stream)", ["seq": .integer(sequence)])
            return true
        } catch is Refusal {
            return false
        }
    }

    /// Acknowledges a message for good.
    func acknowledge(_ message: QueueMessage) async throws {
        guard let reply = message.reply else { return }
        _ = try await ask(reply, [], Array("+ACK".utf8), within: Self.outage)
    }

    /// Gives a message back; it comes again after a while.
    func giveBack(_ message: QueueMessage, after pause: Duration) {
        guard let reply = message.reply else { return }
        // A day at most: what is asked for may come from the queue.
        let nanoseconds = Int64(max(1, min(pause / .milliseconds(1), 86_400_000))) * 1_000_000
        connection.send(reply, [], Array("-NAK {\"delay\": \(nanoseconds)}".utf8))
    }

    /// Says that a message is being worked on.
    func isWorking(_ message: QueueMessage) {
        guard let reply = message.reply else { return }
        connection.send(reply, [], Array("+WPI".utf8))
    }

    /// A message that is never to come again.
    func terminate(_ message: QueueMessage) async throws {
        guard let reply = message.reply else { return }
        _ = try await ask(reply, [], Array("+TERM".utf8), within: Self.outage)
    }

    private func ask(
        _ subject: String, _ headers: [(String, String)], _ octets: [UInt8], within time: Duration
    ) async throws -> QueueMessage {
        let end = ContinuousClock.now + time
        var nobody = 0
        while true {
            try Task.checkCancellation()
            let left = end - .now
            let message = await connection.ask(
                subject, headers, octets, within: min(Self.patience, max(left, .milliseconds(100))))
            if let message, message.status == nil, !Self.isPassing(message) { return message }
            if message?.status == 503 { nobody += 1 }
            let complaint = connection.complaint
            let isDenied = complaint.lowercased().contains("permission")
            // A denial is a word beside the answer that never comes: where it names the subject there is nothing to wait for.
            if isDenied, left <= .zero || message == nil && complaint.contains("\"\(subject)\"") {
                throw QueueError(.notAllowed, "the queue does not allow what is needed: \(complaint)")
            }
            guard left > .zero else {
                if nobody > 0 { throw QueueError(.noJetStream, "the queue's server has no JetStream for us") }
                throw QueueError(.noServer, "the queue does not answer" + (complaint.isEmpty ? "" : ": \(complaint)"))
            }
            try await Task.sleep(for: .milliseconds(250))
        }
    }

    /// Whether the server says that it cannot for now: a cluster elects a leader, say. Numbers of its API: JetStream is not
    /// enabled, for the account or at all, and a stream takes no more.
    private static func isPassing(_ message: QueueMessage) -> Bool {
        guard message.octets.count < 1_024, let error = (try? JSONParser.parse(message.octets))?["error"],
            error["code"]?.integer == 503
        else { return false }
        return ![10_039, 10_076, 10_077].contains(error["err_code"]?.integer ?? 0)
    }

    private static func answer(_ message: QueueMessage) throws -> JSONValue {
        let limits = JSONParser.Limits(octets: 16_777_216, elements: 1_048_576)
        guard let value = try? JSONParser.parse(message.octets, limits: limits) else {
            throw QueueError(.failed, "the queue answered with something that is no JSON")
        }
        if let error = value["error"] {
            let words = ServerText(error["description"]?.text ?? "no reason given").escaped
            throw Refusal(code: error["err_code"]?.integer ?? error["code"]?.integer ?? 0, words: words)
        }
        return value
    }

    /// Whether there is JetStream, told soon.
    ///
    /// - Throws: `QueueError`.
    func check() async throws {
        do {
            _ = try await api("INFO", within: .seconds(8))
        } catch let error as Refusal {
            throw QueueError(.noJetStream, "the queue's server has no JetStream for us: \(error.words)")
        }
    }
}
