/// Why the file that remembers a batch cannot be used.
public struct BatchStateError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kinds.
    public enum Code: Hashable, Sendable {
        /// It cannot be opened or made.
        case cannotOpen
        /// It is something else, damaged, or of another version.
        case notAState
        /// Another batch works with it.
        case busy
        /// The disk is full.
        case noSpace
        /// Anything else.
        case failed
    }

    /// The kind.
    public var code: Code
    /// What happened, in a sentence without its full stop.
    public var description: String

    init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }
}
