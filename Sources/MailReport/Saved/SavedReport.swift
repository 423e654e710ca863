public import Foundation
public import MailModel

/// Reads a report that was saved with `--json`: everything in it but the judgement, which is made anew.
public enum SavedReport {
    /// Octets that a saved report may have.
    public static let limit = 16_777_216

    /// Reads a report.
    ///
    /// - Parameter octets: The file.
    /// - Returns: The diagnosis without findings and without a verdict.
    /// - Throws: `SavedReportError` that names the place of the first mistake.
    public static func diagnosis(from octets: Data) throws(SavedReportError) -> Diagnosis {
        let root = try root(of: octets)
        let schema = try root["schema"].integer()
        guard schema == JSONReport.schema else {
            throw SavedReportError("schema", "\(schema) is not known; this version reads schema \(JSONReport.schema)")
        }
        var diagnosis = try subject(of: root)
        diagnosis.startedAt = try root["started_at"].date()
        diagnosis.duration = try root["duration_ms"].duration()
        diagnosis.inboxType = try root.optional("inbox_type")?.inboxType()
        diagnosis.provider = try root["provider"].provider()
        diagnosis.reason = try root["provider"].optional("reason")?.text() ?? ""
        for item in try root.optional("candidates")?.list() ?? [] { diagnosis.candidates.append(try item.candidate()) }
        for item in try root.optional("disclosures")?.list() ?? [] {
            diagnosis.disclosures.append(try item.disclosure())
        }
        diagnosis.settings = try root.optional("settings")?.settings()
        for item in try root["alternatives"].list() { diagnosis.alternatives.append(try item.settings()) }
        for item in try root["evidence"].list() { diagnosis.evidence.append(try item.evidence()) }
        for item in try root["checks"].list() { diagnosis.observations.append(try item.observation()) }
        diagnosis.dailyLimit = try root.optional("daily_limit")?.dailyLimit()
        for item in try root.optional("transcript")?.list() ?? [] {
            diagnosis.transcript.append(try item.transcriptEntry())
        }
        return diagnosis
    }

    private static func root(of octets: Data) throws(SavedReportError) -> SavedValue {
        guard octets.count <= limit else { throw SavedReportError("", "it has more than \(limit) octets") }
        let value: Any
        do {
            value = try JSONSerialization.jsonObject(with: octets)
        } catch {
            throw SavedReportError("", "it is no valid JSON")
        }
        guard value is [String: Any] else { throw SavedReportError("", "an object must stand here") }
        return SavedValue(value, path: "")
    }

    private static func subject(of root: SavedValue) throws(SavedReportError) -> Diagnosis {
        let address = try root.optional("address")?.parsed { text throws(AddressError) in try EmailAddress(text) }
        let domain = try root["domain"].parsed { text throws(AddressError) in try DomainName(text) }
        return Diagnosis(address: address, domain: domain, startedAt: .distantPast)
    }
}

extension SavedValue {
    /// A text that is read further.
    fileprivate func parsed<Value>(
        _ parse: (String) throws(AddressError) -> Value
    ) throws(SavedReportError) -> Value {
        let text = try text()
        do throws(AddressError) {
            return try parse(text)
        } catch {
            throw self.error("\(error)")
        }
    }
}
