import MailModel

/// The facts of a TLS handshake.
extension JSONReport {
    static func tls(_ facts: TLSFacts) -> JSONValue {
        [
            "kind": .text("tls"),
            "version": .text(facts.version.description),
            "cipher_suite": .text(facts.cipherSuite),
            "alpn": .optional(facts.alpn),
            "server_name": .text(facts.serverName),
            "host_name_matches": .flag(facts.hostNameMatches),
            "chain": chain(facts.chain),
            "certificates": .list(facts.certificates.map(certificate)),
            "discarded_plaintext": .integer(facts.discardedPlaintext),
            "ocsp_staple": facts.ocspStaple.map(staple) ?? .null,
        ]
    }

    private static func staple(_ facts: OCSPStapleFacts) -> JSONValue {
        [
            "status": .text(facts.status.rawValue), "this_update": date(facts.thisUpdate),
            "next_update": date(facts.nextUpdate),
        ]
    }

    private static func chain(_ chain: ChainVerification) -> JSONValue {
        switch chain {
        case .trusted: ["trusted": .flag(true), "code": .null, "reason": .null]
        case .rejected(let code, let reason):
            ["trusted": .flag(false), "code": .integer(code), "reason": .text(reason)]
        }
    }

    private static func certificate(_ certificate: CertificateFacts) -> JSONValue {
        [
            "subject": .text(certificate.subject),
            "issuer": .text(certificate.issuer),
            "dns_names": .texts(certificate.dnsNames),
            "ip_addresses": .texts(certificate.ipAddresses),
            "not_before": .text(JSONTime.text(certificate.notBefore)),
            "not_after": .text(JSONTime.text(certificate.notAfter)),
            "sha256": .text(certificate.sha256),
            "self_issued": .flag(certificate.isSelfIssued),
        ]
    }

    static func tlsFailure(_ failure: TLSFailure) -> JSONValue {
        switch failure {
        case .notTLS(let octets): ["kind": .text("not_tls"), "first_octets": .text(octets.escaped)]
        case .alert(let number, let name):
            ["kind": .text("alert"), "number": .integer(number), "name": .text(name)]
        case .unsupportedVersion: ["kind": .text("unsupported_version")]
        case .closed: ["kind": .text("closed")]
        case .other(let words): ["kind": .text("other"), "detail": .text(words)]
        }
    }
}
