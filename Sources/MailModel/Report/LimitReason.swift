/// One reason behind a daily limit: what it rests on, and what would change it.
public struct LimitReason: Hashable, Sendable {
    /// A stable name for programs, such as `hourly_cap`. More may be added.
    public var id: String
    /// The evidence, and what follows from it, in a sentence.
    public var evidence: String
    /// What would raise the number, in a sentence; nil when nothing would.
    public var raise: String?
    /// What the reader can do for it, where a front end may have words of its own; `raise` holds the neutral ones.
    public var action: RemedyStep?

    /// Makes a reason.
    public init(_ id: String, _ evidence: String, raise: String? = nil) {
        self.id = id
        self.evidence = evidence
        self.raise = raise
    }

    /// Makes a reason that the reader can do something about.
    public init(_ id: String, _ evidence: String, action: RemedyStep) {
        self.init(id, evidence, raise: action.text)
        self.action = action
    }

    /// Both sentences.
    public var text: String { [evidence, raise].compactMap(\.self).joined(separator: " ") }
}
