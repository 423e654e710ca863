public import FoundationEssentials
import MailJSON
public import MailModel

/// Reads a report that was saved with `--json`.
public enum SavedReport {
    /// Octets that a saved report may have.
    public static let limit = 16_777_216

    /// Reads the whole report, the judgement of its day with it.
    ///
    /// - Parameter octets: The file.
    /// - Returns: The report.
    /// - Throws: `SavedReportError` that names the place of the first mistake.
    public static func report(from octets: Data) throws(SavedReportError) -> Report {
        let octets = Array(octets.prefix(limit + 1))
        return try report(try members(of: octets), octets)
    }

    /// Reads everything but the judgement, which is to be made anew.
    ///
    /// A report whose findings or registration this version cannot read is read all the same.
    ///
    /// - Parameter octets: The file.
    /// - Returns: The diagnosis without findings and without a verdict.
    /// - Throws: `SavedReportError` that names the place of the first mistake.
    public static func diagnosis(from octets: Data) throws(SavedReportError) -> Diagnosis {
        let octets = Array(octets.prefix(limit + 1))
        var members = try members(of: octets)
        members["findings"] = []
        members["verdict"] = .text(Verdict.cannotTell.rawValue)
        members["registration"] = .null
        return try report(members, octets).diagnosis
    }

    /// The members of a report whose format this version knows.
    private static func members(of octets: [UInt8]) throws(SavedReportError) -> JSONObject {
        let limits = JSONParser.Limits(octets: limit, elements: 1_000_000)
        let value: JSONValue
        do throws(JSONSyntaxError) {
            value = try JSONParser.parse(octets, limits: limits)
        } catch {
            throw SavedReportError("", "it is not valid JSON: \(error.reason)", line: error.line)
        }
        guard case .object(let members) = value else {
            throw SavedReportError("", "an object must stand here", line: 1)
        }
        guard let schema = members["schema"] else { throw SavedReportError("schema", "this key is missing", line: 1) }
        guard schema.integer == JSONReport.schema else {
            throw error(
                JSONMistake(
                    .badValue, at: "schema",
                    "\(schema.rendered(.compact).dropLast()) is not known; this version reads \(JSONReport.schema)"),
                octets)
        }
        return members
    }

    private static func report(_ members: JSONObject, _ octets: [UInt8]) throws(SavedReportError) -> Report {
        do throws(JSONMistake) {
            return try Report.json.read(.object(members))
        } catch {
            throw self.error(error, octets)
        }
    }

    private static func error(_ mistake: JSONMistake, _ octets: [UInt8]) -> SavedReportError {
        SavedReportError(mistake.pathText, mistake.reason, line: mistake.located(in: octets).line)
    }
}

/// Why a saved report cannot be read: the place in it, and what is wrong there.
public struct SavedReportError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The place, such as `checks[2].observations.failure.kind`; empty for the file as a whole.
    public var path: String
    /// What is wrong, in words for a person.
    public var reason: String
    /// The line in the file, from 1, where it is known.
    public var line: Int?

    /// Makes an error; texts from the file are made safe to print.
    ///
    /// - Parameters:
    ///   - path: The place.
    ///   - reason: What is wrong.
    ///   - line: The line.
    public init(_ path: String, _ reason: String, line: Int? = nil) {
        self.path = ServerText(path).escaped
        self.reason = ServerText(reason).escaped
        self.line = line
    }

    /// `checks[2].stage: "later" is not a stage (line 120)`
    public var description: String {
        let place = line.map { " (line \($0))" } ?? ""
        return (path.isEmpty ? reason : "\(path): \(reason)") + place
    }
}
