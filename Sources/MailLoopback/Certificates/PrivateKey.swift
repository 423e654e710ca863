import COpenSSL

/// A key pair on the curve P-256: the one owner of an `EVP_PKEY`.
final class PrivateKey {
    let pointer: OpaquePointer

    /// Makes a new pair.
    init() throws(CertificateError) {
        pointer = try OpenSSLCall.object("generate key") { mc_generate_p256_key() }
    }

    /// Reads a pair back from its PEM text.
    init(pem: String) throws(CertificateError) {
        let memory = try MemoryBIO(text: pem)
        pointer = try OpenSSLCall.object("read key") { PEM_read_bio_PrivateKey(memory.pointer, nil, nil, nil) }
    }

    deinit { EVP_PKEY_free(pointer) }

    /// The pair as PKCS #8 PEM text, not encrypted: it never leaves the process but to a peer of ours.
    func pem() throws(CertificateError) -> String {
        let memory = try MemoryBIO()
        try OpenSSLCall.check("write key") {
            PEM_write_bio_PrivateKey(memory.pointer, pointer, nil, nil, 0, nil, nil)
        }
        return memory.text
    }
}
