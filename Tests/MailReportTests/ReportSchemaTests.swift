import Foundation
import MailReport
import Testing

/// Every report fits `docs/report.schema.json`, and the validator can tell.
struct ReportSchemaTests {
    private let validator: SchemaValidator
    private let schema: ParsedJSON

    init() throws {
        let file = Golden.root.appending(path: "docs/report.schema.json")
        schema = try ParsedJSON(String(decoding: try Data(contentsOf: file), as: UTF8.self))
        validator = SchemaValidator(root: schema)
    }

    @Test(arguments: Sample.all)
    func reportFits(_ sample: Sample) throws {
        let report = try ParsedJSON(JSONReport.render(sample.report))
        #expect(validator.complaints(about: report) == [])
    }

    @Test(arguments: Sample.all)
    func everyKeyOfTheSchemaIsThere(_ sample: Sample) throws {
        guard case .object(let properties)? = schema["properties"] else {
            Issue.record("the schema names no properties")
            return
        }
        let report = try ParsedJSON(JSONReport.render(sample.report))
        for key in properties.keys { #expect(report[key] != nil, "\(key)") }
    }

    @Test(arguments: ReportCommand.allCases)
    func everyCommandFits(_ command: ReportCommand) throws {
        var report = Sample.allReady.report
        report.command = command
        #expect(validator.complaints(about: try ParsedJSON(JSONReport.render(report))) == [])
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
        ] as [(String, ParsedJSON?, String)])
    func validatorRefuses(_ key: String, _ value: ParsedJSON?, _ place: String) throws {
        guard case .object(var members) = try ParsedJSON(JSONReport.render(Sample.allReady.report)) else {
            Issue.record("the report is no object")
            return
        }
        members[key] = value
        let complaints = validator.complaints(about: .object(members))
        #expect(complaints.contains { $0.hasPrefix(place) }, "\(complaints)")
    }

    @Test func validatorRefusesAKeywordItDoesNotKnow() {
        let validator = SchemaValidator(root: .object(["maxProperties": .number(1)]))
        #expect(validator.complaints(about: .object([:])).count == 1)
    }
}
