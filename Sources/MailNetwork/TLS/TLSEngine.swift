internal import COpenSSL
internal import MailModel

/// TLS without sockets: octets of the wire go in and come out, plaintext octets come out and go in.
///
/// It is used on one thread at a time and owns its `SSL`, which owns the two memory BIOs.
final class TLSEngine {
    /// How a call ended.
    enum Progress {
        /// More of the peer's octets are needed.
        case wantsMore
        /// The handshake is over, or these octets were decrypted.
        case completed([UInt8])
        /// The peer ended TLS in good order.
        case closed
        /// It went wrong.
        case failed(TLSFailure)
    }

    /// The role.
    enum Role {
        /// A client that asks for this name, nil for an IP address.
        case client(TLSClientContext, serverName: String?)
        /// A server.
        case server(TLSServerContext)
    }

    let ssl: OpaquePointer
    /// Whether the peer asked to negotiate again, and was refused.
    private(set) var refusedRenegotiation = false
    private var newSessions: [TLSSession] = []
    private let fromPeer: OpaquePointer
    private let toPeer: OpaquePointer
    private let context: SSLContextHandle

    /// Sets up a connection; nothing is said before `handshake`.
    ///
    /// - Parameters:
    ///   - role: Client or server.
    ///   - session: A session to offer for resumption.
    /// - Throws: `TLSSetupError` without memory.
    init(_ role: Role, resuming session: TLSSession? = nil) throws(TLSSetupError) {
        switch role {
        case .client(let client, _): context = client.handle
        case .server(let server): context = server.handle
        }
        OpenSSLErrors.clear()
        guard let ssl = SSL_new(context.pointer) else {
            throw TLSSetupError("OpenSSL gives no connection: \(OpenSSLErrors.drain().summary)")
        }
        guard let fromPeer = BIO_new(BIO_s_mem()) else {
            SSL_free(ssl)
            throw TLSSetupError("no memory for a connection")
        }
        guard let toPeer = BIO_new(BIO_s_mem()) else {
            BIO_free(fromPeer)
            SSL_free(ssl)
            throw TLSSetupError("no memory for a connection")
        }
        // An empty BIO means "later", not "end of file".
        _ = mc_BIO_set_mem_eof_return(fromPeer, -1)
        _ = mc_BIO_set_mem_eof_return(toPeer, -1)
        SSL_set_bio(ssl, fromPeer, toPeer)
        self.ssl = ssl
        self.fromPeer = fromPeer
        self.toPeer = toPeer
        switch role {
        case .client(_, let serverName):
            if let serverName { _ = mc_SSL_set_tlsext_host_name(ssl, serverName) }
            _ = mc_SSL_ask_for_ocsp_staple(ssl)
            SSL_set_connect_state(ssl)
        case .server: SSL_set_accept_state(ssl)
        }
        // OpenSSL calls back within calls of ours only, so the engine is alive then.
        mc_SSL_set_owner(ssl, Unmanaged.passUnretained(self).toOpaque())
        session?.offer(to: ssl)
        OpenSSLErrors.clear()
    }

    deinit { SSL_free(ssl) }

    /// Takes the sessions that the peer has offered since the last time.
    func takeSessions() -> [TLSSession] {
        defer { newSessions = [] }
        return newSessions
    }

    /// The callback of a context that wants to know about sessions; it takes no reference.
    static let tellSession: @convention(c) (OpaquePointer?, OpaquePointer?) -> Int32 = { ssl, session in
        guard let ssl, let session, let owner = mc_SSL_owner(ssl), let new = TLSSession(copying: session) else {
            return 0
        }
        Unmanaged<TLSEngine>.fromOpaque(owner).takeUnretainedValue().newSessions.append(new)
        return 0
    }

    /// The callback that sees a renegotiation being refused.
    static let watch: @convention(c) (OpaquePointer?, Int32, Int32) -> Void = { ssl, event, value in
        guard let ssl, mc_is_refused_renegotiation(event, value) == 1, let owner = mc_SSL_owner(ssl) else { return }
        Unmanaged<TLSEngine>.fromOpaque(owner).takeUnretainedValue().refusedRenegotiation = true
    }

