import Foundation
import ProviderCatalog
import Testing

/// A broken catalogue is refused with an error that names file and key path.
@Suite struct BrokenCatalogTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var files: [String: String]
        var kind: CatalogError.Kind
        var file: String
        var keyPath: String
        var testDescription: String { "\(kind): \(file): \(keyPath)" }
    }

    static func profile(_ old: String, _ new: String, _ kind: CatalogError.Kind, _ keyPath: String) -> Case {
        Case(
            files: ["profiles/a.json": CatalogFixture.profile("a", (old, new))], kind: kind, file: "profiles/a.json",
            keyPath: keyPath)
    }

    static func signature(_ old: String, _ new: String, _ kind: CatalogError.Kind, _ keyPath: String) -> Case {
        Case(
            files: ["signatures/s.json": CatalogFixture.signatures((old, new))], kind: kind,
            file: "signatures/s.json", keyPath: keyPath.isEmpty ? keyPath : "signatures[0]." + keyPath)
    }

    static let profiles = [
        profile(#""daily_cap""#, #""daily_cpa""#, .unknownKey, "daily_cpa"),
        profile(#""port": 587"#, #""prot": 587"#, .unknownKey, "smtp[0].prot"),
        profile(#""port": 587, "#, "", .missingKey, "smtp[0].port"),
        profile(#""port": 587"#, #""port": "587""#, .wrongType, "smtp[0].port"),
        profile(#""port": 587"#, #""port": true"#, .wrongType, "smtp[0].port"),
        profile(#""port": 587"#, #""port": 587.5"#, .wrongType, "smtp[0].port"),
        profile(#""port": 587"#, #""port": 70000"#, .badValue, "smtp[0].port"),
        profile(#""port": 587"#, #""port": 1e99"#, .wrongType, "smtp[0].port"),
        profile("starttls", "ssl", .badValue, "smtp[0].security"),
        profile("smtp.a.example", "https://smtp.a.example", .badValue, "smtp[0].host"),
        profile("smtp.a.example", "smtp.a.example:587", .badValue, "smtp[0].host"),
        profile("smtp.a.example", "smtp.{domain", .badValue, "smtp[0].host"),
        profile("smtp.a.example", "localhost", .badValue, "smtp[0].host"),
        profile("imap.a.example", "imap. a.example", .badValue, "imap[0].host"),
        profile(#"["a.example"]"#, #"["A.example"]"#, .badValue, "domains[0]"),
        profile(#"["a.example"]"#, #""a.example""#, .wrongType, "domains"),
        profile(#"["a.example"]"#, #"["a.example", "a.example"]"#, .duplicate, "domains[1]"),
        profile(#""suffix": "mx"#, #""prefix": "mx"#, .unknownKey, "mx[0].prefix"),
        profile(#""suffix": "mx"#, #""suffix": "."#, .badValue, "mx[0].suffix"),
        profile(#""kind": "mailbox""#, #""kind": "mailboxes""#, .badValue, "kind"),
        profile(#""id": "a""#, #""id": "b""#, .badValue, "id"),
        profile("2026-11-22", "2026-02-30", .badValue, "sources[0].date"),
        profile(#"["domains","#, #"["domain","#, .badValue, "sources[0].for[0]"),
        profile(#""limits": []"#, #""limits": {}"#, .wrongType, "limits"),
        profile(#""links": [],"#, #""links": ["javascript:alert(1)"],"#, .badValue, "links[0]"),
    ]

    static let signatures = [
        signature("needles", "needels", .unknownKey, "needels"),
        signature("bad_credentials", "bad_credential", .badValue, "finding"),
        signature("0.9", "1.9", .badValue, "confidence"), signature("0.9", "\"high\"", .wrongType, "confidence"),
        signature(#""retry": "no""#, #""retry": "after_seconds:soon""#, .badValue, "retry"),
        signature(#"["Do it."]"#, "[]", .badValue, "remedy.steps"),
        signature(#""who": "user""#, #""who": "nobody""#, .badValue, "remedy.who"),
        signature(#""code": 535"#, #""enhanced_code": "5.7""#, .badValue, "enhanced_code"),
        signature(#""code": 535, "needles": ["go away"]"#, #""needles": []"#, .badValue, "needles"),
        signature(#""code""#, #""provider": "nowhere", "code""#, .badValue, "provider"),
        signature(#"["go away"]"#, #"["go away", 7]"#, .wrongType, "needles[1]"),
    ]

    static func dailyLimits(_ old: String, _ new: String, _ kind: CatalogError.Kind, _ keyPath: String) -> Case {
        Case(
            files: ["daily-limits.json": CatalogFixture.dailyLimits.replacing(old, with: new)], kind: kind,
            file: "daily-limits.json", keyPath: keyPath)
    }

    static let tables = [
        dailyLimits(#""low": 8"#, #""low": 11"#, .badValue, "bands.established.high"),
        dailyLimits(#""warming""#, #""worming""#, .unknownKey, "bands.worming"),
        dailyLimits("61", "30", .badValue, "ages.established_from_days"),
        dailyLimits(#""date": "2026-11-22"}}"#, #""date": "today"}}"#, .badValue, "ages.date"),
    ]

    static let others = [
        Case(files: ["catalogue.json": "{}"], kind: .missingKey, file: "catalogue.json", keyPath: "version"),
        Case(files: ["catalogue.json": "[]"], kind: .wrongType, file: "catalogue.json", keyPath: ""),
        Case(files: ["profiles/a.json": "{"], kind: .notJSON, file: "profiles/a.json", keyPath: ""),
        Case(files: ["profiles/a.json": ""], kind: .notJSON, file: "profiles/a.json", keyPath: ""),
        Case(
            files: ["profiles/a.json": String(repeating: "[", count: 200_000)], kind: .notJSON,
            file: "profiles/a.json", keyPath: ""),
        Case(
            files: ["profiles/a.json": String(repeating: " ", count: 10_485_760)], kind: .tooLarge,
            file: "profiles/a.json", keyPath: ""),
        Case(
            files: ["profiles/b.json": CatalogFixture.profile("b", ("\"b.example\"", "\"a.example\""))],
            kind: .duplicate, file: "profiles/b.json", keyPath: "domains[0]"),
        Case(
            files: ["profiles/b.json": CatalogFixture.profile("b", ("mx.b.example", "mx.a.example"))],
            kind: .duplicate, file: "profiles/b.json", keyPath: "mx[0]"),
        Case(
            files: [
                "signatures/s.json": CatalogFixture.signatures(), "signatures/t.json": CatalogFixture.signatures(),
            ],
            kind: .duplicate, file: "signatures/t.json", keyPath: "signatures[0].id"),
    ]

    @Test func theFixtureIsInOrder() throws {
        try CatalogFixture.withCatalog(["signatures/s.json": CatalogFixture.signatures()]) { folder in
            let catalog = try Catalog.load(from: folder)
            #expect(catalog.profiles.map(\.id) == ["a"])
            #expect(catalog.signatures.signatures.map(\.id) == ["test.one"])
            let today = try #require(CatalogFixture.today)
            #expect(CatalogLint(directory: folder, today: today).problems() == [])
        }
    }

    @Test(arguments: profiles + signatures + tables + others) func isRefused(_ example: Case) throws {
        try CatalogFixture.withCatalog(example.files) { folder in
            let error = try #require(throws: CatalogError.self) { try Catalog.load(from: folder) }
            #expect(error.kind == example.kind)
            #expect(error.file == example.file)
            #expect(error.keyPath == example.keyPath)
            #expect(error.description.hasPrefix(example.file))
        }
    }

    @Test func aMissingFolderIsAnError() throws {
        let error = try #require(throws: CatalogError.self) { try Catalog.load(from: "/nonexistent/catalogue") }
        #expect(error.kind == .unreadable)
    }

    @Test func anErrorIsSafeToPrint() throws {
        let text = CatalogFixture.profile("a", (#""daily_cap""#, #""\u001b[31mred""#))
        try CatalogFixture.withCatalog(["profiles/a.json": text]) { folder in
            let error = try #require(throws: CatalogError.self) { try Catalog.load(from: folder) }
            #expect(!error.description.contains("\u{1B}"))
        }
    }
}
