import Foundation
import MailModel
import ProviderCatalog
import Testing

/// What the linter finds in what programs say in other languages, and in cues.
@Suite struct TranslationLintTests {
    static let translation = """
        {"about": "x", "program": "P", "version": "1", "source": "https://p.example/de.po", "date": "2026-11-20",
         "messages": [{"means": "refused", "original": "Refused", 
             "texts": {"de": "Abgelehnt worden", "fr": ["Refus de", "par"]}}]}
        """
    static let cues = """
        {"cues": [{"id": "os.refused", "finding": "connect_refused", "weight": 0.8,
                   "all": [["econnrefused"]], "source": "https://p.example/"}],
         "meanings": [{"means": "refused", "role": "reason", "finding": "connect_refused", "weight": 0.8}],
         "advice": ["look at the settings once more"], "about": "x", "date": "2026-11-20"}
        """
    static let second = #"{"means": "late", "original": "Late", "texts": {"de": "abgelehnt worden"}}"#
    static let cases: [(file: String, old: String, new: String, keyPath: String)] = [
        ("translations/p.json", #""means": "refused""#, #""means": "unheard_of""#, "messages[0].means"),
        (
            "translations/p.json", #""de": "Abgelehnt worden""#, #""german": "Abgelehnt worden""#,
            "messages[0].texts.german"
        ),
        ("translations/p.json", #""par""#, #""p""#, "messages[0].texts.fr"),
        ("translations/p.json", "https://p.example/de.po", "somewhere", "source"),
        ("translations/p.json", "2026-11-20", "2027-11-20", "date"),
        ("translations/p.json", #""version": "1","#, "", "version"),
        ("translations/p.json", #""par"]}}]"#, #""par"]}}, \#(second)]"#, "messages[1].texts.de"),
        ("cues.json", #""econnrefused""#, #""ECONNREFUSED""#, "cues[0]"),
        ("cues.json", "https://p.example/", "somewhere", "cues[0].source"),
        (
            "cues.json", #"refused", "finding": "connect_refused""#, #"x", "finding": "not_an_account_problem""#,
            "cues[0].role"
        ),
        ("cues.json", #"[["econnrefused"]]"#, #"[["eco"]]"#, "cues[0].all[0][0]"),
    ]

    @Test(arguments: cases.indices) func isFound(index: Int) throws {
        let row = Self.cases[index]
        var files = ["translations/p.json": Self.translation, "cues.json": Self.cues]
        files["cues.json"] = files["cues.json"]?.replacing(
            #""meanings": ["#,
            with: #""meanings": [{"means": "late", "role": "reason", "finding": "connect_timeout", "weight": 0.8}, "#)
        let whole = files[row.file] ?? ""
        files[row.file] = whole.replacing(row.old, with: row.new)
        #expect(files[row.file] != whole)
        let today = try #require(CatalogDate("2026-11-22"))
        try CatalogFixture.withCatalog(files) { folder in
            let problems = CatalogLint(directory: folder, today: today).problems()
            #expect(problems.contains { $0.file == row.file && $0.keyPath == row.keyPath }, "\(problems)")
        }
    }

    @Test func goodFilesHaveNoProblems() throws {
        let today = try #require(CatalogDate("2026-11-22"))
        let files = ["translations/p.json": Self.translation, "cues.json": Self.cues]
        try CatalogFixture.withCatalog(files) { folder in
            #expect(CatalogLint(directory: folder, today: today).problems() == [])
            let base = try Catalog.load(from: folder).translations.base()
            #expect(base.count == 2)
            let match = base.matches(in: PhraseFolding.folded("Mail: abgelehnt  worden!")).first
            #expect(match?.means == "refused" && match?.language == "de")
            #expect(base.matches(in: PhraseFolding.folded("refus de x par")).count == 1)
            #expect(base.matches(in: PhraseFolding.folded("par x refus d")).isEmpty)
        }
    }
}
