import Foundation
import MailDiagnosis
import MailModel
import MailReport
import MailTestSupport

/// Facts of every kind with what the judge makes of them: here its own words and steps are held.
extension Sample {
    private static func judged(_ name: String, _ observations: [Observation]) -> Sample {
        doctor(name, .cannotTell, observations, []) { diagnosis in
            diagnosis = Reevaluation.judged(diagnosis, catalog: try RepositoryCatalog.catalog())
        }
    }

    private static func failed(_ endpoint: Endpoint, _ check: String, _ stage: Stage, _ failure: Failure) -> Observation
    {
        Observation(
            id: CheckID("\(endpoint.service.rawValue).\(check)"), stage: stage, endpoint: endpoint,
            outcome: .failed(failure),
            duration: .milliseconds(12))
    }

    private static let loggedIn = [SampleParts.loggedIn(SampleParts.smtp), SampleParts.loggedIn(SampleParts.imap)]
    private static let smtps = Endpoint(service: .smtp, host: "smtp.mail.example", port: 465, security: .tls)

    private static func silence(_ address: String) -> Failure {
        .notConnected([ConnectionAttempt(address: address, outcome: .timedOut, duration: .seconds(8))])
    }

    /// Another port works in place of the one that the user named.
    static let alternatives = judged(
        "alternatives",
        [
            SampleParts.mx, failed(SampleParts.smtp, "connect", .connect, silence("192.0.2.25")),
            Observation(
                id: .alternatives(.smtp), stage: .connect, endpoint: SampleParts.smtp, outcome: .observed,
                facts: .alternatives(
                    AlternativesFacts(
                        isUserChoice: true,
                        tried: [
                            AlternativeFacts(
                                endpoint: smtps, reason: .otherPort, stage: .capabilities, failure: nil)
                        ]))),
            SampleParts.loggedIn(smtps), SampleParts.connected(SampleParts.imap),
            SampleParts.loggedIn(SampleParts.imap),
        ])

    /// A host that is dead while others answer on the same port.
    static let deadHost = judged(
        "dead_host",
        [
            SampleParts.mx, failed(SampleParts.smtp, "connect", .connect, silence("192.0.2.25")),
            Observation(
                id: .netControl, stage: .connect, outcome: .observed,
                facts: .control(
                    ControlFacts(attempts: [
                        ControlFacts.Attempt(host: "smtp.control.example", port: 587, outcome: .connected)
                    ]))),
            SampleParts.connected(SampleParts.imap), SampleParts.loggedIn(SampleParts.imap),
        ])

    /// What the DNS says of the sending domain.
    static let sendingDomain = judged(
        "sending_domain",
        SampleParts.before + loggedIn + [
            Observation(
                id: .dnsSPF, stage: .dns, outcome: .observed,
                facts: .spf(
                    SPFFacts(
                        lookup: SampleParts.lookup("acme.example", .txt, .records([.txt("v=spf1 -all")])),
                        recordCount: 2, lookupCount: 1, includes: ["spf.mail.example"], includesProvider: true,
                        allQualifier: "-")), duration: .milliseconds(15)),
            Observation(
                id: .dnsDMARC, stage: .dns, outcome: .observed,
                facts: .dmarc(DMARCFacts(lookup: SampleParts.lookup("_dmarc.acme.example", .txt, .nameNotFound))),
                duration: .milliseconds(14)),
            Observation(
                id: .dnsDKIM, stage: .dns, outcome: .observed,
                facts: .dkim(
                    DKIMFacts(selectors: [
                        DKIMFacts.Selector(
                            name: "s1", state: .missing,
                            lookup: SampleParts.lookup("s1._domainkey.acme.example", .txt, .noData)),
                        DKIMFacts.Selector(
                            name: "s2", state: .withdrawn,
                            lookup: SampleParts.lookup("s2._domainkey.acme.example", .txt, .records([.txt("p=")]))),
                    ])), duration: .milliseconds(16)),
        ])

    /// A test message, a mailbox that is nearly full, and a staple that revokes.
    static let delivered = judged(
        "delivered",
        SampleParts.before.map(stapled) + loggedIn + [
            Observation(
                id: .mailboxes, stage: .mailbox, endpoint: SampleParts.imap, outcome: .observed,
                facts: .mailbox(
                    MailboxFacts(
                        inboxMessages: 3, quotas: [QuotaFacts(resource: "STORAGE", used: 990, limit: 1000)])),
                duration: .milliseconds(18)),
            Observation(
                id: .sender, stage: .submit, endpoint: SampleParts.smtp, outcome: .observed,
                facts: .delivery(
                    DeliveryFacts(
                        accepted: ServerReply(code: 250, enhancedCode: "2.0.0", text: ServerText("queued")),
                        arrivedIn: ServerText("Junk"), delay: .seconds(3), authority: ServerText("mx.mail.example"),
                        methods: [
                            DeliveryFacts.Method(name: "spf", result: "pass"),
                            DeliveryFacts.Method(name: "dkim", result: "fail"),
                        ])), duration: .milliseconds(40)),
        ])

    private static func stapled(_ observation: Observation) -> Observation {
        guard observation.id == .tls(.smtp), case .tls(var facts)? = observation.facts else { return observation }
        var observation = observation
        facts.ocspStaple = OCSPStapleFacts(status: .revoked, thisUpdate: SampleParts.start.addingTimeInterval(-3_600))
        observation.facts = .tls(facts)
        return observation
    }

    /// One sample for each way in which a check of SMTP can end early, with IMAP in order.
    static let failures: [Sample] = [
        ("no_address", "connect", .connect, .noAddress([SampleParts.lookup("smtp.mail.example", .a, .nameNotFound)])),
        ("timed_out", "connect", .greeting, .timedOut(after: .seconds(10))),
        ("closed", "connect", .greeting, .closed(reset: true, lastWords: ServerText("220-one moment"))),
        (
            "violation", "connect", .greeting,
            .violation(.notSMTP, text: ServerText("SSH-2.0-OpenSSH_9.2p1"))
        ),
        ("tls", "tls", .tls, .tls(.alert(number: 116, name: "certificate required"))),
        ("starttls_not_offered", "tls", .tls, .startTLSNotOffered),
        ("login_not_offered", "auth", .auth, .loginNotOffered),
        ("no_common_mechanism", "auth", .auth, .noCommonMechanism(offered: ["XOAUTH2"])),
        ("unusable_credential", "auth", .auth, .unusableCredential(.controlInSecret)),
        ("our_limit", "connect", .connect, .ourLimit),
        (
            "address_not_allowed", "connect", .connect,
            .notConnected([ConnectionAttempt(address: "10.0.0.7", outcome: .notAllowed, duration: .zero)])
        ),
    ].map { (name: String, check: String, stage: Stage, failure: Failure) in
        judged(
            "failure_\(name)",
            [SampleParts.mx, failed(SampleParts.smtp, check, stage, failure), SampleParts.loggedIn(SampleParts.imap)])
    }
}
