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

/// The one owner of an `SSL_CTX`.
final class SSLContextHandle {
    let pointer: OpaquePointer

    /// Makes a context and owns it.
    init(method: OpaquePointer?) throws(TLSSetupError) {
        OpenSSLErrors.clear()
        guard let pointer = SSL_CTX_new(method) else {
            throw TLSSetupError("OpenSSL gives no context: \(OpenSSLErrors.drain().summary)")
        }
        self.pointer = pointer
        // OpenSSL keeps no sessions: those that may be resumed are in a `TLSSessionStore`.
        _ = SSL_CTX_ctrl(pointer, SSL_CTRL_SET_SESS_CACHE_MODE, Int(SSL_SESS_CACHE_OFF), nil)
    }

    deinit { SSL_CTX_free(pointer) }
}

// An SSL_CTX is reference-counted and locked by OpenSSL itself; ours is set up in an initializer and only read later.
extension SSLContextHandle: @unchecked Sendable {}

/// Why a TLS context could not be made: a file that cannot be read, a certificate or key that cannot be used.
public struct TLSSetupError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What happened, in words.
    public let description: String

    init(_ description: String) { self.description = description }
}
