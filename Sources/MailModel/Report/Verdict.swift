public import MailJSON

/// What all findings together mean.
public enum Verdict: String, Hashable, Sendable, CaseIterable {
    /// Both logins work.
    case ready
    /// Both logins work, and something should be looked at.
    case readyWithWarnings = "ready_with_warnings"
    /// Somebody must do something first.
    case actionNeeded = "action_needed"
    /// It could not be found out.
    case cannotTell = "cannot_tell"

    /// Whether both logins were proved.
    public var isReady: Bool { self == .ready || self == .readyWithWarnings }
}

extension Verdict {
    /// How it stands in a report.
    public static let json = JSONDescription<Verdict>.word("a verdict")
}
