import Foundation
import MailTestSupport

/// What the tool said and left with, the JSON read.
struct LabReport {
    let status: Int32
    let standardError: String
    let text: String
    let json: [String: Any]

    init(_ result: LabResult) {
        status = result.status
        text = result.standardOutput
        standardError = result.standardError
        json = (try? JSONSerialization.jsonObject(with: Data(text.utf8))) as? [String: Any] ?? [:]
    }

    /// The verdict.
    var verdict: String? { json["verdict"] as? String }

    /// The causes: `smtp auth bad_credentials`. What is merely good to know about the sending domain is left out.
    var told: Set<String> {
        let all = json["findings"] as? [[String: Any]] ?? []
        let findings = all.filter { $0["severity"] as? String != "info" || $0["stage"] as? String != "dns" }
        return Set(
            findings.map { finding in
                ["protocol", "stage", "id"].map { finding[$0] as? String ?? "-" }.joined(separator: " ")
            })
    }

    /// The settings on one line.
    var settings: String? {
        guard let settings = json["settings"] as? [String: Any] else { return nil }
        let keys = ["smtp_host", "smtp_port", "smtp_security", "imap_host", "imap_port", "imap_security"]
        return keys.map { "\(settings[$0] ?? "-")" }.joined(separator: " ")
    }

    /// A text below a key of the report.
    func text(_ object: String, _ key: String) -> String? { (json[object] as? [String: Any])?[key] as? String }
}
