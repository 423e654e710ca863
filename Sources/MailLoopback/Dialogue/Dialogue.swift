public import FoundationEssentials

/// A dialogue that a hostile or odd server is to have with a client, line by line.
///
/// The whole format is described in `fixtures/demo/README.md`.
///
/// ```
/// S: 220 smtp.example.test ESMTP
/// C: EHLO *
/// S: 250 STARTTLS
/// C: STARTTLS
/// S: 220 go ahead
/// ! tls
/// ! close
/// ```
public struct Dialogue: Hashable, Sendable {
    /// How long a file may be, in octets.
    public static let maximumLength = 262_144

    let steps: [DialogueStep]
    let labels: [String: Int]

    /// Reads a dialogue.
    ///
    /// - Parameter text: The text of a dialogue file.
    /// - Throws: `DialogueError` naming the line that cannot be understood.
    public init(_ text: String) throws(DialogueError) {
        guard text.utf8.count <= Self.maximumLength else {
            throw DialogueError(line: 0, reason: "longer than \(Self.maximumLength) octets")
        }
        var parser = DialogueParser()
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            try parser.read(line.hasSuffix("\r") ? line.dropLast() : line, number: index + 1)
        }
        try parser.checkLabels()
        steps = parser.steps
        labels = parser.labels
    }

    /// Reads a dialogue file.
    ///
    /// - Parameter file: The file.
    /// - Throws: `DialogueError`, also when the file cannot be read.
    public init(contentsOf file: URL) throws(DialogueError) {
        guard let text = try? String(contentsOf: file, encoding: .utf8) else {
            throw DialogueError(line: 0, reason: "\(file.lastPathComponent) cannot be read")
        }
        try self.init(text)
    }
}
