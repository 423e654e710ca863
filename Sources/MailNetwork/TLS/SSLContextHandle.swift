internal import COpenSSL

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
        // Each account is another mailbox: nothing is gained by resuming sessions.
        _ = SSL_CTX_ctrl(pointer, SSL_CTRL_SET_SESS_CACHE_MODE, Int(SSL_SESS_CACHE_OFF), nil)
    }

    deinit { SSL_CTX_free(pointer) }
}

// An SSL_CTX is reference-counted and locked by OpenSSL itself; ours is set up in an initializer and only read later.
extension SSLContextHandle: @unchecked Sendable {}
