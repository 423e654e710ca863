import MailModel
import Testing

@testable import ProviderCatalog

/// Domains of which only the operator is known stand together in one file, and are profiles like all others.
@Suite struct ConsumerTableTests {
    static let source = "https://a.example/list"
    static let commit = "0123456789abcdef0123456789abcdef01234567"
    static let table = """
        {"about": "test", "notes": ["Its hosts are not known."],
         "blocks": [{"source": "\(source)", "date": "2026-11-22", "confidence": "low",
          "operators": [{"domains": ["z.a-q.example", "zz.example"]},
                        {"id": "b", "name": "B (Somewhere)", "domains": ["*.b.example"]}]}]}
        """

    private static func withTable<Result>(_ text: String = table, _ body: (String) throws -> Result) throws -> Result {
        var result: Swift.Result<Result, any Error>?
        let files = ["consumers.json": text, "profiles/c.json": CatalogFixture.profile("c")]
        try CatalogFixture.withCatalog(files) { folder in result = .init { try body(folder) } }
        return try #require(result).get()
    }

    @Test func itsRowsAreProfilesAmongTheOthers() throws {
        let catalog = try Self.withTable { try Catalog.load(from: $0) }
        #expect(catalog.profiles.map(\.id) == ["a", "b", "c", "z_a_q_example"])
        let profile = try #require(catalog.profile(mailDomain: try DomainName("zz.example")))
        #expect(profile.id == "z_a_q_example" && profile.name == "z.a-q.example")
        #expect(profile.kind == .consumer && profile.inboxType == .customSMTP)
        #expect(profile.password?.kind == .notKnown)
        let settings = profile.settings(of: try DomainName("zz.example"))
        #expect(settings.isEmpty)
        #expect(profile.notes == ["Its hosts are not known."])
        #expect(profile.sources.map(\.source) == [Self.source] && profile.sources.first?.confidence == .low)
        #expect(catalog.profile(mailDomain: try DomainName("x.b.example"))?.name == "B (Somewhere)")
    }

    /// What a pasted text does not mention is not made into a profile.
    @Test(arguments: [(["zz.example"], ["z_a_q_example"]), (["b.example"], ["b"]), ([], []), (["d.example"], [])])
    func onlyWhatIsMentionedIsRead(names: [String], ids: [String]) throws {
        let catalog = try Self.withTable { try Catalog.load(from: $0, mentioning: Set(names)) }
        #expect(catalog.profiles.map(\.id) == ids)
    }

    @Test func oneOfThemIsReadById() throws {
        try Self.withTable { folder in
            let part = try Catalog.load(from: folder, mentioning: [])
            #expect(try part.reading(profile: "b", from: folder).profiles.map(\.name) == ["B (Somewhere)"])
            #expect(try part.reading(profile: "nobody", from: folder).profiles.isEmpty)
        }
    }

    static let broken: [(old: String, new: String, keyPath: String)] = [
        (#""domains": ["*.b.example"]"#, #""domains": ["a.example"]"#, "blocks[0].operators[1].domains[0]"),
        (#""id": "b""#, #""id": "c""#, "blocks[0].operators[1].id"),
        (#""domains": ["*.b.example"]"#, #""domains": []"#, "blocks[0].operators[1].domains"),
        (#""id": "b""#, #""id": "B""#, "blocks[0].operators[1].id"),
        (#""id": "b""#, #""idd": "b""#, "blocks[0].operators[1].idd"),
    ]

    @Test(arguments: broken) func aRowThatCannotBeUsedIsNamed(old: String, new: String, keyPath: String) throws {
        let text = Self.table.replacing(old, with: new)
        let error = #expect(throws: CatalogError.self) {
            try Self.withTable(text) { try Catalog.load(from: $0) }
        }
        #expect(error?.file == "consumers.json" && error?.keyPath == keyPath)
    }

    static let faults: [(old: String, new: String, keyPath: String)] = [
        (source, "somebody said so", "blocks[0].source"),
        (source, "https://github.com/o/r/blob/main/list", "blocks[0].source"),
        (source, "https://github.com/o/r/blob/\(commit)/list", "blocks[0].source"),
        ("2026-11-22", "2020-11-22", "blocks[0].date"),
        (#"["Its hosts are not known."]"#, "[]", "notes"),
    ]

    @Test(arguments: faults) func theLinterFinds(old: String, new: String, keyPath: String) throws {
        let today = try #require(CatalogDate("2026-11-22"))
        let lint = { (text: String) in
            try Self.withTable(text) { CatalogLint(directory: $0, today: today).problems() }
        }
        #expect(try lint(Self.table) == [])
        #expect(Set(try lint(Self.table.replacing(old, with: new)).map(\.keyPath)) == [keyPath])
    }
}
