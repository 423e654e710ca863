import MailJSON
import MailModel
import ProviderCatalog
import Testing

/// How well a catalogue is founded.
@Suite struct CatalogAuditTests {
    static let today = CatalogDate("2026-11-28")

    /// A source, and who says it, how sure that is and how old.
    struct Case: Sendable, CustomTestStringConvertible {
        var source: String
        var more = ""
        var kind: SourceKind
        var confidence: SourceConfidence
        var age = CatalogAudit.Age.notTold
        var testDescription: String { source + more }
    }

    static let table = "https://github.com/o/r/blob/0123456789abcdef0123456789abcdef01234567/list.json"
    static let cases = [
        Case(source: "https://help.a.example/imap", kind: .provider, confidence: .high),
        Case(source: "RFC 6186", kind: .standard, confidence: .high),
        Case(source: table, more: #", "published": "2026-03-01""#, kind: .table, confidence: .medium, age: .year),
        Case(source: table, more: #", "published": "2024-11""#, kind: .table, confidence: .medium, age: .threeYears),
        Case(source: table, more: #", "published": "2020""#, kind: .table, confidence: .medium, age: .older),
        Case(source: "https://github.com/o/r/issues/7", kind: .thread, confidence: .low),
        Case(source: "https://community.else.example/t/1", kind: .thread, confidence: .low),
        Case(source: "https://else.example/limits", kind: .page, confidence: .low),
        Case(
            source: "https://else.example/limits", more: #", "confidence": "medium""#, kind: .page, confidence: .medium),
    ]

    private static func audit(_ texts: [String]) throws -> CatalogAudit {
        let today = try #require(Self.today)
        var files: [String: String] = [:]
        for (number, text) in texts.enumerated() { files["profiles/\(["a", "b"][number]).json"] = text }
        var audit: CatalogAudit?
        try CatalogFixture.withCatalog(files) { folder in
            audit = CatalogAudit(try Catalog.load(from: folder).profiles, today: today)
        }
        return try #require(audit)
    }

    @Test(arguments: cases) func eachSourceIsJudged(_ example: Case) throws {
        let text = CatalogFixture.profile("a", (#""https://a.example/help""#, "\"\(example.source)\"\(example.more)"))
        let audit = try Self.audit([text])
        #expect(audit.figures.map(\.kind) == [example.kind])
        #expect(audit.figures.map(\.confidence) == [example.confidence])
        #expect(audit.figures.map(\.age) == [example.age])
        #expect(audit.counts(\.kind).map(\.count).reduce(0, +) == 1)
        #expect(audit.counts(\.kind).first { $0.value == example.kind }?.count == 1)
    }

    /// The least sure come first, among them the oldest.
    @Test func whatIsWeakestIsLookedUpFirst() throws {
        let limit = { (value: Int, source: String, more: String) in
            #"{"what": "messages", "per": "day", "value": \#(value), "source": "\#(source)", "date": "2026-11-22"\#(more)}"#
        }
        let limits = [
            limit(100, "https://a.example/x", ""),
            limit(200, "https://else.example/x", #", "published": "2026-10-01""#),
            limit(300, "https://else.example/y", #", "published": "2019-10-01""#),
        ]
        let text = CatalogFixture.profile("a", (#""limits": []"#, #""limits": [\#(limits.joined(separator: ", "))]"#))
        let audit = try Self.audit([text])
        #expect(
            audit.figures.map(\.place) == [
                "limits[2].source", "limits[1].source", "limits[0].source", "sources[0].source",
            ])
        #expect(audit.profiles == 1)
        #expect(audit.domains == 1)
    }

    @Test func anAuditComesBack() throws {
        let audit = try Self.audit([CatalogFixture.profile("a"), CatalogFixture.profile("b")])
        let document = CatalogAudit.document.write(audit)
        #expect(document["schema"] == 1)
        #expect(try CatalogAudit.document.read(document, .strict) == audit)
    }
}
