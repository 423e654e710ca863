import MailModel

/// Why a saved report cannot be read: the place in it, and what is wrong there.
public struct SavedReportError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The place, such as `checks[2].observations.failure.kind`; empty for the file as a whole.
    public var path: String
    /// What is wrong, in words for a person.
    public var reason: String

    /// Makes an error; texts from the file are made safe to print.
    ///
    /// - Parameters:
    ///   - path: The place.
    ///   - reason: What is wrong.
    public init(_ path: String, _ reason: String) {
        self.path = ServerText(path).escaped
        self.reason = ServerText(reason).escaped
    }

    /// `checks[2].stage: "later" is no stage`
    public var description: String { path.isEmpty ? reason : "\(path): \(reason)" }
}
