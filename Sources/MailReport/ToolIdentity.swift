/// Which program made a report, and what it knew.
public struct ToolIdentity: Hashable, Sendable {
    /// The program's name, the same in every report.
    public let name = "mailconnect"
    /// The program's version.
    public var version: String
    /// The version of the provider catalogue.
    public var catalogueVersion: String

    /// Names the program.
    ///
    /// - Parameters:
    ///   - version: The program's version.
    ///   - catalogueVersion: The version of the provider catalogue that was loaded.
    public init(version: String, catalogueVersion: String) {
        self.version = version
        self.catalogueVersion = catalogueVersion
    }
}
