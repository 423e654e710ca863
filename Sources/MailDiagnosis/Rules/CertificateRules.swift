import FoundationEssentials
import MailModel
import ProviderCatalog

/// The handshake went well and the certificate is not to be trusted: expired, unknown issuer, or for another name.
struct CertificateRule: DiagnosisRule {
    func findings(in input: DiagnosisInput) -> [Finding] {
        input.handshakes.flatMap { observation, facts, interceptor -> [Finding] in
            guard interceptor == nil else { return [] }
            var findings: [Finding] = []
            if case .rejected(_, let reason) = facts.chain {
                findings.append(Self.chainFinding(observation, facts, reason, now: input.now))
            }
            if !facts.hostNameMatches, !facts.certificates.isEmpty {
                findings.append(
                    Finding(.certNameMismatch, confidence: 0.99, on: observation, .otherName(facts)))
            }
            return findings
        }
    }

    private static func chainFinding(
        _ observation: Observation, _ facts: TLSFacts, _ reason: String, now: Date
    ) -> Finding {
        if let stale = facts.certificates.first(where: { now > $0.notAfter || now < $0.notBefore }) {
            return Finding(.certExpired, confidence: 0.99, on: observation, .outOfDate(facts, stale, now: now))
        }
        return Finding(.certInvalid, confidence: 0.95, on: observation, .untrusted(facts, reason))
    }
}

extension FindingWords {
    fileprivate static func otherName(_ facts: TLSFacts) -> Self {
        let names = facts.certificates.first.map { $0.dnsNames + $0.ipAddresses } ?? []
        let shown = names.isEmpty ? "no host name at all" : names.prefix(5).joined(separator: ", ")
        let candidates = names.filter { !$0.hasPrefix("*") }
        var steps: [RemedyStep] = ["Ask the provider under which name the server is meant to be used."]
        if let name = candidates.first {
            steps.insert("Use the name that the certificate is for, if it belongs to the provider: \(name)", at: 0)
        }
        return FindingWords(
            summary: "The certificate of \(facts.serverName) is for another name: \(shown).",
            detail: "A login is sent only to a server that proves its name. No password was sent.",
            remedy: Remedy(who: .provider, steps: steps))
    }

    fileprivate static func outOfDate(_ facts: TLSFacts, _ stale: CertificateFacts, now: Date) -> Self {
        let expired = now > stale.notAfter
        let date = (expired ? stale.notAfter : stale.notBefore).formatted(.iso8601.year().month().day())
        return FindingWords(
            summary: expired
                ? "The certificate of \(facts.serverName) expired on \(date)."
                : "The certificate of \(facts.serverName) is not valid before \(date).",
            detail: "It was issued for \(stale.subject) by \(stale.issuer). No password was sent.",
            remedy: Remedy(
                who: .provider,
                steps: expired
                    ? [
                        "Ask the server's operator to renew the certificate.",
                        "If other servers look expired too, check the clock of this machine.",
                    ]
                    : [
                        "Check the clock of this machine.",
                        "If it is right, ask the server's operator to install a certificate that is valid now.",
                    ]))
    }

    fileprivate static func untrusted(_ facts: TLSFacts, _ reason: String) -> Self {
        let issuer = facts.certificates.last?.issuer ?? "unknown"
        return FindingWords(
            summary: "The certificate of \(facts.serverName) cannot be trusted: \(reason).",
            detail: "The chain ends at \(issuer). No password was sent.",
            remedy: Remedy(
                who: .provider,
                steps: [
                    "Ask the server's operator to install a certificate of a public authority, with its full chain.",
                    .trustCertificate,
                    "If the issuer is an antivirus program or a proxy, try from a network without it.",
                ]))
    }
}

/// The server itself brings word that its certificate is revoked (a stapled OCSP response).
struct RevokedCertificateRule: DiagnosisRule {
    func findings(in input: DiagnosisInput) -> [Finding] {
        input.observations.compactMap { observation in
            guard case .tls(let facts)? = observation.facts, facts.ocspStaple?.status == .revoked else { return nil }
            return Finding(
                .certRevoked, severity: .warning, confidence: 0.8, on: observation, .revoked(facts.serverName))
        }
    }
}

