import Foundation
import MailTestSupport
import Testing

@testable import ProviderCatalog

/// The profiles in one file, as an installed catalogue has them.
struct ProfilePackTests {
    /// A copy of the catalogue with its profiles in one file, made as `scripts/install` makes it.
    private static func withPack(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "pack-\(UUID().uuidString)")
        try FileManager.default.copyItem(atPath: Repository.path("providers"), toPath: folder.path)
        defer { try? FileManager.default.removeItem(at: folder) }
        let profiles = folder.appending(path: "profiles")
        let lines = try FileManager.default.contentsOfDirectory(atPath: profiles.path).filter { $0.hasSuffix(".json") }
            .sorted().map { name in
                try String(contentsOf: profiles.appending(path: name), encoding: .utf8).split(separator: "\n")
                    .map { $0.drop { $0 == " " } }.joined() + "\n"
            }
        try lines.joined().write(to: folder.appending(path: ProfilePack.file), atomically: true, encoding: .utf8)
        try FileManager.default.removeItem(at: profiles)
        try body(folder.path)
    }

    @Test func theSameIsRead() throws {
        let plain = try Catalog.load(from: Repository.path("providers"))
        try Self.withPack { folder in
            #expect(try Catalog.load(from: folder).profiles == plain.profiles)
            let first = try #require(plain.profiles.first { $0.like != nil })
            let part = try Catalog.load(from: folder, mentioning: [])
            #expect(part.profiles.isEmpty)
            #expect(try part.reading(profile: first.id, from: folder).profiles == [first])
            #expect(try part.reading(profile: "no_such_one", from: folder).profiles.isEmpty)
        }
    }

    @Test func aLineWithoutAnIDIsAMistake() throws {
        try Self.withPack { folder in
            let file = URL(filePath: folder).appending(path: ProfilePack.file)
            let text = try String(contentsOf: file, encoding: .utf8)
            try (text + "{}\n").write(to: file, atomically: true, encoding: .utf8)
            #expect(throws: CatalogError.self) { try Catalog.load(from: folder) }
        }
    }
}
