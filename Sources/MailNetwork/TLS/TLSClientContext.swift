internal import COpenSSL
internal import FoundationEssentials
internal import MailModel
internal import Synchronization

/// What all client connections of a process share: the trusted roots and the limits on versions.
///
/// Reading the system's roots costs more than a handshake, so one context is made once and used by all.
public final class TLSClientContext: Sendable {
    /// How many handshakes came to their end.
    public struct Counters: Hashable, Sendable {
        /// With a certificate that was verified.
        public var full = 0
        /// By resuming a session.
        public var resumed = 0

        /// None yet.
        public init() {}
    }

    let handle: SSLContextHandle
    /// Where sessions are kept that may be resumed; nil where none are.
    let sessions: TLSSessionStore?
    /// Tells these roots from others: what was verified by them says nothing about others.
    let trust = UInt64.random(in: .min ... .max)
    private let handshakes = Mutex(Counters())

    /// How many handshakes of this context came to their end.
    public var counters: Counters { handshakes.withLock { $0 } }

    /// Reads the trusted roots.
    ///
    /// - Parameters:
    ///   - caFile: A file of PEM certificates to trust instead of the system's; nil for the system's.
    ///   - sessions: Where sessions are kept so that later connections to the same host can resume them; nil to have a
    ///     full handshake each time.
    /// - Throws: `TLSSetupError` when the file cannot be read or holds no certificate.
    public init(caFile: String?, sessions: TLSSessionStore? = nil) throws(TLSSetupError) {
        self.sessions = sessions
        handle = try SSLContextHandle(method: TLS_client_method())
        let context = handle.pointer
        guard TLSTrust.apply(to: context) else {
            throw TLSSetupError("TLS 1.2 cannot be set: \(OpenSSLErrors.drain().summary)")
        }
        // The handshake goes to its end whatever the certificate: it is judged afterwards, from facts.
        SSL_CTX_set_verify(context, SSL_VERIFY_NONE, nil)
        // A connection that waits for its server keeps no room for a record (two times 17 kB): a thousand runs have two thousand.
        _ = SSL_CTX_ctrl(context, SSL_CTRL_MODE, Int(SSL_MODE_RELEASE_BUFFERS), nil)
        SSL_CTX_set_info_callback(context, TLSEngine.watch)
        if sessions != nil { mc_SSL_CTX_tell_sessions(context, TLSEngine.tellSession) }
        if let caFile {
            try Self.load(file: caFile, into: context)
        } else {
            Self.loadSystemRoots(into: context)
        }
    }

    func noteHandshake(isResumed: Bool) {
        handshakes.withLock { if isResumed { $0.resumed += 1 } else { $0.full += 1 } }
    }

    private static func load(file: String, into context: OpaquePointer) throws(TLSSetupError) {
        OpenSSLErrors.clear()
        guard SSL_CTX_load_verify_locations(context, file, nil) == 1 else {
            let why = FileManager.default.isReadableFile(atPath: file) ? "holds no PEM certificate" : "cannot be read"
            _ = OpenSSLErrors.drain()
            throw TLSSetupError("the file of trusted certificates \(ServerText(file)) \(why)")
        }
    }

    /// The bundle that Debian and its kin keep, or else the folder that OpenSSL was built with.
    private static func loadSystemRoots(into context: OpaquePointer) {
        OpenSSLErrors.clear()
        let bundles = ["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem"]
        if !bundles.contains(where: { SSL_CTX_load_verify_locations(context, $0, nil) == 1 }) {
            SSL_CTX_set_default_verify_paths(context)
        }
        OpenSSLErrors.clear()
    }
}
