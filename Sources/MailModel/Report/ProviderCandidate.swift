public import MailJSON

/// One line of evidence that speaks for a candidate or against it.
public struct EvidenceVote: Hashable, Sendable {
    /// The source of the evidence: `mx`, `spf`, ...
    public var source: String
    /// How much it weighs here, 0...1, after everything that takes away from it.
    public var weight: Double
    /// What it said.
    public var detail: String

    /// Makes a vote.
    public init(source: String, weight: Double, detail: String) {
        self.source = source
        self.weight = weight
        self.detail = detail
    }
}

/// A provider that may host the mailbox, with what speaks for it and what against it.
public struct ProviderCandidate: Hashable, Sendable {
    /// The id in the catalogue.
    public var id: String
    /// The name.
    public var name: String
    /// The kind of mailbox there.
    public var inboxType: InboxType?
    /// How sure it is, 0...1.
    public var confidence: Double
    /// What speaks for it, heaviest first.
    public var votesFor: [EvidenceVote]
    /// What speaks for somebody else, heaviest first.
    public var votesAgainst: [EvidenceVote]

    /// Makes a candidate.
    public init(
        id: String, name: String, inboxType: InboxType?, confidence: Double, votesFor: [EvidenceVote],
        votesAgainst: [EvidenceVote]
    ) {
        self.id = id
        self.name = name
        self.inboxType = inboxType
        self.confidence = confidence
        self.votesFor = votesFor
        self.votesAgainst = votesAgainst
    }
}

extension EvidenceVote {
    /// How it stands in a report.
    public static let json = JSONDescription<EvidenceVote>.object(
        EvidenceVote.init,
        .field("source", \.source, .text, "The source of the evidence."),
        .field("weight", \.weight, .fraction, "How much it weighs here, after everything that takes away from it."),
        .field("detail", \.detail, .text, "What it said."))
}

extension ProviderCandidate {
    /// How it stands in a report.
    public static let json = JSONDescription<ProviderCandidate>.object(
        ProviderCandidate.init,
        .field("id", \.id, .text, "The id in the catalogue."),
        .field("name", \.name, .text, "The name."),
        .field("inbox_type", \.inboxType, .optional(InboxType.json), "The kind of mailbox there."),
        .field("confidence", \.confidence, .fraction, "How sure it is."),
        .field("votes_for", \.votesFor, .list(EvidenceVote.json), "What speaks for it, heaviest first."),
        .field("votes_against", \.votesAgainst, .list(EvidenceVote.json), "What speaks for somebody else."))
}
