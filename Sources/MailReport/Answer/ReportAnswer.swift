import MailModel

/// What a report comes to, for a person: the answer in one sentence, each cause once, what to do and who does it. Every form
/// of a report begins with this value.
struct ReportAnswer {
    /// The word that the first line begins with.
    enum Mark: String {
        case ok = "OK"
        case warn = "WARN"
        case fail = "FAIL"
        case unclear = "?"
    }

    /// What the mark stands for, in a word.
    let mark: Mark
    /// The answer, one sentence.
    let headline: String
    /// More on the first cause, or on the answer itself; may be empty.
    let detail: String
    /// What to do first, by whoever the first cause names.
    let steps: [RemedyStep]
    /// Who does it; nil where nothing is to be done.
    let who: RemedyOwner?
    /// The cause that the headline tells; nil where there is none.
    let cause: AnswerCause?
    /// What else stands in the way or should be looked at.
    let others: [AnswerCause]

    /// Reads the answer out of a report.
    ///
    /// - Parameter report: The report.
    init(_ report: Report) {
        let told = report.orderedFindings.filter { $0.severity != .info }
        // Without an error it is the missing password that leaves the answer open, whatever else should be looked at.
        let open = told.contains { $0.severity == .error } ? [] : Self.open(report)
        let causes = AnswerCause.causes(of: open + told)
        let headline = AnswerHeadline(report, cause: causes.first)
        mark = headline.mark
        self.headline = headline.text
        cause = headline.tellsCause ? causes.first : nil
        others = headline.tellsCause ? Array(causes.dropFirst()) : causes
        detail = cause?.detail ?? headline.detail
        steps = cause?.steps ?? headline.steps
        who = steps.isEmpty && cause == nil ? nil : cause?.who ?? headline.who
    }

    /// What is merely open, where nothing is wrong: without a password no login was tried.
    private static func open(_ report: Report) -> [Finding] {
        guard report.command != .detect, !report.diagnosis.verdict.isReady else { return [] }
        return report.orderedFindings.filter { $0.id == .passwordNotGiven }.prefix(1).map(\.self)
    }
}

/// The sentence that a report begins with.
struct AnswerHeadline {
    let mark: ReportAnswer.Mark
    let text: String
    /// Whether the sentence tells the first cause.
    var tellsCause = false
    var detail = ""
    var steps: [RemedyStep] = []
    var who = RemedyOwner.support

    init(_ report: Report, cause: AnswerCause?) {
        if report.command == .detect {
            self = Self.detected(report.diagnosis, cause)
        } else if let outcome = report.registration, report.diagnosis.verdict.isReady {
            self = Self.registered(outcome, report)
        } else {
            self = Self.judged(report, cause)
        }
    }

    private init(_ mark: ReportAnswer.Mark, _ text: String) {
        self.mark = mark
        self.text = text
    }

    private static func subject(_ diagnosis: Diagnosis) -> String {
        diagnosis.address?.description ?? diagnosis.domain.description
    }

    private static func detected(_ diagnosis: Diagnosis, _ cause: AnswerCause?) -> AnswerHeadline {
        let subject = subject(diagnosis)
        guard diagnosis.settings != nil else {
            let takesNoMail = diagnosis.provider.hosting != .unknown && diagnosis.inboxType == nil
            let what = takesNoMail ? "\(subject) has no mailbox to connect" : "no settings are known for \(subject)"
            var headline = AnswerHeadline(takesNoMail ? .fail : .unclear, told(what, cause))
            headline.tellsCause = cause != nil
            headline.steps = [.nameEndpoint(nil)]
            return headline
        }
        let name = AccountWords.provider(diagnosis.provider) ?? "a provider that is not known"
        let type = diagnosis.inboxType.map { ", \($0.rawValue)" } ?? ""
        let sure = FindingWords.percent(diagnosis.provider.confidence)
        var headline = AnswerHeadline(
            diagnosis.provider.confidence < 0.6 ? .unclear : .ok, "\(subject) is at \(name)\(type), \(sure) sure.")
        headline.detail = diagnosis.reason
        headline.steps = [.checkLogins]
        return headline
    }

    private static func judged(_ report: Report, _ cause: AnswerCause?) -> AnswerHeadline {
        let subject = subject(report.diagnosis)
        var headline: AnswerHeadline
        switch report.diagnosis.verdict {
        case .ready:
            headline = AnswerHeadline(.ok, "\(subject) can be connected: the SMTP login and the IMAP login work.")
            headline.steps = [.register]
            return headline
        case .readyWithWarnings:
            headline = AnswerHeadline(.warn, told("\(subject) can be connected, with a warning", cause))
        case .actionNeeded:
            headline = AnswerHeadline(.fail, told("\(subject) cannot be connected", cause))
        case .cannotTell:
            headline = AnswerHeadline(.unclear, told("it cannot be told whether \(subject) can be connected", cause))
        }
        headline.tellsCause = cause != nil
        headline.steps = [.showDialogue]
        return headline
    }

    private static func registered(_ outcome: RegistrationOutcome, _ report: Report) -> AnswerHeadline {
        let subject = subject(report.diagnosis)
        var headline: AnswerHeadline
        switch outcome.status {
        case .registered:
            headline = AnswerHeadline(.ok, "\(subject) is registered.")
        case .alreadyRegistered: headline = AnswerHeadline(.ok, "\(subject) was registered already.")
        case .refused: headline = AnswerHeadline(.fail, "\(subject) is not registered: the API refused it.")
        case .unknown:
            headline = AnswerHeadline(.unclear, "it is not known whether \(subject) is registered.".capitalizedFirst)
        case .notAttempted where outcome.obstacle == .dryRun:
            headline = AnswerHeadline(.ok, "\(subject) can be registered; this was a dry run.")
        case .notAttempted:
            headline = AnswerHeadline(.warn, "\(subject) can be connected, and was not registered.")
        }
        headline.detail = outcome.reason
        headline.steps = outcome.steps
        return headline
    }

    /// `SUBJECT ...: the cause (sides).` The cause keeps its capital: it may begin with a name.
    private static func told(_ text: String, _ cause: AnswerCause?) -> String {
        text.capitalizedFirst + (cause.map { ": \($0.sentence)" } ?? ".")
    }
}

extension String {
    /// With a capital, unless it begins with an address or a name of small letters that must stay.
    fileprivate var capitalizedFirst: String {
        guard let first, !prefix(while: { $0 != " " }).contains(where: { "@.".contains($0) }) else { return self }
        return first.uppercased() + dropFirst()
    }
}
