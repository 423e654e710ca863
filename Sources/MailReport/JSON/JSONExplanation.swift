public import MailModel

/// An explanation as one JSON object: `{schema, text, provider, protocol, stage, findings}`.
public enum JSONExplanation {
    /// The explanation as JSON text, with a line feed at its end.
    ///
    /// - Parameter explanation: The explanation.
    /// - Returns: The text.
    public static func render(_ explanation: Explanation) -> String {
        let value: JSONValue = [
            "schema": .integer(JSONReport.schema),
            "text": .text(explanation.text),
            "provider": .optional(explanation.provider),
            "protocol": .optional(explanation.service?.rawValue),
            "stage": .optional(explanation.stage?.rawValue),
            "findings": .list(explanation.findings.map(JSONReport.value(of:))),
        ]
        return value.rendered(pretty: true)
    }
}
