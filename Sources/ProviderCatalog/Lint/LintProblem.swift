public import MailModel

/// Something in the catalogue that should be looked at.
public struct LintProblem: Hashable, Sendable, CustomStringConvertible {
    /// The file, below the catalogue's folder.
    public var file: String
    /// The place in the file, empty when it is the file as a whole.
    public var keyPath: String
    /// `error` for what must not be released, `warning` for what is only old.
    public var severity: Severity
    /// What it is, in words for a person.
    public var message: String

    /// Makes a problem.
    public init(file: String, keyPath: String, severity: Severity, message: String) {
        self.file = file
        self.keyPath = keyPath
        self.severity = severity
        self.message = message
    }

    /// `error: profiles/example.json: smtp[0].port: ...`
    public var description: String {
        let place = [file, keyPath].filter { !$0.isEmpty }.joined(separator: ": ")
        return "\(severity.rawValue): \(place): \(message)"
    }
}
