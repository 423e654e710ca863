internal import COpenSSL

/// The error queue of OpenSSL, which belongs to the thread: empty it before a call, drain it whole after a failure,
/// with no suspension between the call and the reading.
struct OpenSSLErrors {
    /// One entry of the queue.
    struct Entry {
        var code: UInt
        var reason: Int32
        var text: String
    }

    /// The entries, oldest first.
    let entries: [Entry]

    /// Empties the queue of this thread.
    static func clear() { ERR_clear_error() }

    /// Takes all entries of this thread's queue.
    static func drain() -> OpenSSLErrors {
        var entries: [Entry] = []
        while entries.count < 32 {
            let code = ERR_get_error()
            guard code != 0 else { break }
            let text = ERR_reason_error_string(code).map { String(cString: $0) } ?? "error \(code)"
            entries.append(Entry(code: code, reason: Int32(truncatingIfNeeded: code & 0x7F_FFFF), text: text))
        }
        ERR_clear_error()
        return OpenSSLErrors(entries: entries)
    }

    /// All entries on one line.
    var summary: String { entries.isEmpty ? "no reason given" : entries.map(\.text).joined(separator: "; ") }

    /// Whether one of the entries has this reason code (`SSL_R_*`).
    func contains(reason: Int32) -> Bool { entries.contains { $0.reason == reason } }

    /// The number of the fatal alert that the peer sent, if one is among the entries.
    var alert: Int? {
        let base = SSL_AD_REASON_OFFSET
        return entries.first { $0.reason > base && $0.reason < base + 256 }.map { Int($0.reason - base) }
    }
}
