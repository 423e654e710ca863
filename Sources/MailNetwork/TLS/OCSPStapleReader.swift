internal import COpenSSL
internal import Foundation
internal import MailModel

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
