internal import COpenSSL
internal import MailModel

extension TLSEngine {
    /// Whether the handshake resumed the session that was offered.
    var isResumed: Bool { SSL_session_reused(ssl) == 1 }

    /// What was seen in a client's handshake that came to its end.
    ///
    /// - Parameters:
    ///   - host: The name or address that was meant.
    ///   - discardedPlaintext: How many octets of plaintext came before it.
    ///   - full: The facts of the full handshake that began the session that was offered. They stand for what a resumed
    ///     handshake does not show.
    /// - Returns: The facts.
    func facts(host: String, discardedPlaintext: Int, resuming full: TLSFacts? = nil) -> TLSFacts {
        if isResumed, var facts = full {
            (facts.version, facts.cipherSuite, facts.alpn) = (version, cipherSuite, alpn)
            (facts.discardedPlaintext, facts.isResumed) = (discardedPlaintext, true)
            return facts
        }
        return TLSFacts(
            version: version, cipherSuite: cipherSuite, alpn: alpn, serverName: host, certificates: certificates,
            chain: chain,
            hostNameMatches: matches(host), discardedPlaintext: discardedPlaintext,
            ocspStaple: OCSPStapleReader.facts(of: ssl))
    }

    private var version: TLSVersion {
        TLSVersion(SSL_get_version(ssl).map { String(cString: $0) } ?? "unknown")
    }

    private var cipherSuite: String {
        guard let cipher = SSL_get_current_cipher(ssl), let name = SSL_CIPHER_standard_name(cipher) else {
            return "unknown"
        }
        return String(cString: name)
    }

    private var alpn: String? {
        var pointer: UnsafePointer<UInt8>?
        var length: UInt32 = 0
        SSL_get0_alpn_selected(ssl, &pointer, &length)
        guard let pointer, length > 0 else { return nil }
        return ServerText(octets: UnsafeBufferPointer(start: pointer, count: Int(length))).escaped
    }

    /// Verification ran during the handshake; a peer without a certificate is never trusted.
    private var chain: ChainVerification {
        guard SSL_get0_peer_certificate(ssl) != nil else {
            return .rejected(code: Int(X509_V_ERR_UNSPECIFIED), reason: "no certificate was sent")
        }
        let result = SSL_get_verify_result(ssl)
        guard result != X509_V_OK else { return .trusted }
        return .rejected(code: result, reason: String(cString: X509_verify_cert_error_string(result)))
    }

    private var certificates: [CertificateFacts] {
        guard let stack = SSL_get_peer_cert_chain(ssl) else { return [] }
        return (0..<min(mc_sk_X509_num(stack), 16)).compactMap { index in
            mc_sk_X509_value(stack, index).map(CertificateReader.facts)
        }
    }

    /// RFC 9525: only subject alternative names count, and a wildcard stands for one whole label.
    private func matches(_ host: String) -> Bool {
        guard let certificate = SSL_get0_peer_certificate(ssl) else { return false }
        OpenSSLErrors.clear()
        defer { OpenSSLErrors.clear() }
        if IPAddress(host) != nil { return X509_check_ip_asc(certificate, host, 0) == 1 }
        let flags = UInt32(X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS | X509_CHECK_FLAG_NEVER_CHECK_SUBJECT)
        return X509_check_host(certificate, host, host.utf8.count, flags, nil) == 1
    }
}
