import Foundation
public import MailModel

/// What stands in a report beside the checks, with something in each property.
public enum ReportSamples {
    /// One advice of each kind.
    public static let retries: [RetryAdvice] = FactSamples.chain { advice in
        switch advice {
        case nil: .once
        case .once: .afterSeconds(60)
        case .afterSeconds: .no
        case .no: nil
        }
    }

    /// Whether there are mailboxes, in each way.
    public static let hostings: [MailHosting] = FactSamples.chain { hosting in
        switch hosting {
        case nil: .hosted
        case .hosted: .notHosted
        case .notHosted: .forwarding
        case .forwarding: .unknown
        case .unknown: nil
        }
    }

    /// Both ends of a verification.
    public static let chains: [ChainVerification] = FactSamples.chain { chain in
        switch chain {
        case nil: .trusted
        case .trusted: .rejected(code: 18, reason: "self-signed")
        case .rejected: nil
        }
    }

    /// One step of each kind.
    public static let steps: [RemedyStep] = FactSamples.chain { step in
        switch step {
        case nil: "Do it."
        case .text: .useEndpoint(FactSamples.imap, [.loginPassed, .otherFamily])
        case .useEndpoint: .nameEndpoint(.smtp)
        case .nameEndpoint: .useUsername(.imap, "jane")
        case .useUsername: .useFullAddress
        case .useFullAddress: .givePassword
        case .givePassword: .useAccessToken(.smtp)
        case .useAccessToken: .connectByOAuth
        case .connectByOAuth: .giveMoreTime(seconds: 60)
        case .giveMoreTime: .useResolver
        case .useResolver: .trustCertificate
        case .trustCertificate: .chooseProvider
        case .chooseProvider: .runAgain
        case .runAgain: .checkLogins
        case .checkLogins: .showDialogue
        case .showDialogue: .register
        case .register: .acceptWarnings
        case .acceptWarnings: .insistOnLimit
        case .insistOnLimit: .registerAgain
        case .registerAgain: .tellMailboxAge
        case .tellMailboxAge: .tellMailboxStage(orSent: 40)
        case .tellMailboxStage: .tellContractAge
        case .tellContractAge: .setDailyLimit
        case .setDailyLimit: nil
        }
    }

    /// A finding.
    public static let finding = Finding(
        id: .badCredentials, severity: .warning, confidence: 0.955, service: .imap, stage: .auth, summary: "Refused.",
        detail: "More.", serverText: "NO no", evidence: ["imap.auth"],
        remedy: Remedy(who: .admin, steps: steps, links: ["https://example.com/"]), retry: .afterSeconds(60))

    /// Each kind of value that a request can have.
    public static let requestValues: [RequestField.Value] = FactSamples.chain { value in
        switch value {
        case nil: .text("jane@example.com")
        case .text: .number(587)
        case .number: .flag(true)
        case .flag: .redacted
        case .redacted: nil
        }
    }

    /// What became of a registration.
    public static let registration = RegistrationOutcome(
        status: .refused, reason: "no", inboxID: "i1", overallStatus: "PENDING", dailyLimit: 30,
        createdAt: FactSamples.moment, httpStatus: 422,
        request: requestValues.enumerated().map { RequestField(name: "field\($0.offset)", value: $0.element) },
        obstacle: .rateLimited, retry: .afterSeconds(7), notes: ["a note"], steps: steps,
        target: "POST https://api.example/")

    /// A daily limit.
    public static let dailyLimit = DailyLimit(
        recommended: 30, low: 20, high: 40, stage: .warming, providerCap: 500, reasons: ["r"], sources: ["s"],
        details: [
            LimitReason("hourly_cap", "evidence", action: .tellContractAge),
            LimitReason("age", "evidence", action: .tellMailboxAge),
        ],
        ramp: [RampStep(fromWeek: 1, toWeek: 2, daily: 5)])

    static let settings = AccountSettings(
        smtp: FactSamples.smtp, smtpUsername: "jane", imap: FactSamples.imap, imapUsername: "jane@example.com",
        source: .srv)

    /// A diagnosis with something in each property.
    ///
    /// - Returns: The diagnosis.
    /// - Throws: Nothing, as the address is a valid one.
    public static func diagnosis() throws -> Diagnosis {
        let address = try EmailAddress("jane@example.com")
        var diagnosis = Diagnosis(address: address, domain: address.domain, startedAt: FactSamples.moment)
        diagnosis.duration = .milliseconds(1_234)
        diagnosis.inboxType = .customSMTP
        diagnosis.provider = ProviderIdentification(
            id: "p", name: "P", confidence: 0.875, gateway: Gateway(id: "g", name: "G"), hosting: .forwarding)
        diagnosis.reason = "The exchangers say so."
        let vote = EvidenceVote(source: .mx, weight: 0.5, detail: "d")
        diagnosis.candidates = [
            ProviderCandidate(
                id: "p", name: "P", inboxType: .googleWorkspace, confidence: 0.25, votesFor: [vote],
                votesAgainst: [vote])
        ]
        diagnosis.settings = settings
        diagnosis.alternatives = [settings]
        diagnosis.evidence = [
            Evidence(
                source: .mx, kind: .alias, query: "MX example.com", outcome: .negative, detail: "d", pointsTo: "p",
                weight: 0.5,
                duration: .milliseconds(2))
        ]
        diagnosis.observations = FactSamples.observations
        diagnosis.findings = [finding]
        diagnosis.verdict = .readyWithWarnings
        diagnosis.dailyLimit = dailyLimit
        diagnosis.disclosures = [Disclosure(party: "mx.example.com", matter: .login, isThirdParty: true)]
        diagnosis.transcript = [
            TranscriptEntry(at: .milliseconds(5), endpoint: FactSamples.imap, direction: .server, text: "* OK")
        ]
        return diagnosis
    }
}
