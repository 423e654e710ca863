public import MailJSON

/// One reason behind a daily limit: what it rests on, and what would change it.
public struct LimitReason: Hashable, Sendable {
    /// A stable name for programs, such as `hourly_cap`. More may be added.
    public var id: String
    /// The evidence, and what follows from it, in a sentence.
    public var evidence: String
    /// What would raise the number, in a sentence; nil when nothing would.
    public var raise: String?

    /// Makes a reason.
    public init(_ id: String, _ evidence: String, raise: String? = nil) {
        self.id = id
        self.evidence = evidence
        self.raise = raise
    }

    /// Both sentences.
    public var text: String { [evidence, raise].compactMap(\.self).joined(separator: " ") }
}

extension LimitReason {
    /// How it stands in a report.
    public static let json = JSONDescription<LimitReason>.object(
        { LimitReason($0, $1, raise: $2) },
        .field("id", \.id, .text(pattern: "^[a-z][a-z0-9_]*$"), "A stable name for programs."),
        .field("evidence", \.evidence, .text, "The evidence, and what follows from it."),
        .field("raise", \.raise, .optional(.text), "What would raise the number."))
}
