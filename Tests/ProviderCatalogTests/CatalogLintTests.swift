import MailModel
import ProviderCatalog
import Testing

/// What the linter finds beyond what loading refuses.
@Suite struct CatalogLintTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var files: [String: String]
        var keyPath: String
        var severity: Severity = .error
        var today = "2026-11-22"
        var testDescription: String { keyPath }
    }

    static func profile(_ old: String, _ new: String, _ keyPath: String) -> Case {
        Case(files: ["profiles/a.json": CatalogFixture.profile("a", (old, new))], keyPath: keyPath)
    }

    static func signature(_ old: String, _ new: String, _ key: String) -> Case {
        Case(files: ["signatures/s.json": CatalogFixture.signatures((old, new))], keyPath: "signatures[0]." + key)
    }

    static let password = #"{"kind": "account", "who": "user", "how": [], "links": []}"#
    static let cases = [
        profile(#""port": 993"#, #""port": 587"#, "imap[0].port"),
        profile(#""port": 993"#, #""port": 465"#, "imap[0].port"),
        profile(#""port": 993"#, #""port": 25"#, "imap[0].port"),
        profile(#""port": 993"#, #""port": 143"#, "imap[0].security"),
        profile(#""port": 587"#, #""port": 993"#, "smtp[0].port"),
        profile(#""port": 587"#, #""port": 143"#, "smtp[0].port"),
        profile(#""port": 587"#, #""port": 465"#, "smtp[0].security"),
        profile(#""domains", "mx", "smtp""#, #""domains", "smtp""#, "mx"),
        profile(#""imap", "password""#, #""imap""#, "password"),
        profile(#""kind": "mailbox""#, #""kind": "gateway""#, "imap"),
        profile(#""CUSTOM_SMTP""#, "null", "inbox_type"), profile(password, "null", "password"),
        profile("2026-11-22", "2026-11-23", "sources[0].date"),
        signature("go away", "(go away", "needles[0]"), signature("535 Go  away now", "(go away)", "examples[0]"),
        signature("Go  away", "Stay", "examples[0]"), signature("go away", "go", "needles[0]"),
        signature(#"["535 Go  away now"]"#, "[]", "examples"),
        signature(#""code""#, #""context": "any", "code""#, "context"),
        Case(
            files: ["signatures/s.json": CatalogFixture.signatures()], keyPath: "signatures[0].date",
            severity: .warning,
            today: "2027-11-23"),
        Case(files: [:], keyPath: "sources[0].date", severity: .warning, today: "2027-11-23"),
    ]

    @Test(arguments: cases) func isFound(_ example: Case) throws {
        let today = try #require(CatalogDate(example.today))
        try CatalogFixture.withCatalog(example.files) { folder in
            let problems = CatalogLint(directory: folder, today: today).problems()
            #expect(problems.contains { $0.keyPath == example.keyPath && $0.severity == example.severity })
        }
    }

    @Test func allMistakesAreShownAtOnce() throws {
        let files = ["profiles/a.json": "{", "profiles/b.json": "[]", "catalogue.json": "{}"]
        let today = try #require(CatalogFixture.today)
        try CatalogFixture.withCatalog(files) { folder in
            let problems = CatalogLint(directory: folder, today: today).problems()
            #expect(Set(problems.map(\.file)) == Set(files.keys))
        }
    }

    /// An example that another signature takes away is an error.
    @Test func aStrongerSignatureIsNoticed() throws {
        let stronger = CatalogFixture.signatures(("go away", "go away now"))
            .replacing("test.one", with: "test.two")
        let files = ["signatures/s.json": CatalogFixture.signatures(), "signatures/t.json": stronger]
        let today = try #require(CatalogFixture.today)
        try CatalogFixture.withCatalog(files) { folder in
            let problems = CatalogLint(directory: folder, today: today).problems()
            #expect(problems.map(\.file) == ["signatures/s.json"])
            #expect(problems.map(\.keyPath) == ["signatures[0].examples[0]"])
        }
    }

    @Test(arguments: [
        ("2026-11-22", true), ("2024-02-29", true), ("2025-02-29", false), ("2026-13-01", false), ("2026-1-1", false),
        ("2026-11-2x", false), ("", false), ("2026-11-00", false), ("-026-11-22", false),
    ])
    func daysAreRead(text: String, isDay: Bool) {
        #expect((CatalogDate(text) != nil) == isDay)
        if isDay { #expect(CatalogDate(text)?.description == text) }
    }
}
