internal import CNats

/// A message as it came: a copy, so that nothing of the C client outlives its callback.
struct QueueMessage: Sendable {
    var subject: String
    /// Where it is acknowledged, or answered.
    var reply: String?
    var octets: [UInt8]
    /// The status line of a message without contents (404, 408, 409, 503); nil for every other.
    var status: Int?

    /// Copies a message of the C client.
    init(_ message: OpaquePointer, _ call: mc_nats) {
        subject = call.natsMsg_GetSubject?(message).map { String(cString: $0) } ?? ""
        reply = call.natsMsg_GetReply?(message).map { String(cString: $0) }
        let count = Int(call.natsMsg_GetDataLength?(message) ?? 0)
        let start = UnsafeRawPointer(call.natsMsg_GetData?(message))
        octets = count > 0 ? start.map { Array(UnsafeRawBufferPointer(start: $0, count: count)) } ?? [] : []
        var value: UnsafePointer<CChar>?
        if call.natsMsgHeader_Get?(message, "Status", &value) == NATS_OK, let value {
            status = Int(String(cString: value).prefix(3))
        }
    }

    /// Where it stands in its stream, as its reply subject says: `$JS.ACK.<stream>.<consumer>.<deliveries>.<sequence>. ...`,
    /// with domain and account before the stream from servers that name them.
    var place: (deliveries: Int, sequence: Int)? {
        guard let parts = reply?.split(separator: "."), parts.starts(with: ["$JS", "ACK"]) else { return nil }
        let first = parts.count >= 11 ? 6 : 4
        guard parts.count >= 9, let deliveries = Int(parts[first]), let sequence = Int(parts[first + 1]) else {
            return nil
        }
        return (deliveries, sequence)
    }
}