    /// On a server: asks the client to negotiate again (HelloRequest, RFC 5246, section 7.4.1.1), for peers on loopback.
    func askForRenegotiation() {
        OpenSSLErrors.clear()
        if SSL_renegotiate(ssl) == 1 { _ = SSL_do_handshake(ssl) }
        OpenSSLErrors.clear()
    }

    /// Asks the peer for new keys (KeyUpdate, RFC 8446, section 4.6.3), for peers on loopback.
    func askForKeyUpdate() {
        OpenSSLErrors.clear()
        if SSL_key_update(ssl, SSL_KEY_UPDATE_REQUESTED) == 1 { _ = SSL_do_handshake(ssl) }
        OpenSSLErrors.clear()
    }

    /// Takes octets of the wire.
    func receive(_ octets: [UInt8]) {
        guard !octets.isEmpty else { return }
        _ = BIO_write(fromPeer, octets, Int32(clamping: octets.count))
    }

    /// Takes what is to be written to the wire.
    func takeOutput() -> [UInt8] {
        let pending = BIO_ctrl_pending(toPeer)
        guard pending > 0 else { return [] }
        return [UInt8](unsafeUninitializedCapacity: pending) { buffer, count in
            count = max(0, Int(BIO_read(toPeer, buffer.baseAddress, Int32(clamping: pending))))
        }
    }

    /// Goes on with the handshake.
    func handshake() -> Progress {
        OpenSSLErrors.clear()
        let result = SSL_do_handshake(ssl)
        return result == 1 ? .completed([]) : progress(after: result)
    }

    /// Decrypts the next octets that are there.
    func read() -> Progress {
        OpenSSLErrors.clear()
        var count: Int32 = 0
        let octets = [UInt8](unsafeUninitializedCapacity: 16_384) { buffer, used in
            count = SSL_read(ssl, buffer.baseAddress, 16_384)
            used = max(0, Int(count))
        }
        let progress = count > 0 ? Progress.completed(octets) : progress(after: count)
        answerKeyUpdate()
        return progress
    }

    /// OpenSSL would answer a KeyUpdate (RFC 8446, section 4.6.3) with the next words that are written, which may be never.
    private func answerKeyUpdate() {
        guard SSL_get_key_update_type(ssl) != SSL_KEY_UPDATE_NONE else { return }
        OpenSSLErrors.clear()
        if SSL_key_update(ssl, SSL_KEY_UPDATE_NOT_REQUESTED) == 1 { _ = SSL_do_handshake(ssl) }
        OpenSSLErrors.clear()
    }

    /// Encrypts octets; the result is in `takeOutput`.
    func write(_ octets: [UInt8]) -> Progress {
        guard !octets.isEmpty else { return .completed([]) }
        OpenSSLErrors.clear()
        let result = SSL_write(ssl, octets, Int32(clamping: octets.count))
        return result > 0 ? .completed([]) : progress(after: result)
    }

    /// Says that no more will come (RFC 8446, section 6.1).
    func closeNotify() {
        OpenSSLErrors.clear()
        _ = SSL_shutdown(ssl)
        OpenSSLErrors.clear()
    }

    private func progress(after result: Int32) -> Progress {
        let kind = SSL_get_error(ssl, result)
        let errors = OpenSSLErrors.drain()
        switch kind {
        case SSL_ERROR_WANT_READ, SSL_ERROR_WANT_WRITE: return .wantsMore
        case SSL_ERROR_ZERO_RETURN: return .closed
        default: return .failed(Self.failure(errors))
        }
    }

    private static func failure(_ errors: OpenSSLErrors) -> TLSFailure {
        let versionReasons = [
            SSL_R_UNSUPPORTED_PROTOCOL, SSL_R_WRONG_SSL_VERSION, SSL_R_VERSION_TOO_LOW, SSL_R_NO_PROTOCOLS_AVAILABLE,
        ]
        if versionReasons.contains(where: errors.contains(reason:)) { return .unsupportedVersion }
        guard let alert = errors.alert else { return .other(errors.summary) }
        if Int32(alert) == TLS1_AD_PROTOCOL_VERSION { return .unsupportedVersion }
        let name = SSL_alert_desc_string_long(Int32(alert)).map { String(cString: $0) } ?? "unknown"
        return .alert(number: alert, name: name)
    }
}
