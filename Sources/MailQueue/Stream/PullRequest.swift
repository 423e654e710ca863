internal import MailJSON
internal import Synchronization

/// Asks a pull consumer for messages, and takes them as they come.
enum PullRequest {
    /// Asks for some messages.
    ///
    /// - Parameters:
    ///   - queue: The queue.
    ///   - stream: The stream.
    ///   - consumer: The consumer.
    ///   - most: How many at most.
    ///   - time: How long to wait for the first ones.
    ///   - take: Takes each message as it comes.
    /// - Returns: How many came.
    static func run(
        _ queue: JetStream, _ stream: String, _ consumer: String, most: Int, within time: Duration,
        _ take: @escaping @Sendable (QueueMessage) -> Void
    ) async -> Int {
        let request: JSONValue = ["batch": .integer(most), "expires": .integer(QueueStreams.count(time))]
        let octets = Array(request.rendered(.compact).utf8)
        let came = Counter()
        return await withCheckedContinuation { continuation in
            // The server ends the request first: what it sends later than we wait would be lost for a while.
            queue.connection.pull("$JS.API.CONSUMER.MSG.NEXT.\(stream).\(consumer)", octets, within: time + .seconds(2))
            {
                message in
                guard let message, message.status == nil else {
                    // 100 is a sign of life, all others are the end.
                    if message?.status == 100 { return true }
                    continuation.resume(returning: came.value.withLock { $0 })
                    return false
                }
                take(message)
                let count = came.value.withLock { count in
                    count += 1
                    return count
                }
                guard count >= most else { return true }
                continuation.resume(returning: count)
                return false
            }
        }
    }

    private final class Counter: Sendable {
        let value = Mutex(0)
    }
}
