/// Why the journal cannot be used. Nothing is sent to the API then.
public struct JournalError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kinds that are told apart. More may be added.
    public enum Code: String, Hashable, Sendable {
        /// There is no place for it: neither a state directory nor a home directory is known.
        case noPlace = "no_place"
        /// The file or its folder cannot be created or opened.
        case cannotOpen = "cannot_open"
        /// The file is something else, is damaged, or was written by a later version.
        case notAJournal = "not_a_journal"
        /// Reading or writing failed.
        case failed
    }

    /// The kind.
    public let code: Code
    /// What happened, in words, without secrets.
    public let description: String

    init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }
}
