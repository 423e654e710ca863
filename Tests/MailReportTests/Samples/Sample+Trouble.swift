import MailModel
import MailReport

/// What `doctor` has to say before any login.
extension Sample {
    static let expiredCertificate: Sample = {
        let finding = Finding(
            id: .certExpired, severity: .error, confidence: 1, service: .smtp, stage: .tls,
            summary: "The certificate of smtp.mail.example ran out on 2026-11-19.",
            detail: "No password was sent: the server could not prove who it is.", evidence: ["smtp.tls"],
            remedy: Remedy(who: .provider, steps: ["Renew the certificate and load it into the mail server."]))
        let side = [
            SampleParts.connected(SampleParts.smtp),
            SampleParts.secured(
                SampleParts.smtp, chain: .rejected(code: 10, reason: "certificate has expired"), until: -3),
            SampleParts.offers(SampleParts.smtp),
            SampleParts.blocked(SampleParts.smtp, "auth", .auth, by: "tls"),
        ]
        return doctor("certificate_expired", .actionNeeded, [SampleParts.mx] + side, [finding])
    }()

    static let resolverSilent: Sample = {
        let failed = Observation(
            id: .dnsMX, stage: .dns, outcome: .failed(.noAddress([SampleParts.lookup("acme.example", .mx, .timedOut)])),
            facts: .dns(SampleParts.lookup("acme.example", .mx, .timedOut)), duration: .seconds(5))
        let connect = Observation(
            id: .connect(.smtp), stage: .connect, endpoint: SampleParts.smtp,
            outcome: .failed(
                .noAddress([
                    SampleParts.lookup("smtp.mail.example", .a, .timedOut),
                    SampleParts.lookup("smtp.mail.example", .aaaa, .timedOut),
                ])),
            duration: .seconds(65))
        let finding = Finding(
            id: .dnsFailure, severity: .error, confidence: 0.8, service: nil, stage: .dns,
            summary: "Names cannot be looked up from here.", detail: "The resolver gave no answer to any question.",
            evidence: ["dns.mx", "mx"],
            remedy: Remedy(who: .support, steps: ["Check the network.", "Name another resolver with --resolver."]),
            retry: .once)
        return doctor("resolver_silent", .cannotTell, [failed, connect], [finding]) { diagnosis in
            diagnosis.inboxType = nil
            diagnosis.provider = .unknown
            diagnosis.settings = nil
            diagnosis.dailyLimit = nil
        }
    }()

    static let nullMX: Sample = {
        let mx = Observation(
            id: .dnsMX, stage: .dns, outcome: .observed,
            facts: .dns(SampleParts.lookup("acme.example", .mx, .records([.mx(preference: 0, exchange: "")]))),
            duration: .microseconds(400))
        let finding = Finding(
            id: .noMailForDomain, severity: .error, confidence: 1, service: nil, stage: .dns,
            summary: "The domain says that it takes no mail.", detail: "Its mail exchanger is the null MX of RFC 7505.",
            evidence: ["dns.mx"],
            remedy: Remedy(
                who: .admin,
                steps: ["Check the address.", "Give the domain a mail exchanger, if it should have mail."],
                links: ["https://www.rfc-editor.org/rfc/rfc7505"]))
        return doctor("null_mx", .actionNeeded, [mx], [finding]) { diagnosis in
            diagnosis.inboxType = nil
            diagnosis.provider = ProviderIdentification(id: nil, name: nil, confidence: 0, hosting: .notHosted)
            diagnosis.settings = nil
            diagnosis.dailyLimit = nil
        }
    }()

    static let noPassword: Sample = {
        let skipped = MailService.allCases.map { service in
            Observation(
                id: .auth(service), stage: .auth, endpoint: SampleParts.settings.endpoint(for: service),
                outcome: .skipped(.passwordNotGiven))
        }
        let notGiven = Finding(
            id: .passwordNotGiven, severity: .info, confidence: 1, service: nil, stage: .auth,
            summary: "No password was given, so no login was tried.", detail: "", evidence: ["smtp.auth", "imap.auth"],
            remedy: Remedy(who: .user, steps: ["Run it again with a password."]))
        let mismatch = Finding(
            id: .certNameMismatch, severity: .warning, confidence: 0.6, service: .imap, stage: .tls,
            summary: "The certificate will soon be for another name.", detail: "", evidence: ["imap.tls"],
            remedy: Remedy(who: .provider, steps: []))
        return doctor("no_password", .cannotTell, SampleParts.before + skipped, [notGiven, mismatch])
    }()

    static let brokenCheck = doctor(
        "broken_check", .cannotTell,
        [
            SampleParts.mx,
            Observation(
                id: CheckID("smtp.something_from_a_newer_version"), stage: .submit, endpoint: SampleParts.smtp,
                outcome: .broke("an impossible state was met"), duration: .milliseconds(1)),
            Observation(
                id: .connect(.imap), stage: .connect, endpoint: SampleParts.imap,
                outcome: .failed(
                    .notConnected([
                        ConnectionAttempt(
                            address: "192.0.2.143", outcome: .refused, detail: "ECONNREFUSED",
                            duration: .milliseconds(2)),
                        ConnectionAttempt(address: "2001:db8::143", outcome: .unreachable, duration: .milliseconds(1)),
                    ])),
                duration: .milliseconds(2)),
        ], [])
}
