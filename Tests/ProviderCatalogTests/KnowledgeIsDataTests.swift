import Foundation
import ProviderCatalog
import Testing

/// What is known about providers stands in the catalogue and nowhere in the program.
@Suite struct KnowledgeIsDataTests {
    static let sources: [String] = {
        let folder = CatalogFixture.root.appendingPathComponent("Sources").path
        let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        return names.filter { $0.hasSuffix(".swift") }.sorted()
    }()

    @Test func thereAreSourcesToLookAt() { #expect(Self.sources.count > 50) }

    @Test(arguments: sources) func namesNoHostOfAProvider(file: String) throws {
        let path = CatalogFixture.root.appendingPathComponent("Sources/" + file).path
        let names = Self.names(in: try String(contentsOfFile: path, encoding: .utf8).lowercased())
        let profiles = try CatalogFixture.catalog.get().profiles
        let hosts = Set(profiles.flatMap { ($0.smtp + $0.imap).map(\.host) + $0.mxPatterns.map(\.name) })
        let found = hosts.filter { host in names.contains { $0 == host || $0.hasSuffix("." + host) } }
        #expect(found.sorted() == [])
    }

    @Test func aHostInATextIsFound() {
        #expect(Self.names(in: "see `smtp.example.com`, or mx-1.example.net: 2").contains("smtp.example.com"))
        #expect(Self.names(in: "https://mx-1.example.net/path").contains("mx-1.example.net"))
    }

    /// The words of a text that have a dot in them: host names among other things.
    private static func names(in text: String) -> Set<String> {
        let words = text.split { !($0.isLetter || $0.isNumber || $0 == "-" || $0 == ".") }
        return Set(words.filter { $0.contains(".") }.map { $0.trimmingCharacters(in: ["."]) })
    }
}
