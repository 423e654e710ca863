public import MailJSON
public import MailModel

/// The report as the JSON object of `docs/report.schema.json`. Every key is always there, `null` where nothing is known.
public enum JSONReport {
    /// The number of the report's format. It is raised when a key is changed or removed, not when one is added.
    public static let schema = 1

    /// The report as JSON text, with a line feed at its end.
    ///
    /// - Parameters:
    ///   - report: The report.
    ///   - layout: Whether each member stands on a line of its own.
    /// - Returns: The text.
    public static func render(_ report: Report, _ layout: JSONWriter.Layout = .indented) -> String {
        Report.json.write(report).rendered(layout)
    }

    /// An explanation as JSON text, with a line feed at its end.
    ///
    /// - Parameters:
    ///   - explanation: The explanation.
    ///   - layout: Whether each member stands on a line of its own.
    /// - Returns: The text.
    public static func render(_ explanation: Explanation, _ layout: JSONWriter.Layout = .indented) -> String {
        Explanation.json.write(explanation).rendered(layout)
    }
}

extension Report {
    /// How a report stands in JSON: the members in the contract's order.
    ///
    /// The status of a check is written and not read: whoever reads a report works it out anew.
    public static let json = JSONDescription<Report>.object(
        Report.init,
        .field("tool", \.tool, ToolIdentity.json, "The program that made it."),
        .field("command", \.command, .word("a command"), "The command that it answers."),
        .inline(\.diagnosis, Diagnosis.json(checks: checks)),
        .field(
            "registration", \.registration, .optional(RegistrationOutcome.json),
            "What became of the registration; null when the command does not register."),
        derived: [.constant("schema", .integer(JSONReport.schema), "The number of this format.")],
        order: [
            "schema", "tool", "command", "address", "domain", "started_at", "duration_ms", "inbox_type", "provider",
            "candidates", "settings", "alternatives", "evidence", "checks", "findings", "verdict", "daily_limit",
            "registration",
        ])

    private static let checks = JSONField<Diagnosis, [Observation]>.field(
        "checks", .list(ReportedCheck.json), "What was tried live, in order."
    ) { diagnosis in
        diagnosis.observations.map {
            ReportedCheck($0, findings: diagnosis.findings, among: diagnosis.observations)
        }
    } read: { checks in
        checks.map(\.observation)
    }
}

extension ReportedCheck {
    /// How a check stands in a report: what was observed, and what a person calls it.
    public static let json = JSONDescription<ReportedCheck>.object(
        { ReportedCheck($0, findings: []) },
        .inline(\.observation, Observation.json),
        derived: [
            .derived("title", .text, "What the check is called where people read it.") { $0.title },
            .derived("status", .word("a status"), "How it reads, once the findings are known.") { $0.status },
        ],
        order: ["id", "title", "status"])
}

extension ToolIdentity {
    /// How it stands in a report.
    public static let json = JSONDescription<ToolIdentity>.object(
        ToolIdentity.init,
        .field("version", \.version, .text, "The program's version."),
        .field("catalogue_version", \.catalogueVersion, .text, "The version of the catalogue that was loaded."),
        derived: [.constant("name", "mailconnect", "The program's name.")], order: ["name"])
}
