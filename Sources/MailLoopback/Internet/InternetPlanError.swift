/// Why a plan of an internet cannot be used.
public struct InternetPlanError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong, and in which file.
    public let description: String

    init(_ description: String) { self.description = description }
}