extension FindingWords {
    fileprivate static func revoked(_ host: String) -> Self {
        FindingWords(
            summary: "The certificate of \(host) is revoked, as the server says itself.",
            detail: "The stapled OCSP response says so; its signature was not checked.",
            remedy: Remedy(who: .provider, steps: ["Ask the server's operator to install a new certificate."]))
    }
}

/// The certificate was made by an antivirus program or a proxy: what came is not from the server.
struct InterceptionRule: DiagnosisRule {
    func findings(in input: DiagnosisInput) -> [Finding] {
        input.handshakes.compactMap { observation, facts, interceptor in
            guard let found = interceptor else { return nil }
            let isTrusted = facts.chain == .trusted && facts.hostNameMatches
            return Finding(
                .proxyOrAntivirusInterception, severity: isTrusted ? .warning : .error, confidence: 0.95,
                on: observation, .intercepted(facts, by: found, isTrusted: isTrusted))
        }
    }
}

extension FindingWords {
    fileprivate static func intercepted(_ facts: TLSFacts, by found: Interceptor, isTrusted: Bool) -> Self {
        let place = found.kind == .antivirus ? "on this machine" : "in this network"
        return FindingWords(
            summary: "\(found.name) \(place) opens the TLS connection to \(facts.serverName).",
            detail: "The certificate was issued by \(facts.certificates.first?.issuer ?? found.name). "
                + (isTrusted
                    ? "This machine trusts it, so the login was sent, and it can be read on the way."
                    : "It is not trusted here, so no password was sent."),
            remedy: Remedy(
                who: found.kind == .antivirus ? .user : .admin,
                steps: [
                    found.kind == .antivirus
                        ? "Switch the scanning of mail connections off in \(found.name), or make an exception for this host."
                        : "Have this host excepted from TLS inspection.",
                    "Or try from another network or machine.",
                ]))
    }
}

/// Several servers, all of whose certificates seem out of date in the same way: then it is this machine's clock.
struct ClockSkewRule: DiagnosisRule {
    func findings(in input: DiagnosisInput) -> [Finding] {
        let seen = input.handshakes.filter { !$0.facts.certificates.isEmpty }.map { ($0.observation, $0.facts) }
        let own = Dictionary(
            seen.compactMap { entry in entry.1.certificates.first.map { ($0.sha256, (entry.0, $0)) } },
            uniquingKeysWith: { first, _ in first })
        let early = own.values.filter { input.now < $0.1.notBefore }
        let late = own.values.filter { input.now > $0.1.notAfter }
        let staple = seen.first { entry in
            entry.1.ocspStaple?.thisUpdate.map { $0 > input.now.addingTimeInterval(3_600) } ?? false
        }
        let isBehind = staple != nil || (early.count >= 2 && early.count == own.count)
        let isAhead = late.count >= 2 && late.count == own.count
        guard isBehind || isAhead, let observation = staple?.0 ?? seen.first?.0 else { return [] }
        var finding = Finding(
            .clockSkew, severity: .warning, confidence: staple == nil ? 0.7 : 0.85, on: observation,
            .clock(input.now, isAhead: isAhead))
        finding.service = nil
        finding.evidence = seen.map { $0.0.id.description }
        return [finding]
    }
}

extension FindingWords {
    fileprivate static func clock(_ now: Date, isAhead: Bool) -> Self {
        FindingWords(
            summary: "The clock of this machine seems to be \(isAhead ? "ahead" : "behind"): it says "
                + "\(now.formatted(.iso8601)).",
            detail: "Certificates of different servers do not all \(isAhead ? "expire" : "begin") at once.",
            remedy: Remedy(who: .support, steps: ["Set the clock of this machine.", .runAgain]))
    }
}
