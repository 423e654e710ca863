public import MailModel

/// One check with the status that the findings give it.
///
/// The status is worked out here and nowhere stored: an observation holds facts, a finding holds opinion, and a finding
/// says in its `evidence` which checks it rests on.
public struct ReportedCheck: Hashable, Sendable {
    /// What the check saw.
    public let observation: Observation
    /// The findings that explain the status.
    public let findings: [Finding]
    /// How the check reads.
    public let status: CheckStatus

    /// Works out the status of a check.
    ///
    /// - Parameters:
    ///   - observation: What the check saw.
    ///   - findings: All findings of the run so far.
    ///   - observations: All observations of the run: where one check looked at several endpoints, a finding is about
    ///     those where it failed.
    public init(_ observation: Observation, findings: [Finding], among observations: [Observation] = []) {
        self.observation = observation
        self.findings = Self.explanations(of: observation, in: findings, among: observations)
        status = Self.status(of: observation.outcome, given: self.findings)
    }

    /// The check's title.
    public var title: String { CheckTitle.title(of: observation.id) }

    private static func status(of outcome: CheckOutcome, given findings: [Finding]) -> CheckStatus {
        switch outcome {
        case .observed:
            if findings.contains(where: { $0.severity == .error }) { return .fail }
            return findings.contains { $0.severity == .warning } ? .warn : .pass
        case .failed:
            // A failure that nobody explains stays a failure: "could not tell" never reads as fine.
            return findings.isEmpty || findings.contains { $0.severity == .error } ? .fail : .warn
        case .blocked: return .blocked
        case .skipped: return .skipped
        case .broke: return .broke
        }
    }

    private static func explanations(
        of observation: Observation, in findings: [Finding], among observations: [Observation]
    ) -> [Finding] {
        let named = findings.filter { names(observation, in: $0) }
        switch observation.outcome {
        case .failed: return named
        case .observed:
            if failedElsewhere(observation, among: observations) { return [] }
            return named.filter { $0.severity != .info && ($0.stage ?? observation.stage) == observation.stage }
        case .blocked, .skipped, .broke: return []
        }
    }

    private static func names(_ observation: Observation, in finding: Finding) -> Bool {
        guard finding.evidence.contains(observation.id.description) else { return false }
        guard let service = finding.service, let own = observation.service else { return true }
        return service == own
    }

    /// Whether the same check failed at another endpoint. A TLS check is never cleared by this: its handshake can come
    /// to a good end with a bad certificate.
    private static func failedElsewhere(_ observation: Observation, among observations: [Observation]) -> Bool {
        guard observation.stage != .tls else { return false }
        return observations.contains { other in
            guard other.id == observation.id, other.endpoint != observation.endpoint else { return false }
            if case .failed = other.outcome { return true }
            return false
        }
    }
}

/// How a check reads in a report, once the findings are known.
public enum CheckStatus: String, Hashable, Sendable, CaseIterable {
    /// It saw what it came to see, and nothing is wrong with it.
    case pass
    /// Something about it should be looked at.
    case warn
    /// It stands in the way.
    case fail
    /// It could not run, since an earlier check failed.
    case blocked
    /// It was not asked for, or cannot be done.
    case skipped
    /// The program's own mistake.
    case broke
}

/// What a check is called where people read it.
public enum CheckTitle {
    /// The title of a check.
    ///
    /// - Parameter id: The check.
    /// - Returns: Its title; the id itself for a check that has none, such as one from a newer report.
    public static func title(of id: CheckID) -> String { titles[id.description] ?? id.description }

    private static let titles: [String: String] = [
        "dns.mx": "Mail exchangers",
        "dns.spf": "SPF record",
        "dns.dmarc": "DMARC record",
        "dns.dkim": "DKIM keys",
        "dns.mta_sts": "MTA-STS policy",
        "dns.tls_rpt": "TLS reports",
        "net.control": "Other hosts",
        "smtp.connect": "SMTP connection",
        "smtp.tls": "SMTP encryption",
        "smtp.capabilities": "SMTP capabilities",
        "smtp.auth": "SMTP login",
        "smtp.alternatives": "Other SMTP servers",
        "smtp.sender": "SMTP sender",
        "imap.connect": "IMAP connection",
        "imap.tls": "IMAP encryption",
        "imap.capabilities": "IMAP capabilities",
        "imap.auth": "IMAP login",
        "imap.alternatives": "Other IMAP servers",
        "imap.mailboxes": "IMAP mailboxes",
    ]
}
