import Foundation
import MailModel

/// The parts that the samples are put together from.
enum SampleParts {
    static let start = Date(timeIntervalSince1970: 1_795_339_800.25)
    static let smtp = Endpoint(service: .smtp, host: "smtp.mail.example", port: 587, security: .starttls)
    static let imap = Endpoint(service: .imap, host: "imap.mail.example", port: 993, security: .tls)
    static let settings = AccountSettings(
        smtp: smtp, smtpUsername: "jane@acme.example", imap: imap, imapUsername: "jane@acme.example",
        source: .catalogue)
    static let provider = ProviderIdentification(
        id: "example_mail", name: "Example Mail", confidence: 0.92, hosting: .hosted)
    static let limit = DailyLimit(
        recommended: 20, low: 10, high: 30, stage: .unknown, providerCap: 500,
        reasons: [
            "Nobody has said how old the mailbox is, so it is treated as new.",
            "The provider's own limit is far above this and does not matter.",
        ],
        sources: ["https://mail.example/help/limits"],
        details: [
            LimitReason(
                "nothing_known", "Nobody has said how old the mailbox is, so it is treated as new.",
                raise: "What would raise it: --mailbox-age."),
            LimitReason("provider_cap", "The provider's own limit is far above this and does not matter."),
        ],
        ramp: [
            RampStep(fromWeek: 1, toWeek: 1, daily: 5), RampStep(fromWeek: 2, toWeek: 4, daily: 10),
            RampStep(fromWeek: 5, toWeek: nil, daily: 20),
        ])

    /// A diagnosis of `jane@acme.example` with settings and a daily limit.
    static func diagnosis(_ verdict: Verdict) throws -> Diagnosis {
        let address = try EmailAddress("jane@acme.example")
        var diagnosis = Diagnosis(address: address, domain: address.domain, startedAt: start)
        diagnosis.duration = .milliseconds(1834)
        diagnosis.inboxType = .customSMTP
        diagnosis.provider = provider
        diagnosis.settings = settings
        diagnosis.dailyLimit = limit
        diagnosis.verdict = verdict
        return diagnosis
    }

    static let mx = Observation(
        id: .dnsMX, stage: .dns, outcome: .observed,
        facts: .dns(lookup("acme.example", .mx, .records([.mx(preference: 10, exchange: "mx1.mail.example")]))),
        duration: .microseconds(12_340))

    static let before = [
        mx, connected(smtp), secured(smtp), offers(smtp), connected(imap), secured(imap), offers(imap),
    ]

    static func lookup(_ name: String, _ type: DNSRecordType, _ outcome: DNSOutcome) -> DNSResponse {
        DNSResponse(name: name, type: type, outcome: outcome, duration: .microseconds(12_340))
    }

    static func connected(_ endpoint: Endpoint) -> Observation {
        let address = endpoint.service == .smtp ? "192.0.2.25" : "192.0.2.143"
        let facts = ConnectionFacts(
            lookups: [
                lookup(endpoint.host, .a, .records([.address(address)])), lookup(endpoint.host, .aaaa, .noData),
            ],
            attempts: [ConnectionAttempt(address: address, outcome: .connected, duration: .milliseconds(21))],
            greeting: ServerReply(code: 220, text: ServerText("\(endpoint.host) ready")))
        return Observation(
            id: .connect(endpoint.service), stage: .connect, endpoint: endpoint, outcome: .observed,
            facts: .connection(facts), duration: .milliseconds(34))
    }

    static func secured(
        _ endpoint: Endpoint, chain: ChainVerification = .trusted, until days: Double = 90
    ) -> Observation {
        let certificate = CertificateFacts(
            subject: "CN=\(endpoint.host)", issuer: "CN=Example CA", dnsNames: [endpoint.host], ipAddresses: [],
            notBefore: start.addingTimeInterval(-86_400 * 90), notAfter: start.addingTimeInterval(86_400 * days),
            sha256: String(repeating: "ab", count: 32), isSelfIssued: false)
        let facts = TLSFacts(
            version: .v1_3, cipherSuite: "TLS_AES_256_GCM_SHA384", alpn: nil, serverName: endpoint.host,
            certificates: [certificate], chain: chain, hostNameMatches: true)
        return Observation(
            id: .tls(endpoint.service), stage: .tls, endpoint: endpoint, outcome: .observed, facts: .tls(facts),
            duration: .milliseconds(28))
    }

    static func offers(_ endpoint: Endpoint) -> Observation {
        let facts = CapabilityFacts(
            beforeTLS: endpoint.security == .starttls ? [ServerText("STARTTLS")] : nil,
            onLoginChannel: [ServerText("AUTH PLAIN LOGIN")], mechanisms: ["PLAIN", "LOGIN"],
            implementation: endpoint.service == .imap ? ServerText("Example IMAP 4") : nil)
        return Observation(
            id: .capabilities(endpoint.service), stage: .capabilities, endpoint: endpoint, outcome: .observed,
            facts: .capabilities(facts), duration: .milliseconds(9))
    }

    static func loggedIn(_ endpoint: Endpoint) -> Observation {
        let reply =
            endpoint.service == .smtp
            ? ServerReply(code: 235, enhancedCode: "2.7.0", text: ServerText("Accepted"))
            : ServerReply(status: "OK", text: ServerText("Logged in"))
        return Observation(
            id: .auth(endpoint.service), stage: .auth, endpoint: endpoint, outcome: .observed,
            facts: .login(LoginFacts(mechanism: "PLAIN", username: "jane@acme.example", reply: reply)),
            duration: .milliseconds(143))
    }

    static func refused(_ endpoint: Endpoint, _ reply: ServerReply) -> Observation {
        Observation(
            id: .auth(endpoint.service), stage: .auth, endpoint: endpoint, outcome: .failed(.rejected(reply)),
            facts: .login(LoginFacts(mechanism: "PLAIN", username: "jane@acme.example", reply: reply)),
            duration: .milliseconds(2044))
    }

    static func blocked(_ endpoint: Endpoint, _ name: String, _ stage: Stage, by step: String) -> Observation {
        Observation(
            id: CheckID("\(endpoint.service.rawValue).\(name)"), stage: stage, endpoint: endpoint,
            outcome: .blocked(by: CheckID("\(endpoint.service.rawValue).\(step)")))
    }

    static let mailbox = Observation(
        id: .mailboxes, stage: .mailbox, endpoint: imap, outcome: .observed,
        facts: .mailbox(
            MailboxFacts(
                inboxMessages: 12, specialUse: ["\\Sent": ServerText("Sent"), "\\Drafts": ServerText("Entwürfe")],
                mailboxCount: 7)),
        duration: .milliseconds(18))
}
