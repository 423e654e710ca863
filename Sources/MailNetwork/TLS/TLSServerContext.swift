internal import COpenSSL
package import MailModel

/// The server's side of TLS, for peers on loopback.
package final class TLSServerContext: Sendable {
    let handle: SSLContextHandle

    /// Takes a certificate chain and its key.
    ///
    /// - Parameters:
    ///   - certificateChainPEM: The server's certificate first, then intermediates.
    ///   - privateKeyPEM: The key of the first certificate.
    ///   - minimumVersion: The oldest version spoken, nil for OpenSSL's default.
    ///   - maximumVersion: The newest version spoken, nil for OpenSSL's default.
    ///   - demandsClientCertificate: Whether a client without a certificate is turned away.
    /// - Throws: `TLSSetupError` when they cannot be used together.
    package init(
        certificateChainPEM: String, privateKeyPEM: String, minimumVersion: TLSVersion? = nil,
        maximumVersion: TLSVersion? = nil, demandsClientCertificate: Bool = false
    ) throws(TLSSetupError) {
        handle = try SSLContextHandle(method: TLS_server_method())
        let context = handle.pointer
        if minimumVersion == nil || minimumVersion?.allowsLogin == false {
            // Versions before 1.2 need signatures that OpenSSL's default level forbids.
            if Self.number(of: maximumVersion) < TLS1_2_VERSION { SSL_CTX_set_security_level(context, 0) }
        }
        _ = mc_SSL_CTX_set_min_proto_version(context, minimumVersion.map { Self.number(of: $0) } ?? 0)
        _ = mc_SSL_CTX_set_max_proto_version(context, maximumVersion.map { Self.number(of: $0) } ?? 0)
        try Self.use(chain: certificateChainPEM, in: context)
        try Self.use(key: privateKeyPEM, in: context)
        if demandsClientCertificate {
            SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nil)
        }
    }

    private static func number(of version: TLSVersion?) -> Int32 {
        switch version?.description {
        case "TLSv1": TLS1_VERSION
        case "TLSv1.1": TLS1_1_VERSION
        case "TLSv1.2": TLS1_2_VERSION
        default: TLS1_3_VERSION
        }
    }

    private static func use(chain: String, in context: OpaquePointer) throws(TLSSetupError) {
        OpenSSLErrors.clear()
        guard let bio = memoryBIO(chain) else { throw TLSSetupError("no memory for a certificate") }
        defer { BIO_free(bio) }
        var isLeaf = true
        while let certificate = PEM_read_bio_X509(bio, nil, nil, nil) {
            if isLeaf {
                defer { X509_free(certificate) }
                guard SSL_CTX_use_certificate(context, certificate) == 1 else { break }
                isLeaf = false
            } else if mc_SSL_CTX_add0_chain_cert(context, certificate) != 1 {
                X509_free(certificate)
                break
            }
        }
        let errors = OpenSSLErrors.drain()
        if isLeaf { throw TLSSetupError("the certificate cannot be used: \(errors.summary)") }
    }

    private static func use(key: String, in context: OpaquePointer) throws(TLSSetupError) {
        OpenSSLErrors.clear()
        guard let bio = memoryBIO(key) else { throw TLSSetupError("no memory for a key") }
        defer { BIO_free(bio) }
        guard let privateKey = PEM_read_bio_PrivateKey(bio, nil, nil, nil) else {
            throw TLSSetupError("the private key cannot be read: \(OpenSSLErrors.drain().summary)")
        }
        defer { EVP_PKEY_free(privateKey) }
        guard SSL_CTX_use_PrivateKey(context, privateKey) == 1 else {
            throw TLSSetupError("the private key does not fit the certificate: \(OpenSSLErrors.drain().summary)")
        }
    }

    /// A read-only BIO with its own copy of the text; the caller frees it.
    private static func memoryBIO(_ text: String) -> OpaquePointer? {
        guard let bio = BIO_new(BIO_s_mem()) else { return nil }
        let octets = Array(text.utf8)
        guard BIO_write(bio, octets, Int32(clamping: octets.count)) == octets.count else {
            BIO_free(bio)
            return nil
        }
        return bio
    }
}
