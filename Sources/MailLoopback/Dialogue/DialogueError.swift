/// Why a dialogue file cannot be played.
public struct DialogueError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The line of the file, counted from 1; 0 when it is about the whole file.
    public let line: Int
    /// What is wrong there.
    public let reason: String

    /// `line 3: unknown directive`
    public var description: String { line > 0 ? "line \(line): \(reason)" : reason }
}
