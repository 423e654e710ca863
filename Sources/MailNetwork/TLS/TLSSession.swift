internal import COpenSSL

/// A session that a peer offers to resume, and the one owner of its `SSL_SESSION`. It holds a secret.
///
/// It is a copy, and each connection gets a copy of it: OpenSSL writes to the session of a running connection, and marks the one
/// of a connection that broke as unfit. A copy shares the peer's certificates; reading a session from octets would parse them,
/// and their keys, anew for each connection, which costs as much as the rest of a resumed handshake.
final class TLSSession: Sendable {
    /// Octets in a ticket. Those of servers have some hundreds.
    private static let longestTicket = 16_384

    /// Read only: copying does not change it.
    private nonisolated(unsafe) let pointer: OpaquePointer
    /// For how long the peer will know it.
    let lifetime: Duration

    /// Copies the session of a connection; nil when it cannot be resumed, is too large, or there is no memory.
    ///
    /// - Parameter session: OpenSSL's, which stays its owner's.
    init?(copying session: OpaquePointer) {
        guard SSL_SESSION_is_resumable(session) == 1 else { return nil }
        var (ticket, length): (UnsafePointer<UInt8>?, Int) = (nil, 0)
        SSL_SESSION_get0_ticket(session, &ticket, &length)
        guard length <= Self.longestTicket, let copy = SSL_SESSION_dup(session) else { return nil }
        pointer = copy
        let hint = SSL_SESSION_get_ticket_lifetime_hint(session)
        lifetime = .seconds(hint > 0 ? Int(clamping: hint) : max(0, SSL_SESSION_get_timeout(session)))
    }

    deinit { SSL_SESSION_free(pointer) }

    /// Offers it to the peer of a connection that has not begun yet.
    func offer(to ssl: OpaquePointer) {
        guard let copy = SSL_SESSION_dup(pointer) else { return }
        SSL_set_session(ssl, copy)
        SSL_SESSION_free(copy)
    }
}
