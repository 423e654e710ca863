import Foundation
import MailModel
import ProviderCatalog
import Testing

/// Every file of the catalogue, one by one.
@Suite struct ProfileFilesTests {
    static let profileFiles = CatalogFixture.files(in: "profiles")
    static let signatureFiles = CatalogFixture.files(in: "signatures")

    @Test func theCatalogueLoads() throws {
        let catalog = try CatalogFixture.catalog.get()
        #expect(catalog.profiles.count > Self.profileFiles.count)
        #expect(catalog.profiles.map(\.id) == catalog.profiles.map(\.id).sorted())
        #expect(catalog.profiles.count >= 150)
        #expect(catalog.profiles.reduce(0) { $0 + $1.domains.count } >= 900)
        #expect(catalog.signatures.signatures.count >= 70)
        #expect(!catalog.version.isEmpty)
    }

    @Test(arguments: profileFiles + signatureFiles)
    func hasNoProblem(file: String) throws {
        #expect(CatalogFixture.problems.filter { $0.file == file } == [])
    }

    @Test func nothingElseIsWrong() throws { #expect(CatalogFixture.problems == []) }

    @Test(arguments: profileFiles)
    func namesItsSources(file: String) throws {
        let id = file.dropFirst("profiles/".count).dropLast(".json".count)
        let profile = try #require(try CatalogFixture.catalog.get().profile(id: String(id)))
        #expect(!profile.sources.isEmpty)
        #expect(profile.sources.allSatisfy { !$0.source.isEmpty && !$0.sections.isEmpty })
        #expect(
            profile.settings(of: try DomainName("example.com")).allSatisfy {
                $0.source == .catalogue && $0.settings(for: nil).smtpUsername == nil
            })
    }

    /// An account has settings where the provider has servers: all that have mailboxes, but for those that admit not
    /// to know them.
    @Test(arguments: profileFiles)
    func givesAnAccountItsSettings(file: String) throws {
        let profile = try #require(try CatalogFixture.catalog.get().profiles.first { "profiles/\($0.id).json" == file })
        let domain = profile.domains.first { !$0.includesSubdomains }?.name ?? "customer.example"
        let isListed = !profile.domains.isEmpty
        let settings = profile.settings(of: try DomainName(domain))
        let named = { (servers: [EndpointProfile]) in
            servers.count { $0.holds(isListed: isListed) && !["{autodiscover}", "{exchanger}"].contains($0.host) }
        }
        #expect(settings.count == named(profile.smtp) * named(profile.imap))
        #expect(profile.kind.hasServers || settings.isEmpty)
        if profile.kind.hasServers && profile.imap.isEmpty {
            #expect(profile.notes.contains { $0.contains("hosts are not known") })
        }
    }

    @Test(arguments: profileFiles)
    func isFoundByItsDomainsAndExchangers(file: String) throws {
        let catalog = try CatalogFixture.catalog.get()
        let profile = try #require(catalog.profiles.first { "profiles/\($0.id).json" == file })
        for domain in profile.domains {
            let name = try DomainName(domain.includesSubdomains ? "tenant." + domain.name : domain.name)
            #expect(catalog.profile(mailDomain: name)?.id == profile.id)
        }
        for pattern in profile.mxPatterns { #expect(catalog.profile(mx: pattern.name)?.id == profile.id) }
    }

    /// The schema for editors must name the same keys as the reader; this compares them over all files at once.
    @Test(arguments: [("schema.json", "profiles"), ("signatures.schema.json", "signatures")])
    func theSchemaKnowsEveryKey(schema: String, folder: String) throws {
        let text = try String(contentsOfFile: CatalogFixture.directory + "/" + schema, encoding: .utf8)
        for file in CatalogFixture.files(in: folder) {
            let data = try Data(contentsOf: URL(fileURLWithPath: CatalogFixture.directory + "/" + file))
            for key in Self.keys(of: try JSONSerialization.jsonObject(with: data)) {
                #expect(text.contains("\"\(key)\":"), "\(file): \(key)")
            }
        }
    }

    private static func keys(of value: Any) -> Set<String> {
        if let object = value as? [String: Any] {
            return object.reduce(into: []) { $0.formUnion(keys(of: $1.value).union([$1.key])) }
        }
        if let list = value as? [Any] { return list.reduce(into: []) { $0.formUnion(keys(of: $1)) } }
        return []
    }
}
