import Foundation
import ProviderCatalog
import Testing

/// No text of a library, and none of the catalogue, names an option of a command line: only front ends know theirs.
@Suite struct NeutralTextTests {
    /// The sources of all libraries: everything but what belongs to the two programs alone. `QueueSupport` is no library: it
    /// declares options that both programs have.
    static let libraries = KnowledgeIsDataTests.sources.filter { file in
        !["mailconnect/", "mailconnectd/", "CommandSupport/", "QueueSupport/"].contains { file.hasPrefix($0) }
    }

    @Test(arguments: libraries) func noLibraryNamesAnOption(file: String) throws {
        let path = CatalogFixture.root.appendingPathComponent("Sources/" + file).path
        let text = try String(contentsOfFile: path, encoding: .utf8)
        for line in text.split(separator: "\n") { #expect(Self.options(in: line) == [], "\(line)") }
    }

    @Test func noTextOfTheCatalogueNamesAnOption() throws {
        let names = FileManager.default.enumerator(atPath: CatalogFixture.directory)?.compactMap { $0 as? String } ?? []
        #expect(names.count > 100)
        for name in names where name.hasSuffix(".json") && !name.hasSuffix("schema.json") {
            let path = CatalogFixture.directory + "/" + name
            let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
            // An example is what somebody else's program printed.
            for line in lines where !line.contains("\"examples\"") {
                #expect(Self.ownOptions.filter { line.contains($0) } == [], "\(name): \(line)")
            }
        }
    }

    @Test(arguments: [
        ("let a = \"use --smtp HOST\"", ["--smtp"]), ("\"--resolve sends again\"", ["--resolve"]),
        ("\"(--stage)\"", ["--stage"]), ("/// `--not-a-text`", []), ("let b = c - -d", []), ("\"a -- b\"", []),
    ])
    func anOptionInATextIsFound(_ line: String, _ options: [String]) { #expect(Self.options(in: line[...]) == options) }

    /// Options of the command line that a text of the catalogue could be tempted to name.
    private static let ownOptions = [
        "--smtp", "--imap", "--provider", "--timeout", "--resolver", "--ca-file", "--password", "--oauth-token",
        "--mailbox-age", "--stage", "--daily-limit", "--allow-third-party", "--accept-warnings",
    ]

    /// What stands inside the quotation marks of a line and looks like an option.
    private static func options(in line: Substring) -> [String] {
        guard !line.drop(while: { $0 == " " }).hasPrefix("//") else { return [] }
        let quoted = line.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
            .filter { !$0.offset.isMultiple(of: 2) }.map(\.element)
        let words = quoted.flatMap { $0.split { $0 == " " || $0 == "(" || $0 == ")" } }
        return words.filter { word in
            word.hasPrefix("--") && word.dropFirst(2).first?.isLowercase == true && word.first == "-"
        }.map(String.init)
    }
}

/// Every rule of the judge has a test file of its own.
@Suite struct RuleTestFileTests {
    private static let folder = CatalogFixture.root.appendingPathComponent("Sources/MailDiagnosis").path

    static let rules: [String] = {
        let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        return names.filter { $0.hasSuffix(".swift") }.sorted().flatMap { name -> [String] in
            let text = (try? String(contentsOfFile: folder + "/" + name, encoding: .utf8)) ?? ""
            return text.split(separator: "\n").filter {
                $0.contains(": DiagnosisRule {") || $0.contains(": FindingRefinement {")
            }.compactMap { line in
                line.split(separator: "struct ").last.map { String($0.prefix { $0 != ":" }) }
            }
        }
    }()

    @Test func thereAreRules() { #expect(Self.rules.count >= 38) }

    @Test(arguments: rules) func hasATestOfTheSameStem(rule: String) {
        let tests = CatalogFixture.root.appendingPathComponent("Tests/MailDiagnosisTests").path
        let places = ["Rules", "Refinements"].map { "\(tests)/\($0)/\(rule)Tests.swift" }
        #expect(places.contains { FileManager.default.fileExists(atPath: $0) })
    }

    @Test func everyRuleIsAsked() throws {
        let registry = try String(contentsOfFile: Self.folder + "/Judgement/DiagnosisRule.swift", encoding: .utf8)
        for rule in Self.rules { #expect(registry.contains("\(rule)(),")) }
    }
}
