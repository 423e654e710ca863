internal import COpenSSL

/// How every client context of this process trusts, SMTP, IMAP and HTTPS alike. It is set here whatever a configuration
/// file of OpenSSL's says (`OPENSSL_CONF`).
enum TLSTrust {
    /// 112 bits and more: RSA of 2048, no SHA-1 in signatures (SSL_CTX_set_security_level(3)).
    private static let securityLevel: Int32 = 2

    /// Sets versions, cipher suites, security level and the way in which chains are verified.
    ///
    /// - Parameter context: The context.
    /// - Returns: False when something was refused: then the context must not be used.
    static func apply(to context: OpaquePointer) -> Bool {
        SSL_CTX_set_security_level(context, securityLevel)
        mc_SSL_CTX_refuse_legacy(context)
        // A server that could make us negotiate again could change under our eyes.
        mc_SSL_CTX_refuse_renegotiation(context)
        // Whoever reads such a file can read the passwords.
        SSL_CTX_set_keylog_callback(context, nil)
        SSL_CTX_set_cert_verify_callback(context, verify, nil)
        return mc_SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) == 1
            && mc_SSL_CTX_set_max_proto_version(context, 0) == 1
            && SSL_CTX_set_cipher_list(context, "DEFAULT") == 1
    }

    /// Has the handshake itself refuse a certificate that does not name the host among its subject alternative names
    /// (RFC 9525, section 6.3: the common name does not count).
    ///
    /// - Parameters:
    ///   - host: The name, or the address.
    ///   - context: A context for connections to this host alone.
    /// - Returns: False when that could not be set.
    static func require(_ host: String, in context: OpaquePointer) -> Bool {
        guard let parameters = SSL_CTX_get0_param(context) else { return false }
        // The dot that may end a name in an address is in no certificate.
        let host = host.hasSuffix(".") ? String(host.dropLast()) : host
        if IPAddress(host) != nil { return X509_VERIFY_PARAM_set1_ip_asc(parameters, host) == 1 }
        let flags = UInt32(X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS | X509_CHECK_FLAG_NEVER_CHECK_SUBJECT)
        X509_VERIFY_PARAM_set_hostflags(parameters, flags)
        return X509_VERIFY_PARAM_set1_host(parameters, host, host.utf8.count) == 1
    }

    /// Verifies what a server sent. OpenSSL takes the first certificate that fits as issuer and looks for no other; where
    /// a server sends an authority's certificate twice, signed by different ones (cross-signed), each is tried.
    private static let verify: @convention(c) (OpaquePointer?, UnsafeMutableRawPointer?) -> Int32 = { store, _ in
        guard let store else { return 0 }
        let result = X509_verify_cert(store)
        guard result != 1, let chain = CrossSignedChain.verified(like: store) else { return result }
        X509_STORE_CTX_set0_verified_chain(store, chain)
        X509_STORE_CTX_set_error(store, X509_V_OK)
        return 1
    }
}

/// The other ways through the certificates that a server sent.
enum CrossSignedChain {
    /// The most ways that are tried: a server must not make us compute for long.
    private static let most = 16

    /// Looks for a way that ends in a trusted root.
    ///
    /// - Parameter store: The verification that failed.
    /// - Returns: The verified chain, which the caller owns; nil when there is none.
    static func verified(like store: OpaquePointer) -> OpaquePointer? {
        guard let leaf = X509_STORE_CTX_get0_cert(store), let sent = X509_STORE_CTX_get0_untrusted(store) else {
            return nil
        }
        let certificates = (0..<min(mc_sk_X509_num(sent), 16)).compactMap { mc_sk_X509_value(sent, $0) }
        defer { OpenSSLErrors.clear() }
        for choice in choices(certificates) {
            if let chain = verified(leaf, choice, store) { return chain }
        }
        return nil
    }

    /// One of each group of twins, in every combination; none where no certificate has a twin.
    private static func choices(_ certificates: [OpaquePointer]) -> [[OpaquePointer]] {
        var groups: [[OpaquePointer]] = []
        for certificate in certificates {
            if let place = groups.firstIndex(where: { areTwins($0[0], certificate) }) {
                groups[place].append(certificate)
            } else {
                groups.append([certificate])
            }
        }
        guard groups.contains(where: { $0.count > 1 }) else { return [] }
        var choices: [[OpaquePointer]] = [[]]
        for group in groups {
            choices = Array(choices.flatMap { choice in group.map { choice + [$0] } }.prefix(most))
        }
        return choices
    }

    /// Whether two certificates are for the same subject and key, and not the same.
    private static func areTwins(_ one: OpaquePointer, _ other: OpaquePointer) -> Bool {
        guard X509_NAME_cmp(X509_get_subject_name(one), X509_get_subject_name(other)) == 0,
            let key = X509_get0_pubkey(one), let otherKey = X509_get0_pubkey(other)
        else { return false }
        return EVP_PKEY_eq(key, otherKey) == 1 && X509_cmp(one, other) != 0
    }

    private static func verified(
        _ leaf: OpaquePointer, _ certificates: [OpaquePointer], _ failed: OpaquePointer
    ) -> OpaquePointer? {
        guard let stack = mc_sk_X509_new() else { return nil }
        defer { mc_sk_X509_free(stack) }
        for certificate in certificates where mc_sk_X509_push(stack, certificate) == 0 { return nil }
        guard let store = X509_STORE_CTX_new() else { return nil }
        defer { X509_STORE_CTX_free(store) }
        guard X509_STORE_CTX_init(store, X509_STORE_CTX_get0_store(failed), leaf, stack) == 1,
            X509_VERIFY_PARAM_set1(X509_STORE_CTX_get0_param(store), X509_STORE_CTX_get0_param(failed)) == 1,
            X509_verify_cert(store) == 1
        else { return nil }
        return X509_STORE_CTX_get1_chain(store)
    }
}
