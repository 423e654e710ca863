import MailModel

/// The verdict in words, and what to do next.
struct VerdictWords {
    /// What it all comes to.
    let headline: String
    /// The next step.
    let next: String

    init(_ report: Report) {
        if report.command == .detect {
            self = Self.detected(report)
        } else {
            self = Self.judged(report)
        }
    }

    private init(_ headline: String, next: String) {
        self.headline = headline
        self.next = next
    }

    private static func detected(_ report: Report) -> VerdictWords {
        guard report.diagnosis.settings != nil else {
            return VerdictWords("No settings were found.", next: advice(from: report) ?? "Give --smtp and --imap.")
        }
        return VerdictWords(
            "Settings were found; no login was tried.", next: "Next: mailconnect doctor <address> tries them.")
    }

    private static func judged(_ report: Report) -> VerdictWords {
        switch report.diagnosis.verdict {
        case .ready: VerdictWords("Ready: the SMTP login and the IMAP login work.", next: afterReady(report))
        case .readyWithWarnings:
            VerdictWords("Ready, with warnings: both logins work, look at the causes.", next: afterReady(report))
        case .actionNeeded:
            VerdictWords("Action needed: the account cannot be used as it is.", next: advice(from: report) ?? verbose)
        case .cannotTell:
            VerdictWords("Cannot tell: not everything could be found out.", next: afterDoubt(report))
        }
    }

    private static let verbose = "Next: run it again with --verbose to see what was said."

    private static func afterReady(_ report: Report) -> String {
        guard let registration = report.registration else {
            return "Next: mailconnect add <address> --display-name NAME registers it."
        }
        switch registration.status {
        case .registered, .alreadyRegistered: return "Nothing is left to do."
        case .notAttempted: return "Nothing was registered."
        case .refused: return "Next: look at why the registration was refused."
        case .unknown:
            return
                "Next: look in the API's dashboard, or run it again with --resolve: that sends once more, and \"already "
                + "exists\" then means registered."
        }
    }

    private static func afterDoubt(_ report: Report) -> String {
        let findings = report.orderedFindings
        if findings.first?.severity != .error, findings.contains(where: { $0.id == .passwordNotGiven }) {
            return "Next: run it again with a password, so that the logins can be tried."
        }
        if let advice = advice(from: report) { return advice }
        guard let first = findings.first, first.retry != .no else { return verbose }
        return FindingWords.sentence(for: first.retry)
    }

    private static func advice(from report: Report) -> String? {
        guard let first = report.orderedFindings.first, !first.remedy.steps.isEmpty else { return nil }
        return "Next: \(FindingWords.name(of: first.remedy.who)) does the steps of cause 1; then run this again."
    }
}
