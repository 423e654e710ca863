internal import FoundationEssentials
internal import MailJSON

/// A bucket of entries that are changed only by whoever has seen their latest state.
struct KeyValue: Sendable {
    let queue: JetStream
    let bucket: String

    /// What stands under a key. An entry without octets counts as none.
    struct Entry: Sendable {
        var octets: [UInt8]
        /// Its number in the stream; 0 where there was never one.
        var revision: Int
    }

    private static let noMessage = 10_037
    private static let wrongRevision = 10_071

    /// The latest entry, as the bucket's leader knows it.
    func entry(_ key: String) async throws -> Entry {
        let request: JSONValue = ["last_by_subj": .text(subject(key))]
        do {
            let answer = try await queue.api("STREAM.MSG.GET.KV_\(bucket)", request)
            let message = answer["message"]
            let data = message?["data"]?.text.flatMap { Data(base64Encoded: $0) } ?? Data()
            return Entry(octets: Array(data), revision: message?["seq"]?.integer ?? 0)
        } catch let error as JetStream.Refusal where error.code == Self.noMessage || error.code == 404 {
            return Entry(octets: [], revision: 0)
        }
    }

    /// Writes an entry if nobody else wrote since.
    ///
    /// - Parameters:
    ///   - key: The key.
    ///   - octets: What it is to hold.
    ///   - revision: What was seen last; 0 for nothing.
    /// - Returns: Its new number; nil when somebody else was first. A write whose answer was lost looks like that too.
    /// - Throws: `JetStream.Refusal`, `QueueError`.
    func write(_ key: String, _ octets: [UInt8], after revision: Int) async throws -> Int? {
        do {
            let headers = [("Nats-Expected-Last-Subject-Sequence", String(revision))]
            return try await queue.publish(subject(key), headers, octets).sequence
        } catch let error as JetStream.Refusal where error.code == Self.wrongRevision {
            return nil
        }
    }

    /// Writes an entry whatever stands there.
    func put(_ key: String, _ octets: [UInt8]) async throws { _ = try await queue.publish(subject(key), [], octets) }

    private func subject(_ key: String) -> String { "$KV.\(bucket).\(key)" }
}
