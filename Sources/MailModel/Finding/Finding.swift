public import MailJSON

/// How much a finding matters.
public enum Severity: String, Hashable, Sendable, CaseIterable {
    /// The account cannot be used.
    case error
    /// It can, but something should be looked at.
    case warning
    /// Good to know.
    case info
}

/// Who can do something about a finding.
public enum RemedyOwner: String, Hashable, Sendable, CaseIterable {
    /// The mailbox's owner.
    case user
    /// The administrator of the domain or organisation.
    case admin
    /// The provider.
    case provider
    /// Whoever runs this tool.
    case support
}

/// What to do about a finding, and who must do it.
public struct Remedy: Hashable, Sendable {
    /// Who must act.
    public var who: RemedyOwner
    /// What to do, in this order.
    public var steps: [RemedyStep]
    /// Where it is explained.
    public var links: [String]

    /// Makes a remedy.
    public init(who: RemedyOwner, steps: [RemedyStep], links: [String] = []) {
        self.who = who
        self.steps = steps
        self.links = links
    }
}

/// Whether trying again makes sense.
public enum RetryAdvice: Hashable, Sendable {
    /// Not before something has changed.
    case no
    /// One more time.
    case once
    /// After that many seconds.
    case afterSeconds(Int)
}

/// A judgement: a cause, how sure it is, what it rests on, and the way out.
public struct Finding: Hashable, Sendable {
    /// The cause.
    public var id: FindingID
    /// How much it matters.
    public var severity: Severity
    /// How sure it is, 0...1.
    public var confidence: Double
    /// The side, nil when it is neither or both.
    public var service: MailService?
    /// The stage.
    public var stage: Stage?
    /// One sentence that names the cause.
    public var summary: String
    /// More on it.
    public var detail: String
    /// The server's own words.
    public var serverText: String?
    /// The checks and sources it rests on.
    public var evidence: [String]
    /// What to do.
    public var remedy: Remedy
    /// Whether trying again makes sense.
    public var retry: RetryAdvice

    /// Makes a finding.
    public init(
        id: FindingID, severity: Severity, confidence: Double, service: MailService?, stage: Stage?, summary: String,
        detail: String, serverText: String? = nil, evidence: [String], remedy: Remedy, retry: RetryAdvice = .no
    ) {
        self.id = id
        self.severity = severity
        self.confidence = confidence
        self.service = service
        self.stage = stage
        self.summary = summary
        self.detail = detail
        self.serverText = serverText
        self.evidence = evidence
        self.remedy = remedy
        self.retry = retry
    }
}

extension Remedy {
    private struct Members {
        var who: RemedyOwner
        var steps: [String]
        var links: [String]
        var actions: [RemedyStep]?
    }

    /// How it stands in a report: the steps in words, and beside them, one for one, what a program can offer to do.
    public static let json = JSONDescription<Members>.object(
        Members.init,
        .field("who", \.who, .word("somebody who can act"), "Who must act."),
        .field("steps", \.steps, .texts, "What to do."),
        .field("links", \.links, .list(.text(format: "uri")), "Where it is explained."),
        .field(
            "actions", \.actions, .some(.list(RemedyStep.json)), missing: nil,
            "For each step the kind of it, with its particulars; text for mere words.")
    ).mapped { members -> Remedy in
        var steps = members.steps.map { RemedyStep.text($0) }
        for (place, action) in (members.actions ?? []).enumerated() where place < steps.count {
            if case .text = action { continue }
            steps[place] = action
        }
        return Remedy(who: members.who, steps: steps, links: members.links)
    } write: { (remedy: Remedy) -> Members in
        Members(who: remedy.who, steps: remedy.steps.map(\.text), links: remedy.links, actions: remedy.steps)
    }
}

extension RetryAdvice {
    private static let prefix = "after_seconds:"

    /// How it stands in a report: `no`, `once` or `after_seconds:60`.
    public static let json = JSONDescription<String>.text(pattern: "^(no|once|after_seconds:[0-9]+)$")
        .mapped { text throws(JSONMistake) -> RetryAdvice in
            if text == "no" { return .no }
            if text == "once" { return .once }
            guard text.hasPrefix(prefix), let seconds = Int(text.dropFirst(prefix.count)), seconds >= 0 else {
                throw JSONMistake(.badValue, "it must be no, once or after_seconds: and a number")
            }
            return .afterSeconds(seconds)
        } write: { (advice: RetryAdvice) -> String in
            switch advice {
            case .no: "no"
            case .once: "once"
            case .afterSeconds(let seconds): prefix + String(max(0, seconds))
            }
        }
}

extension Finding {
    /// How it stands in a report and in an explanation.
    public static let json = JSONDescription<Finding>.object(
        Finding.init,
        .field("id", \.id, FindingID.json, "The cause, by its stable name."),
        .field("severity", \.severity, .word("a severity"), "How much it matters."),
        .field("confidence", \.confidence, .fraction, "How sure it is."),
        .field("protocol", \.service, .optional(.word("smtp or imap")), "The side, null when it is neither or both."),
        .field("stage", \.stage, .optional(Stage.json), "The stage."),
        .field("summary", \.shownSummary, .text(length: 1...Int.max), "One sentence that names the cause."),
        .field("detail", \.detail, .text, "More on it."),
        .field("server_text", \.serverText, .optional(.text), "The server's own words."),
        .field("evidence", \.evidence, .texts, "The checks and sources it rests on."),
        .field("remedy", \.remedy, Remedy.json, "What to do, and who must do it."),
        .field("retry", \.retry, RetryAdvice.json, "Whether trying again makes sense."))

    /// A summary is never empty.
    private var shownSummary: String { summary.isEmpty ? id.description : summary }
}
