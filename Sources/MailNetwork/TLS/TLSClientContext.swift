internal import COpenSSL
internal import Foundation
internal import MailModel

/// What all client connections of a process share: the trusted roots and the limits on versions.
///
/// Reading the system's roots costs more than a handshake, so one context is made once and used by all.
public final class TLSClientContext: Sendable {
    let handle: SSLContextHandle

    /// Reads the trusted roots.
    ///
    /// - Parameter caFile: A file of PEM certificates to trust instead of the system's; nil for the system's.
    /// - Throws: `TLSSetupError` when the file cannot be read or holds no certificate.
    public init(caFile: String?) throws(TLSSetupError) {
        handle = try SSLContextHandle(method: TLS_client_method())
        let context = handle.pointer
        guard mc_SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) == 1 else {
            throw TLSSetupError("TLS 1.2 cannot be set: \(OpenSSLErrors.drain().summary)")
        }
        // The handshake goes to its end whatever the certificate: it is judged afterwards, from facts.
        SSL_CTX_set_verify(context, SSL_VERIFY_NONE, nil)
        if let caFile {
            try Self.load(file: caFile, into: context)
        } else {
            Self.loadSystemRoots(into: context)
        }
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
