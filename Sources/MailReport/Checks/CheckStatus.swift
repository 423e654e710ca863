/// How a check reads in a report, once the findings are known.
public enum CheckStatus: String, Hashable, Sendable, CaseIterable {
    /// It saw what it came to see, and nothing is wrong with it.
    case pass
    /// Something about it should be looked at.
    case warn
    /// It stands in the way.
    case fail
    /// It could not run, since an earlier check failed.
    case blocked
    /// It was not asked for, or cannot be done.
    case skipped
    /// The program's own mistake.
    case broke
}
