/// The command that a report answers.
public enum ReportCommand: String, Hashable, Sendable, CaseIterable {
    /// Which provider and settings belong to an address.
    case detect
    /// Everything checked live.
    case doctor
    /// Checked, then registered.
    case add
    /// One row of a batch.
    case batch
    /// A saved report, judged again.
    case diagnose
    /// The demonstration on loopback.
    case demo
}
