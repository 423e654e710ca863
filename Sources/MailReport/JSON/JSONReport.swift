import MailModel

/// The report as the JSON object of `docs/report.schema.json`. Every key is always there, `null` where nothing is known.
public enum JSONReport {
    /// The number of the report's format. It is raised when a key is changed or removed, not when one is added.
    public static let schema = 1

    /// The report as JSON text, with a line feed at its end.
    ///
    /// - Parameters:
    ///   - report: The report.
    ///   - pretty: Whether each member stands on a line of its own; without it the report is one line.
    /// - Returns: The text.
    public static func render(_ report: Report, pretty: Bool = true) -> String {
        value(of: report).rendered(pretty: pretty)
    }

    /// The report as a value, to which members can be added.
    ///
    /// - Parameter report: The report.
    /// - Returns: The object, in the contract's order.
    public static func value(of report: Report) -> JSONValue {
        let diagnosis = report.diagnosis
        return [
            "schema": .integer(schema),
            "tool": tool(report.tool),
            "command": .text(report.command.rawValue),
            "address": .optional(diagnosis.address?.description),
            "domain": .text(diagnosis.domain.description),
            "started_at": .text(JSONTime.text(diagnosis.startedAt)),
            "duration_ms": JSONTime.milliseconds(diagnosis.duration),
            "inbox_type": .optional(diagnosis.inboxType?.rawValue),
            "provider": provider(diagnosis),
            "candidates": .list(diagnosis.candidates.map(candidate)),
            "settings": diagnosis.settings.map(settings) ?? .null,
            "alternatives": .list(diagnosis.alternatives.map(settings)),
            "evidence": .list(diagnosis.evidence.map(evidence)),
            "checks": .list(report.checks.map(check)),
            "findings": .list(diagnosis.findings.map(value(of:))),
            "verdict": .text(diagnosis.verdict.rawValue),
            "daily_limit": diagnosis.dailyLimit.map(dailyLimit) ?? .null,
            "registration": report.registration.map(registration) ?? .null,
            "disclosures": .list(diagnosis.disclosures.map(disclosure)),
            "transcript": .list(diagnosis.transcript.map(transcriptEntry)),
        ]
    }

    private static func tool(_ tool: ToolIdentity) -> JSONValue {
        [
            "name": .text(tool.name),
            "version": .text(tool.version),
            "catalogue_version": .text(tool.catalogueVersion),
        ]
    }

    private static func evidence(_ evidence: Evidence) -> JSONValue {
        [
            "source": .text(evidence.source.rawValue),
            "kind": .text(evidence.kind.rawValue),
            "query": .text(evidence.query),
            "outcome": .text(evidence.outcome.rawValue),
            "detail": .text(evidence.detail),
            "points_to": .optional(evidence.pointsTo),
            "weight": share(evidence.weight),
            "duration_ms": JSONTime.milliseconds(evidence.duration),
        ]
    }

    private static func transcriptEntry(_ entry: TranscriptEntry) -> JSONValue {
        [
            "at_ms": JSONTime.milliseconds(entry.at),
            "endpoint": .text(entry.endpoint.description),
            "protocol": .text(entry.endpoint.service.rawValue),
            "direction": .text(entry.direction.rawValue),
            "text": .text(entry.text),
        ]
    }

    /// A confidence or weight, held to 0...1 and three decimals.
    static func share(_ value: Double) -> JSONValue {
        guard value.isFinite else { return .number(0) }
        return .number((min(1, max(0, value)) * 1000).rounded() / 1000)
    }
}
