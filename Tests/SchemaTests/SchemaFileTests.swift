import Foundation
import MailJSON
import MailModel
import MailRegistration
import MailReport
import MailTestSupport
import Testing

@testable import ProviderCatalog

/// The schemas in `docs` and `providers` are made from the descriptions, and are the ones that are checked in.
/// `MAILCONNECT_UPDATE_GOLDEN=1` writes them anew.
struct SchemaFileTests {
    /// A file, and what must stand in it.
    struct SchemaFile: Sendable, CustomTestStringConvertible {
        var path: String
        var schema: JSONValue
        var testDescription: String { path }
    }

    static let files = [
        SchemaFile(
            path: "docs/report.schema.json",
            schema: JSONSchema.document(
                of: Report.json, title: "mailconnect report, schema 1",
                about: "One object for each run. Keys may be added; none is changed or removed without raising schema.")
        ),
        SchemaFile(
            path: "docs/explanation.schema.json",
            schema: JSONSchema.document(
                of: Explanation.json, title: "mailconnect explanation, schema 1",
                about: "What a pasted text means. Keys may be added.")),
        SchemaFile(
            path: "docs/journal.schema.json",
            schema: JSONSchema.document(
                of: JournalEntry.document, title: "mailconnect journal, schema 1",
                about: "Attempts to register accounts from this machine. Keys may be added.")),
        SchemaFile(
            path: "docs/profile.schema.json",
            schema: JSONSchema.document(
                of: ProviderProfile.document, title: "mailconnect provider profile, schema 1",
                about: "One profile of the catalogue, every key there. Keys may be added.")),
        SchemaFile(
            path: "providers/schema.json",
            schema: ProfileFamily.schema(
                JSONSchema.document(
                    of: ProviderProfile.json, title: "mailconnect provider profile",
                    about: "One file of the catalogue, as people write it.", isClosed: true))),
        SchemaFile(
            path: "providers/signatures.schema.json",
            schema: JSONSchema.document(
                of: SignatureFile.json(Signature.json), title: "mailconnect reply signatures",
                about: "What servers say when something is the matter, as people write it.", isClosed: true)),
        SchemaFile(
            path: "providers/cues.schema.json",
            schema: JSONSchema.document(
                of: ExplainCues.json, title: "mailconnect cues",
                about: "Words in a pasted text that speak for causes, as people write them.", isClosed: true)),
        SchemaFile(
            path: "providers/consumers.schema.json",
            schema: JSONSchema.document(
                of: ConsumerTable.json, title: "mailconnect consumer domains",
                about: "Mail domains of which only the operator is known, as people write them.", isClosed: true)),
    ]

    static let isUpdating = ProcessInfo.processInfo.environment["MAILCONNECT_UPDATE_GOLDEN"] == "1"

    @Test(arguments: files) func theFileIsWhatTheDescriptionsSay(_ file: SchemaFile) throws {
        let text = file.schema.rendered()
        let url = URL(filePath: Repository.path(file.path))
        if Self.isUpdating { try Data(text.utf8).write(to: url) }
        let checkedIn = (try? String(contentsOf: url, encoding: .utf8)) ?? ""
        #expect(text == checkedIn, "\(file.path) differs: write it anew with MAILCONNECT_UPDATE_GOLDEN=1")
    }

    /// Every property says what it is, and every reference leads somewhere.
    @Test(arguments: files) func everyPropertyIsExplained(_ file: SchemaFile) {
        var complaints: [String] = []
        Self.walk(file.schema, "") { value, place in
            if case .object(let properties)? = value["properties"] {
                for (key, property) in zip(properties.keys, properties.values)
                where property["description"] == nil && property["const"] == nil {
                    complaints.append("\(place).\(key) is not explained")
                }
            }
            if let name = value["$ref"]?.text?.dropFirst("#/$defs/".count),
                file.schema["$defs"]?[String(name)] == nil
            {
                complaints.append("\(place): there is no \(name)")
            }
        }
        #expect(complaints == [])
    }

    /// What people write keeps to the schema that their editors are given.
    @Test(arguments: [("providers/schema.json", "profiles"), ("providers/signatures.schema.json", "signatures")])
    func everyFileOfTheCatalogueFits(_ path: String, _ folder: String) throws {
        let schema = try #require(Self.files.first { $0.path == path }).schema
        let validator = SchemaValidator(root: schema)
        let directory = Repository.path("providers/" + folder)
        let names = try FileManager.default.contentsOfDirectory(atPath: directory).filter { $0.hasSuffix(".json") }
        #expect(names.count > 5)
        for name in names {
            let octets = Array(try Data(contentsOf: URL(filePath: directory + "/" + name)))
            #expect(validator.complaints(about: try JSONParser.parse(octets)) == [], "\(name)")
        }
    }

    @Test(arguments: ["cues", "consumers"]) func theTableFitsItsSchema(_ name: String) throws {
        let schema = try #require(Self.files.first { $0.path == "providers/\(name).schema.json" }).schema
        let octets = Array(try Data(contentsOf: URL(filePath: Repository.path("providers/\(name).json"))))
        #expect(SchemaValidator(root: schema).complaints(about: try JSONParser.parse(octets)) == [])
    }

    /// What is handed to programs keeps to the schema that they are given.
    @Test func everyProfileFitsItsSchema() throws {
        let schema = try #require(Self.files.first { $0.path == "docs/profile.schema.json" }).schema
        let validator = SchemaValidator(root: schema)
        for profile in try RepositoryCatalog.catalog().profiles {
            #expect(validator.complaints(about: ProviderProfile.document.write(profile)) == [], "\(profile.id)")
        }
    }

    private static func walk(_ value: JSONValue, _ place: String, _ visit: (JSONValue, String) -> Void) {
        visit(value, place)
        if case .object(let object) = value {
            for (key, inner) in zip(object.keys, object.values) { walk(inner, place + "." + key, visit) }
        }
        for (number, inner) in (value.elements ?? []).enumerated() { walk(inner, place + "[\(number)]", visit) }
    }
}
