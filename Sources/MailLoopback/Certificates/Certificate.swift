import COpenSSL
import FoundationEssentials
import Glibc

/// An X.509 certificate, version 3 (RFC 5280): the one owner of an `X509`.
final class Certificate {
    let pointer: OpaquePointer

    /// An empty certificate for a key, with a random serial number.
    init(key: PrivateKey, subject: String, notBefore: Date, notAfter: Date) throws(CertificateError) {
        pointer = try OpenSSLCall.object("make certificate") { X509_new() }
        try OpenSSLCall.check("set version") { X509_set_version(pointer, Int(X509_VERSION_3)) }
        try OpenSSLCall.check("set serial number") {
            ASN1_INTEGER_set_uint64(X509_get_serialNumber(pointer), .random(in: 1...UInt64(Int64.max)))
        }
        try OpenSSLCall.check("set key") { X509_set_pubkey(pointer, key.pointer) }
        try setTime("set begin", notBefore, X509_set1_notBefore)
        try setTime("set end", notAfter, X509_set1_notAfter)
        try setSubject(subject)
    }

    /// Reads a certificate back from its PEM text.
    init(pem: String) throws(CertificateError) {
        let memory = try MemoryBIO(text: pem)
        pointer = try OpenSSLCall.object("read certificate") { PEM_read_bio_X509(memory.pointer, nil, nil, nil) }
    }

    deinit { X509_free(pointer) }

    /// The certificate as PEM text.
    func pem() throws(CertificateError) -> String {
        let memory = try MemoryBIO()
        try OpenSSLCall.check("write certificate") { PEM_write_bio_X509(memory.pointer, pointer) }
        return memory.text
    }

    /// Names who signs, which may be the certificate itself. To be called before the extensions that refer to it.
    func setIssuer(_ issuer: Certificate) throws(CertificateError) {
        try OpenSSLCall.check("set issuer") {
            X509_set_issuer_name(pointer, X509_get_subject_name(issuer.pointer))
        }
    }

    /// Adds one extension, its value written as in x509v3_config(5).
    func add(_ extensionID: Int32, _ value: String, issuer: Certificate) throws(CertificateError) {
        var context = X509V3_CTX()
        X509V3_set_ctx(&context, issuer.pointer, pointer, nil, nil, 0)
        let made = try OpenSSLCall.object("make extension") {
            X509V3_EXT_conf_nid(nil, &context, extensionID, value)
        }
        defer { X509_EXTENSION_free(made) }
        try OpenSSLCall.check("add extension") { X509_add_ext(pointer, made, -1) }
    }

    /// Adds the names a client compares with.
    func add(_ names: AlternativeNames) throws(CertificateError) {
        try OpenSSLCall.check("add names") {
            X509_add1_ext_i2d(pointer, NID_subject_alt_name, UnsafeMutableRawPointer(names.pointer), 0, 0)
        }
    }

    /// Adds the identifiers by which a chain is put together (RFC 5280, sections 4.2.1.1 and 4.2.1.2).
    func addKeyIdentifiers(issuer: Certificate) throws(CertificateError) {
        try add(NID_subject_key_identifier, "hash", issuer: issuer)
        if issuer !== self { try add(NID_authority_key_identifier, "keyid:always", issuer: issuer) }
    }

    /// Signs it. Nothing may be changed afterwards.
    func sign(with key: PrivateKey) throws(CertificateError) {
        try OpenSSLCall.check("sign") { X509_sign(pointer, key.pointer, EVP_sha256()) }
    }

    private func setTime(
        _ step: String, _ date: Date, _ set: (OpaquePointer?, UnsafePointer<ASN1_TIME>?) -> Int32
    ) throws(CertificateError) {
        let time = try OpenSSLCall.object(step) { ASN1_TIME_set(nil, time_t(date.timeIntervalSince1970)) }
        defer { ASN1_STRING_free(time) }
        try OpenSSLCall.check(step) { set(pointer, time) }
    }

    private func setSubject(_ commonName: String) throws(CertificateError) {
        let octets = Array(commonName.utf8)
        try OpenSSLCall.check("set subject") {
            X509_NAME_add_entry_by_NID(
                X509_get_subject_name(pointer), NID_commonName, MBSTRING_UTF8, octets, Int32(clamping: octets.count),
                -1, 0)
        }
    }
}
