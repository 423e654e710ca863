public import FoundationEssentials
public import MailModel
public import ProviderCatalog

/// What facts come to: causes, a verdict and advice. Pure: the same facts give the same answer, tomorrow and offline.
///
/// It is the one judge. A live run, a saved report and a pasted reply differ only in how much of the facts they hold; a
/// run that was cancelled has no facts and is never judged.
public struct Judgement: Hashable, Sendable {
    /// The causes, what to do first at the top, each cause of a side and stage once.
    public var findings: [Finding]
    /// What they come to.
    public var verdict: Verdict
    /// How much to send a day; nil without settings, where nobody was asked about the mailbox, or where it cannot be connected.
    public var dailyLimit: DailyLimit?

    /// Judges.
    ///
    /// - Parameters:
    ///   - facts: What was found out.
    ///   - catalogue: What is known of providers and of the replies of servers.
    ///   - now: The time of the run, for certificates and announcements.
    /// - Returns: The judgement.
    public static func of(_ facts: JudgedFacts, catalogue: Catalog, now: Date) -> Judgement {
        let input = DiagnosisInput(facts, catalogue: catalogue, now: now)
        let findings = findings(for: input)
        var judgement = Judgement(
            findings: findings, verdict: verdict(findings: findings, observations: facts.observations))
        // Whoever cannot be connected sends nothing.
        if judgement.verdict != .actionNeeded, let claims = facts.claims, facts.search == .found {
            var evidence = DailyLimitEvidence(
                observations: facts.observations, findings: findings, claims: claims, at: now)
            evidence.profile = input.profile
            evidence.inboxType = facts.inboxType
            evidence.domain = facts.domain
            judgement.dailyLimit = DailyLimitAdvice(bands: catalogue.dailyLimitBands).advise(evidence)
        }
        return judgement
    }

    /// Decides what findings come to. Total: "cannot tell" is an answer.
    ///
    /// An error that somebody must do something about outweighs one that may pass by itself; without errors both
    /// logins must have been seen to work.
    ///
    /// - Parameters:
    ///   - findings: The causes.
    ///   - observations: What the checks saw.
    /// - Returns: The verdict.
    public static func verdict(findings: [Finding], observations: [Observation]) -> Verdict {
        let errors = findings.filter { $0.severity == .error }
        if errors.contains(where: { !isTemporary($0) }) { return .actionNeeded }
        if !errors.isEmpty { return .cannotTell }
        guard MailService.allCases.allSatisfy({ isLoginAccepted($0, in: observations) }) else { return .cannotTell }
        return findings.contains { $0.severity == .warning } ? .readyWithWarnings : .ready
    }

    /// Whether the login of one side was seen to work in this run.
    ///
    /// - Parameters:
    ///   - service: The side.
    ///   - observations: What the checks saw.
    /// - Returns: True only for a login that the server accepted.
    public static func isLoginAccepted(_ service: MailService, in observations: [Observation]) -> Bool {
        observations.contains { $0.service == service && $0.acceptedLogin != nil }
    }

    /// Asks every rule, then has what they say looked at as a whole.
    static func findings(for input: DiagnosisInput) -> [Finding] {
        var seen: Set<[String]> = []
        let said = DiagnosisRules.all.flatMap { $0.findings(in: input) }
        let all = DiagnosisRules.refinements.reduce(said) { $1.refine($0, in: input) }
        return sorted(all).filter { finding in
            let key = [finding.id.description, finding.service?.rawValue ?? "", finding.stage?.rawValue ?? ""]
            return seen.insert(key).inserted
        }
    }

    /// What stops the account first, then by the path that a connection takes.
    private static func sorted(_ findings: [Finding]) -> [Finding] {
        func key(_ finding: Finding, _ offset: Int) -> (Int, Int, Int, Int) {
            let severity = finding.severity == .error ? 0 : finding.severity == .warning ? 1 : 2
            let stage = finding.stage.flatMap { Stage.allCases.firstIndex(of: $0) } ?? Stage.allCases.count
            return (severity, isTemporary(finding) ? 1 : 0, stage, offset)
        }
        return findings.enumerated().sorted { key($0.element, $0.offset) < key($1.element, $1.offset) }.map(\.element)
    }

    /// "Once more" is no cure for a cause that is known; a broken check, though, has told nothing.
    private static func isTemporary(_ finding: Finding) -> Bool {
        switch finding.retry {
        case .afterSeconds: true
        case .once: temporaryCauses.contains(finding.id)
        case .no: false
        }
    }

    private static let temporaryCauses: Set<FindingID> = [
        .internalError, .dnsFailure, .connectTimeout, .connectRefused, .serverBusy,
    ]
}

/// Judges saved evidence again, with the catalogue of today.
public enum Reevaluation {
    /// Judges.
    ///
    /// - Parameters:
    ///   - diagnosis: The evidence; its findings and verdict are replaced. The daily limit stays: what the user had said
    ///     of the mailbox is not part of a report.
    ///   - catalog: What is known of providers.
    /// - Returns: The same evidence, judged anew. Certificates are judged by the day of the run.
    public static func judged(_ diagnosis: Diagnosis, catalog: Catalog) -> Diagnosis {
        var diagnosis = diagnosis
        let judgement = Judgement.of(JudgedFacts(diagnosis), catalogue: catalog, now: diagnosis.startedAt)
        diagnosis.findings = judgement.findings
        diagnosis.verdict = judgement.verdict
        return diagnosis
    }
}
