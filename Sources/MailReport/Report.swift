public import MailModel

/// All that is shown of one run. Every rendering starts from this value and from nothing else.
public struct Report: Hashable, Sendable {
    /// The program that made it.
    public var tool: ToolIdentity
    /// The command that it answers.
    public var command: ReportCommand
    /// What was found out.
    public var diagnosis: Diagnosis
    /// What became of the registration, nil when the command has nothing to do with it.
    public var registration: RegistrationOutcome?

    /// Makes a report.
    ///
    /// - Parameters:
    ///   - tool: The program that makes it.
    ///   - command: The command that it answers.
    ///   - diagnosis: What was found out.
    ///   - registration: What became of the registration.
    public init(
        tool: ToolIdentity, command: ReportCommand, diagnosis: Diagnosis, registration: RegistrationOutcome? = nil
    ) {
        self.tool = tool
        self.command = command
        self.diagnosis = diagnosis
        self.registration = registration
    }

    /// The checks in the order of the run, each with what the findings make of it.
    public var checks: [ReportedCheck] {
        diagnosis.observations.map {
            ReportedCheck($0, findings: diagnosis.findings, among: diagnosis.observations)
        }
    }

    /// The findings, errors first; inside one severity the diagnosis' own order is kept.
    public var orderedFindings: [Finding] {
        [Severity.error, .warning, .info].flatMap { severity in
            diagnosis.findings.filter { $0.severity == severity }
        }
    }
}

/// The command that a report answers.
public enum ReportCommand: String, Hashable, Sendable, CaseIterable {
    /// Which provider and settings belong to an address.
    case detect
    /// Everything checked live.
    case doctor
    /// Checked, then registered.
    case add
    /// One row of a batch.
    case batch
    /// A saved report, judged again.
    case diagnose
    /// The demonstration on loopback.
    case demo
}

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
