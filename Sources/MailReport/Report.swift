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
