import Foundation
import MailDiagnosis
import MailModel
import MailReport
import MailTestSupport
import Testing

/// A saved report holds all that a judgement rests on.
@Suite struct SavedReportTests {
    static let names: [String] = {
        let folder = Golden.root.appending(path: "fixtures/golden/report").path
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return files.filter { $0.hasSuffix(".json") }.sorted()
    }()

    static func golden(_ name: String) throws -> Data {
        try Data(contentsOf: Golden.root.appending(path: "fixtures/golden/report/\(name)"))
    }

    static func render(_ diagnosis: Diagnosis) -> String {
        JSONReport.render(
            Report(
                tool: ToolIdentity(version: "1", catalogueVersion: "1"), command: .diagnose, diagnosis: diagnosis))
    }

    @Test func thereAreReportsToRead() { #expect(Self.names.count > 10) }

    @Test(arguments: names) func evidenceSurvivesSavingAndReading(name: String) throws {
        let old = try ParsedJSON(String(decoding: Self.golden(name), as: UTF8.self))
        let new = try ParsedJSON(Self.render(try SavedReport.diagnosis(from: Self.golden(name))))
        // A check's status and the judgement are made anew; everything else is evidence.
        let keys = [
            "address", "domain", "started_at", "duration_ms", "inbox_type", "provider", "settings", "alternatives",
            "evidence", "daily_limit", "transcript",
        ]
        for key in keys { #expect(old[key] == new[key], "\(key)") }
        for number in 0..<40 {
            #expect(old["checks"]?[number]?["observations"] == new["checks"]?[number]?["observations"])
        }
    }

    @Test(arguments: names) func theSameEvidenceIsJudgedTheSame(name: String) throws {
        let catalog = try RepositoryCatalog.catalog()
        let first = Reevaluation.judged(try SavedReport.diagnosis(from: Self.golden(name)), catalog: catalog)
        let saved = try SavedReport.diagnosis(from: Data(Self.render(first).utf8))
        let second = Reevaluation.judged(saved, catalog: catalog)
        #expect(second.findings == first.findings)
        #expect(second.verdict == first.verdict)
        #expect(second.observations == first.observations)
    }

    /// Reports of real runs carry what the rules said then; the invented ones among the golden files carry invented words.
    static let judgedByRules = [
        "add_registered.json", "all_ready.json", "certificate_expired.json", "detect_known.json", "null_mx.json",
        "smtp_auth_off_tenant.json", "wrong_password.json",
    ]

    @Test(arguments: judgedByRules) func theFindingsAreThoseOfTheRun(name: String) throws {
        let object = try JSONSerialization.jsonObject(with: Self.golden(name)) as? [String: Any]
        let ids = (object?["findings"] as? [[String: Any]])?.compactMap { $0["id"] as? String }
        let judged = Reevaluation.judged(
            try SavedReport.diagnosis(from: Self.golden(name)), catalog: try RepositoryCatalog.catalog())
        #expect(judged.findings.map(\.id.description) == ids)
        #expect(judged.verdict.rawValue == object?["verdict"] as? String)
    }

    /// A mistake in the file, and where it must be told to be.
    static let mistakes: [(old: String, new: String, path: String)] = [
        ("\"schema\": 1,", "\"schema\": 2,", "schema"), ("\"schema\": 1,", "", "schema"),
        ("\"domain\": \"", "\"domain\": \"-.", "domain"),
        ("\"stage\": \"dns\"", "\"stage\": \"later\"", "checks[0].stage"),
        ("\"outcome\": \"observed\"", "\"outcome\": \"guessed\"", "checks[0].observations.outcome"),
        ("\"confidence\": 0.92", "\"confidence\": \"much\"", "provider.confidence"),
        ("\"checks\": [", "\"checks\": {}, \"was\": [", "checks"),
        ("\"started_at\": \"20", "\"started_at\": \"in 20", "started_at"),
    ]

    @Test(arguments: mistakes.indices) func aMistakeIsToldWithItsPlace(index: Int) throws {
        let (old, new, path) = Self.mistakes[index]
        var text = String(decoding: try Self.golden("wrong_password.json"), as: UTF8.self)
        let range = try #require(text.range(of: old))
        text.replaceSubrange(range, with: new)
        #expect {
            _ = try SavedReport.diagnosis(from: Data(text.utf8))
        } throws: { error in
            (error as? SavedReportError)?.path == path
        }
    }

    @Test func whatIsNoReportIsRefused() {
        let many = Data(repeating: 0x20, count: SavedReport.limit + 1)
        for data in [Data(), Data("[]".utf8), Data("{".utf8), Data("null".utf8), Data([0xFF, 0xFE]), many] {
            #expect(throws: SavedReportError.self) { try SavedReport.diagnosis(from: data) }
        }
    }
}
