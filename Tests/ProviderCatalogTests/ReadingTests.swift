import Foundation
import MailModel
import ProviderCatalog
import Testing

/// How strictly files are read, and what of JSON is understood.
@Suite struct ReadingTests {
    /// Texts that some readers of JSON take, and RFC 8259 does not.
    @Test(arguments: [
        #"{"version": "1",}"#, #"{"version": "1"} {}"#, #"{"version": "1" "about": "x"}"#, #"{version: "1"}"#,
        #"{'version': '1'}"#, #"{"version": "1"} // so"#, #"{"version": "1", "version": "2"}"#, #"{"version": "\q"}"#,
        #"{"version": "\ud83d"}"#, #"{"version": "\ud83d\u0041"}"#, #"{"version": "\udc00"}"#,
        #"{"version": "\u12g4"}"#,
        #"{"version": "\u12"#, #"{"version": "1"#, #"{"version": "1\"#, "{\"version\": \"1\n\"}", #"{"version": 01}"#,
        #"{"version": +1}"#, #"{"version": .5}"#, #"{"version": 1.}"#, #"{"version": 1e}"#, #"{"version": -}"#,
        #"{"version": NaN}"#, #"{"version": tru}"#, #"{"version": truely}"#, #"{"version": 1e999}"#,
        #"{"version" "1"}"#,
        "\u{FEFF}{\"version\": \"1\"}", " ", "[", "{", "]", "\"",
    ])
    func isNoJSON(text: String) throws { try expectNotJSON(["catalogue.json": text]) }

    @Test func nestingAndMembersHaveLimits() throws {
        try expectNotJSON(["catalogue.json": String(repeating: #"{"a":"#, count: 40) + "1"])
        let members = (0...64).map { #""a\#($0)": 1"# }.joined(separator: ", ")
        try expectNotJSON(["catalogue.json": "{" + members + "}"])
    }

    @Test func textsMustBeUTF8() throws {
        try CatalogFixture.withCatalog([:]) { folder in
            let octets = Data(#"{"version": "1"#.utf8) + [0xC3] + Data(#""}"#.utf8)
            try octets.write(to: URL(fileURLWithPath: folder + "/catalogue.json"))
            let error = try #require(throws: CatalogError.self) { try Catalog.load(from: folder) }
            #expect(error.kind == .notJSON)
        }
    }

    @Test(arguments: [
        (#"a\u00e9\u20ACz"#, "a\u{E9}\u{20AC}z"), (#"\ud83d\ude00"#, "\u{1F600}"),
        (#"\"\\\/\b\f\n\r\t."#, "\"\\/\u{8}\u{C}\n\r\t."),
        ("é\u{1F600}", "é\u{1F600}"), (#"x\u0041y"#, "xAy"), (#"\u002e\n"#, ".\n"),
    ])
    func escapesAreRead(text: String, value: String) throws {
        try CatalogFixture.withCatalog(["catalogue.json": " { \"version\" :\"" + text + "\"\t}\r\n"]) { folder in
            let version = try Catalog.load(from: folder).version
            #expect(version == value)
        }
    }

    @Test(arguments: [("587", 587), ("5.87e2", 587), ("5870E-1", 587), ("587.0", 587)])
    func numbersAreRead(text: String, port: Int) throws {
        let files = ["profiles/a.json": CatalogFixture.profile("a", ("587", text))]
        try CatalogFixture.withCatalog(files) { folder in
            let profile = try #require(try Catalog.load(from: folder).profile(id: "a"))
            #expect(profile.smtp.map(\.port) == [port])
        }
    }

    @Test func theLineIsNamed() throws {
        try CatalogFixture.withCatalog(["catalogue.json": "{\n\"version\": \"1\"\n,}"]) { folder in
            let error = try #require(throws: CatalogError.self) { try Catalog.load(from: folder) }
            #expect(error.reason.contains("line 3"))
        }
    }

    /// A pipe has no end that could be waited for, and a folder no text.
    @Test(arguments: [true, false]) func onlyRegularFilesAreRead(isPipe: Bool) throws {
        try CatalogFixture.withCatalog([:]) { folder in
            let path = folder + "/profiles/b.json"
            if isPipe {
                try #require(mkfifo(path, 0o600) == 0)
            } else {
                try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
            }
            let error = try #require(throws: CatalogError.self) { try Catalog.load(from: folder) }
            #expect(error.kind == .unreadable)
            #expect(error.file == "profiles/b.json")
        }
    }

    /// The quick look at names takes what `DomainName` would take and leave as it is, and nothing else.
    @Test(arguments: [
        "a.example", "a-b.c_d.example", "xn--bcher-kva.example", "example", "", ".", "a.", ".a", "a..b", "-a.example",
        "a-.example", "a.-example", "a.example-", "A.example", "bücher.example", " a.example", "a.example ",
        "a b.example",
        "a.example.", "1.2", String(repeating: "a", count: 63) + ".example",
        String(repeating: "a", count: 64) + ".example",
        String(repeating: "a.", count: 126) + "b", String(repeating: "a.", count: 127) + "b", "a.\u{0}b", "a,b.example",
    ])
    func namesAreThoseOfTheModel(text: String) {
        let domain = try? DomainName(text)
        let isCanonical = domain.map { $0.description == text && $0.labels.count > 1 } ?? false
        #expect((MailDomainPattern(text) != nil) == isCanonical)
    }

    private func expectNotJSON(_ files: [String: String]) throws {
        try CatalogFixture.withCatalog(files) { folder in
            let error = try #require(throws: CatalogError.self) { try Catalog.load(from: folder) }
            #expect(error.kind == .notJSON)
            #expect(error.file == files.keys.first)
        }
    }
}
