import Foundation
import ProviderCatalog
import Testing

/// Where the catalogue is looked for.
@Suite struct CatalogLocationTests {
    @Test func whatIsNamedIsTheOnlyPlace() {
        let both = CatalogLocation.candidates(explicit: "/a", environment: "/b", executable: "/opt/x/bin/tool")
        #expect(both == ["/a"])
        let environment = CatalogLocation.candidates(explicit: nil, environment: "/b", executable: "/opt/x/bin/tool")
        #expect(environment == ["/b"])
    }

    @Test func otherwiseTheExecutableLeadsToIt() {
        let found = CatalogLocation.candidates(explicit: nil, environment: "", executable: "/opt/x/bin/tool")
        #expect(found.prefix(2) == ["/opt/x/bin/providers", "/opt/x/share/mailconnect/providers"])
        #expect(found.dropFirst(2) == ["/opt/x/providers", "/opt/providers", "/providers"])
    }

    @Test func aSourceTreeIsFoundFromItsBuildFolder() throws {
        let tool = CatalogFixture.root.appendingPathComponent(".build/some/debug/tool").path
        let found = try CatalogLocation.find(explicit: nil, environment: nil, executable: tool)
        let content = try FileManager.default.contentsOfDirectory(atPath: found)
        #expect(content.contains("schema.json"))
    }

    @Test(arguments: [true, false]) func aMissingOneSaysWhereItWasLookedFor(isExplicit: Bool) throws {
        let place = "/nonexistent/place"
        let error = try #require(throws: CatalogError.self) {
            try CatalogLocation.find(
                explicit: isExplicit ? place : nil, environment: isExplicit ? nil : place, executable: nil)
        }
        #expect(error.kind == .notFound)
        #expect(error.reason.contains(place))
    }

    @Test func nothingToGoByIsAnErrorToo() throws {
        let error = try #require(throws: CatalogError.self) {
            try CatalogLocation.find(explicit: nil, environment: nil, executable: nil)
        }
        #expect(error.kind == .notFound)
    }
}
