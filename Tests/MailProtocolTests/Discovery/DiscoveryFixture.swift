import Foundation
import MailModel
import MailProtocol
import Testing

/// One document under `fixtures/discovery` and what has to be learnt from it; `fixtures/README.md` says how.
struct DiscoveryFixture: Sendable, CustomTestStringConvertible {
    enum Kind: String, Sendable, CaseIterable {
        case autoconfig, autodiscover, pacc
    }

    let kind: Kind
    let name: String
    let octets: [UInt8]
    let facts: [String]

    var testDescription: String { "\(kind.rawValue)/\(name)" }

    static let all: [DiscoveryFixture] = Kind.allCases.flatMap(all)

    private static func all(_ kind: Kind) -> [DiscoveryFixture] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../fixtures/discovery/\(kind.rawValue)").standardizedFileURL
        let files = (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
        let documents = files.filter { $0.pathExtension != "facts" }.sorted { $0.path < $1.path }
        return documents.compactMap { file in
            let facts = file.deletingPathExtension().appendingPathExtension("facts")
            guard let octets = try? Data(contentsOf: file), let text = try? String(contentsOf: facts, encoding: .utf8)
            else { return nil }
            return DiscoveryFixture(
                kind: kind, name: file.lastPathComponent, octets: Array(octets),
                facts: text.components(separatedBy: "\n").filter { !$0.isEmpty })
        }
    }
}
