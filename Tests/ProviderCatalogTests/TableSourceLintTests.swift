import Foundation
import Testing

@testable import ProviderCatalog

/// The figures of the files that exist once were learnt somewhere too, and anybody must be able to open it.
@Suite struct TableSourceLintTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var file: String
        var old: String
        var new: String
        var keyPath: String
        var testDescription: String { "\(file): \(keyPath): \(new)" }
    }

    static let page = #""source": "https://a.example/page""#
    static let limits = CatalogFixture.dailyLimits
    static let realm = """
        "realms": [{"provider": "a", "url": "https://realm.example/{domain}", "key": "k", "values": ["v"],
                    "source": "a book", "date": "2026-11-22"}]
        """
    static let cases = [
        Case(file: "daily-limits.json", old: page, new: #""source": "our own reading""#, keyPath: "source"),
        Case(file: "daily-limits.json", old: page, new: #""source": "http://a.example/page""#, keyPath: "source"),
        Case(
            file: "daily-limits.json", old: page, new: #""source": "https://github.com/o/r/blob/main/x""#,
            keyPath: "ages.source"),
        Case(
            file: "daily-limits.json", old: #""sources": ["https://a.example/page"]"#,
            new: #""sources": ["https://a.example/page", "practice"]"#, keyPath: "practice[0].sources[1]"),
        Case(
            file: "daily-limits.json", old: #""sources": ["https://a.example/page"]"#, new: #""sources": []"#,
            keyPath: "practice[0].source"),
        Case(file: "services.json", old: page, new: #""source": "test""#, keyPath: "public_database.source"),
        Case(file: "services.json", old: #""realms": []"#, new: realm, keyPath: "realms[0].source"),
    ]

    private static func text(of file: String) -> String {
        file == "daily-limits.json" ? CatalogFixture.dailyLimits : CatalogFixture.services
    }

    private static func problems(_ files: [String: String]) throws -> [LintProblem] {
        let today = try #require(CatalogFixture.today)
        var problems: [LintProblem] = []
        try CatalogFixture.withCatalog(files) { folder in
            problems = CatalogLint(directory: folder, today: today).problems()
        }
        return problems
    }

    @Test(arguments: cases) func isFound(_ example: Case) throws {
        #expect(try Self.problems([:]) == [])
        let broken = Self.text(of: example.file).replacing(example.old, with: example.new)
        #expect(try Self.problems([example.file: broken]).contains { $0.keyPath == example.keyPath })
    }

    @Test func aWeightSaysWhy() throws {
        let weights = try String(contentsOfFile: CatalogFixture.directory + "/weights.json", encoding: .utf8)
        let broken = weights.replacing(#""reason": "The user named the provider.""#, with: #""reason": "Yes.""#)
        #expect(broken != weights)
        #expect(try Self.problems(["weights.json": broken]).map(\.keyPath) == ["weights.override.reason"])
    }
}
