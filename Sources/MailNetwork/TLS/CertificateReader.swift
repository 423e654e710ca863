internal import COpenSSL
internal import FoundationEssentials
import Glibc
internal import MailModel

/// Reads the facts out of an `X509`, which stays its owner's.
enum CertificateReader {
    /// All facts of one certificate.
    static func facts(of certificate: OpaquePointer) -> CertificateFacts {
        OpenSSLErrors.clear()
        defer { OpenSSLErrors.clear() }
        let subject = X509_get_subject_name(certificate)
        let issuer = X509_get_issuer_name(certificate)
        let names = alternativeNames(of: certificate)
        return CertificateFacts(
            subject: text(of: subject), issuer: text(of: issuer), dnsNames: names.dns, ipAddresses: names.addresses,
            notBefore: date(of: X509_get0_notBefore(certificate)), notAfter: date(of: X509_get0_notAfter(certificate)),
            sha256: fingerprint(of: certificate), isSelfIssued: X509_NAME_cmp(subject, issuer) == 0)
    }

    private static func text(of name: OpaquePointer?) -> String {
        guard let bio = BIO_new(BIO_s_mem()) else { return "" }
        defer { BIO_free(bio) }
        guard let name, mc_X509_NAME_print(bio, name) >= 0 else { return "" }
        var octets = [UInt8](repeating: 0, count: min(BIO_ctrl_pending(bio), 4096))
        guard !octets.isEmpty, BIO_read(bio, &octets, Int32(octets.count)) == octets.count else { return "" }
        return ServerText(octets: octets).escaped
    }

    private static func alternativeNames(of certificate: OpaquePointer) -> (dns: [String], addresses: [String]) {
        guard let names = mc_X509_subject_alt_names(certificate) else { return ([], []) }
        defer { GENERAL_NAMES_free(names) }
        var dns: [String] = []
        var addresses: [String] = []
        for index in 0..<min(mc_sk_GENERAL_NAME_num(names), 256) {
            guard let name = mc_sk_GENERAL_NAME_value(names, index) else { continue }
            if let octets = octets(of: mc_GENERAL_NAME_string(name, GEN_DNS)) {
                dns.append(ServerText(octets: octets).escaped.lowercased())
            } else if let octets = octets(of: mc_GENERAL_NAME_string(name, GEN_IPADD)) {
                addresses.append(IPAddress(octets: octets)?.description ?? "unreadable")
            }
        }
        return (dns, addresses)
    }

    private static func octets(of string: UnsafePointer<ASN1_STRING>?) -> [UInt8]? {
        guard let string, let data = ASN1_STRING_get0_data(string) else { return nil }
        return Array(UnsafeBufferPointer(start: data, count: max(0, Int(ASN1_STRING_length(string)))))
    }

    private static func date(of time: UnsafePointer<ASN1_TIME>?) -> Date {
        var parts = tm()
        guard let time, ASN1_TIME_to_tm(time, &parts) == 1 else { return .distantPast }
        return Date(timeIntervalSince1970: TimeInterval(timegm(&parts)))
    }

    private static func fingerprint(of certificate: OpaquePointer) -> String {
        var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var length: UInt32 = 0
        guard X509_digest(certificate, EVP_sha256(), &digest, &length) == 1 else { return "" }
        return digest.prefix(Int(length)).map { byte in
            (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined()
    }
}

/// Reads what a stapled OCSP response (RFC 6960, RFC 6066 section 8) says. Its signature is not checked: it is told, and
/// nothing rests on it.
enum OCSPStapleReader {
    /// Octets in a response. Real ones have 0.5 to 3 kB.
    static let limit = 65_536

    /// The facts of the staple of a finished handshake.
    ///
    /// - Parameter ssl: The connection.
    /// - Returns: The facts, nil when none was sent.
    static func facts(of ssl: OpaquePointer) -> OCSPStapleFacts? {
        OpenSSLErrors.clear()
        defer { OpenSSLErrors.clear() }
        var octets: UnsafePointer<UInt8>?
        let length = mc_SSL_ocsp_staple(ssl, &octets)
        guard length > 0, octets != nil else { return nil }
        guard length <= limit, let response = d2i_OCSP_RESPONSE(nil, &octets, length) else { return .unreadable }
        defer { OCSP_RESPONSE_free(response) }
        guard OCSP_response_status(response) == OCSP_RESPONSE_STATUS_SUCCESSFUL,
            let basic = OCSP_response_get1_basic(response)
        else { return .unreadable }
        defer { OCSP_BASICRESP_free(basic) }
        guard OCSP_resp_count(basic) > 0, let single = OCSP_resp_get0(basic, 0) else { return .unreadable }
        var made: UnsafeMutablePointer<ASN1_GENERALIZEDTIME>?
        var next: UnsafeMutablePointer<ASN1_GENERALIZEDTIME>?
        let status = OCSP_single_get0_status(single, nil, nil, &made, &next)
        return OCSPStapleFacts(status: word(status), thisUpdate: date(made), nextUpdate: date(next))
    }

    private static func word(_ status: Int32) -> OCSPStapleFacts.Status {
        switch status {
        case V_OCSP_CERTSTATUS_GOOD: .good
        case V_OCSP_CERTSTATUS_REVOKED: .revoked
        default: .unknown
        }
    }

    private static func date(_ time: UnsafeMutablePointer<ASN1_GENERALIZEDTIME>?) -> Date? {
        var parts = tm()
        guard let time, ASN1_TIME_to_tm(time, &parts) == 1 else { return nil }
        return Date(timeIntervalSince1970: TimeInterval(timegm(&parts)))
    }
}
