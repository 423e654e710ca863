import COpenSSL

/// A subject alternative name extension under construction (RFC 5280, section 4.2.1.6).
///
/// It is built name by name and not from OpenSSL's configuration text, so that a hostile name keeps its octets.
final class AlternativeNames {
    let pointer: OpaquePointer

    init(names: [String], addresses: [String]) throws(CertificateError) {
        pointer = try OpenSSLCall.object("make names") { GENERAL_NAMES_new() }
        for name in names { try append(GEN_DNS, Self.dnsName(name)) }
        for address in addresses {
            try append(GEN_IPADD, OpenSSLCall.object("read address") { a2i_IPADDRESS(address) })
        }
    }

    deinit { GENERAL_NAMES_free(pointer) }

    private static func dnsName(_ name: String) throws(CertificateError) -> UnsafeMutablePointer<ASN1_STRING> {
        let value = try OpenSSLCall.object("make name") { ASN1_STRING_type_new(V_ASN1_IA5STRING) }
        let octets = Array(name.utf8)
        do {
            try OpenSSLCall.check("fill name") { ASN1_STRING_set(value, octets, Int32(clamping: octets.count)) }
        } catch {
            ASN1_STRING_free(value)
            throw error
        }
        return value
    }

    /// Takes `value` over: it is owned by the list afterwards, or freed.
    private func append(_ kind: Int32, _ value: UnsafeMutablePointer<ASN1_STRING>) throws(CertificateError) {
        guard let name = GENERAL_NAME_new() else {
            ASN1_STRING_free(value)
            throw CertificateError(step: "make name")
        }
        GENERAL_NAME_set0_value(name, kind, value)
        guard mc_general_names_push(pointer, name) > 0 else {
            GENERAL_NAME_free(name)
            throw CertificateError(step: "add name")
        }
    }
}
