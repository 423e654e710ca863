import FoundationEssentials

/// Where the journal is when the user does not say.
public enum JournalLocation {
    /// The file in the user's state directory (XDG Base Directory Specification 0.8).
    ///
    /// - Parameter environment: The variables of the process.
    /// - Returns: `$XDG_STATE_HOME/mailconnect/journal.sqlite`, or the same below `~/.local/state`.
    /// - Throws: `JournalError` when there is no such directory.
    public static func standard(_ environment: [String: String]) throws(JournalError) -> String {
        // The specification has relative paths ignored.
        if let state = environment["XDG_STATE_HOME"], state.hasPrefix("/") { return file(below: state) }
        let home =
            environment["HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
            ?? FileManager.default.homeDirectoryForCurrentUser.path
        guard home.hasPrefix("/") else {
            throw JournalError(.noPlace, "no home directory is known for the journal: name its file")
        }
        return file(below: home + "/.local/state")
    }

    private static func file(below folder: String) -> String { folder + "/mailconnect/journal.sqlite" }
}
