import MailModel

/// Look-ups and TLS.
extension SavedValue {
    func lookups() throws(SavedReportError) -> [DNSResponse] {
        var result: [DNSResponse] = []
        for item in try list() { result.append(try item.lookup()) }
        return result
    }

    func lookup() throws(SavedReportError) -> DNSResponse {
        DNSResponse(
            name: try self["name"].text(), type: try self["type"].word(DNSRecordType.self), outcome: try dnsOutcome(),
            duration: try self["duration_ms"].duration())
    }

    private func dnsOutcome() throws(SavedReportError) -> DNSOutcome {
        let outcome = try self["outcome"]
        switch try outcome.text() {
        case "records":
            var records: [DNSRecord] = []
            for item in try self["records"].list() { records.append(try item.record()) }
            return .records(records)
        case "name_not_found": return .nameNotFound
        case "no_data": return .noData
        case "server_failure": return .serverFailure
        case "refused": return .refused
        case "timed_out": return .timedOut
        case "cancelled": return .cancelled
        case "broken": return .broken(try optional("reason")?.text() ?? "")
        case let other: throw outcome.error("\"\(other)\" is no outcome of a look-up")
        }
    }

    private func record() throws(SavedReportError) -> DNSRecord {
        let kind = try self["kind"]
        switch try kind.text() {
        case "address": return .address(try self["address"].text())
        case "mx": return .mx(preference: try self["preference"].integer(), exchange: try self["exchange"].text())
        case "txt": return .txt(try self["text"].text())
        case "srv":
            return .srv(
                priority: try self["priority"].integer(), weight: try self["weight"].integer(),
                port: try self["port"].integer(), target: try self["target"].text())
        case "cname": return .cname(try self["target"].text())
        case let other: throw kind.error("\"\(other)\" is no kind of record")
        }
    }

    func tls() throws(SavedReportError) -> TLSFacts {
        var certificates: [CertificateFacts] = []
        for item in try self["certificates"].list() { certificates.append(try item.certificate()) }
        let chain = try self["chain"]
        let verification: ChainVerification =
            try chain["trusted"].flag()
            ? .trusted : .rejected(code: try chain["code"].integer(), reason: try chain["reason"].text())
        return TLSFacts(
            version: TLSVersion(try self["version"].text()), cipherSuite: try self["cipher_suite"].text(),
            alpn: try optional("alpn")?.text(), serverName: try self["server_name"].text(),
            certificates: certificates, chain: verification, hostNameMatches: try self["host_name_matches"].flag(),
            discardedPlaintext: try self["discarded_plaintext"].integer(),
            ocspStaple: try optional("ocsp_staple")?.staple())
    }

    private func staple() throws(SavedReportError) -> OCSPStapleFacts {
        OCSPStapleFacts(
            status: try self["status"].word(OCSPStapleFacts.Status.self),
            thisUpdate: try optional("this_update")?.date(), nextUpdate: try optional("next_update")?.date())
    }

    private func certificate() throws(SavedReportError) -> CertificateFacts {
        CertificateFacts(
            subject: try self["subject"].text(), issuer: try self["issuer"].text(),
            dnsNames: try self["dns_names"].texts(), ipAddresses: try self["ip_addresses"].texts(),
            notBefore: try self["not_before"].date(), notAfter: try self["not_after"].date(),
            sha256: try self["sha256"].text(), isSelfIssued: try self["self_issued"].flag())
    }
}
