import Foundation
import MailJSON
import MailModel
import MailReport
import MailTestSupport
import Testing

/// Every report fits `docs/report.schema.json`, and the validator can tell.
struct ReportSchemaTests {
    private let validator: SchemaValidator
    private let schema: JSONValue

    init() throws {
        let file = Golden.root.appending(path: "docs/report.schema.json")
        schema = try JSONParser.parse(Array(try Data(contentsOf: file)))
        validator = SchemaValidator(root: schema)
    }

    @Test(arguments: Sample.all)
    func reportFits(_ sample: Sample) throws {
        let report = Report.json.write(sample.report)
        #expect(validator.complaints(about: report) == [])
    }

    @Test(arguments: Sample.all)
    func everyKeyOfTheSchemaIsThere(_ sample: Sample) throws {
        guard case .object(let properties)? = schema["properties"] else {
            Issue.record("the schema names no properties")
            return
        }
        let report = Report.json.write(sample.report)
        guard case .object(let members) = report else { return }
        for key in properties.keys { #expect(members[key] != nil, "\(key)") }
    }

    /// A report with everything in it, of each kind, fits, and comes back whole.
    @Test func theFullestReportFitsAndComesBack() throws {
        let report = Report(
            tool: ToolIdentity(version: "1", catalogueVersion: "2"), command: .add,
            diagnosis: try ReportSamples.diagnosis(), registration: ReportSamples.registration)
        let octets = Array(JSONReport.render(report).utf8)
        #expect(validator.complaints(about: try JSONParser.parse(octets)) == [])
        let read = try SavedReport.report(from: Data(octets))
        #expect(read.diagnosis.observations == report.diagnosis.observations)
        #expect(read == report)
    }

    @Test(arguments: ReportCommand.allCases)
    func everyCommandFits(_ command: ReportCommand) throws {
        var report = Sample.allReady.report
        report.command = command
        #expect(validator.complaints(about: Report.json.write(report)) == [])
    }

    /// What must be refused: a key, the value that it gets (nil takes the key away), and the place of the complaint.
    @Test(
        arguments: [
            ("schema", .number(2), "$.schema"),
            ("verdict", .text("fine"), "$.verdict"),
            ("started_at", .text("yesterday"), "$.started_at"),
            ("duration_ms", .number(-1), "$.duration_ms"),
            ("duration_ms", .text("12"), "$.duration_ms"),
            ("findings", nil, "$: findings"),
            ("checks", .list([.object(["id": .text("smtp auth")])]), "$.checks[0].id"),
            ("settings", .object([:]), "$.settings"),
            ("daily_limit", .object(["recommended": .number(1.5)]), "$.daily_limit.recommended"),
            ("provider", .object(["confidence": .number(1.1)]), "$.provider.confidence"),
            ("registration", .object(["status": .text("maybe")]), "$.registration.status"),
            ("transcript", .list([.object(["direction": .text("X")])]), "$.transcript[0].direction"),
        ] as [(String, JSONValue?, String)])
    func validatorRefuses(_ key: String, _ value: JSONValue?, _ place: String) throws {
        guard case .object(var members) = Report.json.write(Sample.allReady.report) else {
            Issue.record("the report is no object")
            return
        }
        members[key] = value
        let complaints = validator.complaints(about: .object(members))
        #expect(complaints.contains { $0.hasPrefix(place) }, "\(complaints)")
    }

    @Test func validatorRefusesAKeywordItDoesNotKnow() {
        let validator = SchemaValidator(root: ["maxProperties": 1])
        #expect(validator.complaints(about: .object([:])).count == 1)
    }
}
