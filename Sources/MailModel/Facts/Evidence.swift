public import MailJSON

/// How one source of evidence about the provider ended.
public enum EvidenceOutcome: String, Hashable, Sendable, CaseIterable {
    /// It said something.
    case found
    /// It has nothing on this.
    case none = "no_such_record"
    /// It says that there is nothing: a null MX, an SRV target of ".", a name that does not exist.
    case negative
    /// No answer in time.
    case timedOut = "timed_out"
    /// It does not want to answer.
    case refused
    /// It failed, or its answer makes no sense.
    case broken
    /// It answered over a channel that cannot be trusted.
    case notTrusted = "not_trusted"
    /// It was not asked, and why is in the detail.
    case notAsked = "not_asked"
}

/// One line of the ledger: who was asked what, what came back, and what it speaks for.
public struct Evidence: Hashable, Sendable {
    /// `catalogue`, `mx`, `srv`, `probe`, ...
    public var source: String
    /// What was asked, such as `MX example.com`.
    public var query: String
    /// How it ended.
    public var outcome: EvidenceOutcome
    /// What came back, in a few words.
    public var detail: String
    /// The provider id it speaks for.
    public var pointsTo: String?
    /// How much it weighs, 0...1.
    public var weight: Double
    /// How long it took.
    public var duration: Duration

    /// Makes a line.
    public init(
        source: String, query: String, outcome: EvidenceOutcome, detail: String, pointsTo: String? = nil,
        weight: Double = 0, duration: Duration = .zero
    ) {
        self.source = source
        self.query = query
        self.outcome = outcome
        self.detail = detail
        self.pointsTo = pointsTo
        self.weight = weight
        self.duration = duration
    }
}

extension Evidence {
    /// How it stands in a report.
    public static let json = JSONDescription<Evidence>.object(
        Evidence.init,
        .field("source", \.source, .text, "catalogue, mx, srv, probe, ..."),
        .field("query", \.query, .text, "What was asked."),
        .field("outcome", \.outcome, .word("an outcome of evidence"), "How it ended."),
        .field("detail", \.detail, .text, "What came back, in a few words."),
        .field("points_to", \.pointsTo, .optional(.text), "The provider id that it speaks for."),
        .field("weight", \.weight, .fraction, "How much it weighs."),
        .field("duration_ms", \.duration, .milliseconds, "How long it took."))
}
