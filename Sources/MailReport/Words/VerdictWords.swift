import MailModel

/// The verdict in words, and what to do next.
struct VerdictWords {
    /// What it all comes to.
    let headline: String
    /// The next step.
    let next: String

    init(_ report: Report, _ words: RemedyWords) {
        if report.command == .detect {
            self = Self.detected(report, words)
        } else {
            self = Self.judged(report, words)
        }
    }

    private init(_ headline: String, next: String) {
        self.headline = headline
        self.next = next
    }

    private static func detected(_ report: Report, _ words: RemedyWords) -> VerdictWords {
        guard report.diagnosis.settings != nil else {
            return VerdictWords(
                "No settings were found.", next: advice(from: report, words) ?? words.text(.nameEndpoint(nil)))
        }
        return VerdictWords("Settings were found; no login was tried.", next: next(words.text(.checkLogins)))
    }

    private static func judged(_ report: Report, _ words: RemedyWords) -> VerdictWords {
        let unknown = next(words.text(.showDialogue))
        switch report.diagnosis.verdict {
        case .ready:
            return VerdictWords("Ready: the SMTP login and the IMAP login work.", next: afterReady(report, words))
        case .readyWithWarnings:
            return VerdictWords(
                "Ready, with warnings: both logins work, look at the causes.", next: afterReady(report, words))
        case .actionNeeded:
            return VerdictWords(
                "Action needed: the account cannot be used as it is.", next: advice(from: report, words) ?? unknown)
        case .cannotTell:
            return VerdictWords(
                "Cannot tell: not everything could be found out.", next: afterDoubt(report, words) ?? unknown)
        }
    }

    /// `Next: look ...`: what follows goes on in small letters, unless it begins with a name in capitals.
    private static func next(_ sentence: String) -> String {
        guard let first = sentence.first, sentence.dropFirst().first?.isLowercase == true else {
            return "Next: \(sentence)"
        }
        return "Next: \(first.lowercased())\(sentence.dropFirst())"
    }

    private static func afterReady(_ report: Report, _ words: RemedyWords) -> String {
        guard let registration = report.registration else { return next(words.text(.register)) }
        switch registration.status {
        case .registered, .alreadyRegistered: return "Nothing is left to do."
        case .notAttempted: return "Nothing was registered."
        case .refused: return "Next: look at why the registration was refused."
        case .unknown: return next(words.text(.registerAgain))
        }
    }

    private static func afterDoubt(_ report: Report, _ words: RemedyWords) -> String? {
        let findings = report.orderedFindings
        if findings.first?.severity != .error, let open = findings.first(where: { $0.id == .passwordNotGiven }) {
            guard !open.remedy.steps.contains(where: \.leavesPasswords) else {
                return next(words.text(.connectByOAuth))
            }
            return "Next: run it again with a password, so that the logins can be tried."
        }
        if let advice = advice(from: report, words) { return advice }
        guard let first = findings.first, first.retry != .no else { return nil }
        return FindingWords.sentence(for: first.retry)
    }

    /// Nobody is told to run again what cannot pass.
    private static func advice(from report: Report, _ words: RemedyWords) -> String? {
        guard let first = report.orderedFindings.first, !first.remedy.steps.isEmpty else { return nil }
        let who = FindingWords.name(of: first.remedy.who)
        if let way = first.remedy.steps.first(where: \.leavesPasswords) { return next(words.text(way)) }
        return "Next: \(who) does the steps of cause 1; then run this again."
    }
}

/// The fixed words around a finding.
enum FindingWords {
    /// Which side a finding is about.
    static func side(of finding: Finding) -> String {
        if let service = finding.service { return name(of: service) }
        let named = MailService.allCases.filter { service in
            finding.evidence.contains { $0.hasPrefix(service.rawValue + ".") }
        }
        if !named.isEmpty { return named.map(name).joined(separator: " and ") }
        switch finding.stage {
        case .dns: return "DNS"
        case .register: return "Registration"
        default: return finding.evidence.contains { $0.hasPrefix("dns.") } ? "DNS" : "Account"
        }
    }

    /// `SMTP` or `IMAP`.
    static func name(of service: MailService) -> String { service.rawValue.uppercased() }

    /// Who must act.
    static func name(of actor: RemedyOwner) -> String {
        switch actor {
        case .user: "the owner of the mailbox"
        case .admin: "the administrator of the domain or organisation"
        case .provider: "the provider"
        case .support: "whoever runs this program"
        }
    }

    /// Whether trying again makes sense.
    static func sentence(for advice: RetryAdvice) -> String {
        switch advice {
        case .no: "Trying again helps only after a change."
        case .once: "Try again once."
        case .afterSeconds(let seconds): "Try again after \(TimeWords.text(.seconds(max(0, seconds))))."
        }
    }

    /// A share as `95%`.
    static func percent(_ share: Double) -> String {
        guard share.isFinite else { return "0%" }
        return "\(Int((min(1, max(0, share)) * 100).rounded()))%"
    }
}
