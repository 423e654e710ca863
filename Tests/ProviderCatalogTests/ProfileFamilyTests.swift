import MailModel
import ProviderCatalog
import Testing

/// Profiles that say only in what they differ from another one.
@Suite struct ProfileFamilyTests {
    static let member = """
        {"id": "b", "like": "a", "name": "B", "domains": ["b.example"], "mx": [{"suffix": "mx.b.example"}],
         "imap": [{"host": "imap.b.example", "port": 993, "security": "tls", "username": "local_part"}],
         "sources": [{"for": ["domains", "mx", "imap"], "source": "https://b.example/help", "date": "2026-11-22"}]}
        """

    @Test func whatItDoesNotSayIsThatOfTheOther() throws {
        try CatalogFixture.withCatalog(["profiles/b.json": Self.member]) { folder in
            let catalog = try Catalog.load(from: folder)
            let (head, member) = (try #require(catalog.profile(id: "a")), try #require(catalog.profile(id: "b")))
            #expect(member.like == "a")
            #expect(member.kind == head.kind)
            #expect(member.smtp == head.smtp)
            #expect(member.password == head.password)
            #expect(member.imap.map(\.host) == ["imap.b.example"])
            #expect(member.domains.map(\.name) == ["b.example"])
        }
    }

    /// The sources of what was taken over come with it, and no others.
    @Test func itsSourcesComeWithIt() throws {
        try CatalogFixture.withCatalog(["profiles/b.json": Self.member]) { folder in
            let member = try #require(try Catalog.load(from: folder).profile(id: "b"))
            #expect(member.sources.map(\.source) == ["https://b.example/help", "https://a.example/help"])
            #expect(member.sources.last?.sections == [.smtp, .password])
            let today = try #require(CatalogFixture.today)
            #expect(CatalogLint(directory: folder, today: today).problems().filter { $0.severity == .error } == [])
        }
    }

    /// One step, to a profile that stands by itself.
    @Test(arguments: ["nobody", "b", "../a", "c"])
    func theOtherMustStandByItself(head: String) throws {
        let files = [
            "profiles/b.json": Self.member.replacing(#""like": "a""#, with: "\"like\": \"\(head)\""),
            "profiles/c.json": Self.member.replacing("\"b\"", with: "\"c\"").replacing("b.example", with: "c.example"),
        ]
        try CatalogFixture.withCatalog(files) { folder in
            let error = #expect(throws: CatalogError.self) { try Catalog.load(from: folder) }
            #expect(error?.file == "profiles/b.json")
            #expect(error?.keyPath == "like")
        }
    }

    /// A profile that is read for a pasted text is whole too.
    @Test func oneThatIsReadAloneIsWhole() throws {
        try CatalogFixture.withCatalog(["profiles/b.json": Self.member]) { folder in
            let part = try Catalog.load(from: folder, mentioning: ["imap.b.example"])
            #expect(part.profiles.map(\.id) == ["b"])
            #expect(part.profile(id: "b")?.smtp.isEmpty == false)
        }
    }
}
