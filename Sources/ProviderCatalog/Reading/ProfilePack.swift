import FoundationEssentials
import Synchronization

/// The profiles of an installed catalogue: one on each line of `profiles.jsonl`, in place of a file each. A disk gives every
/// small file a whole block, and opening eight hundred takes longer than reading one.
final class ProfilePack: Sendable {
    /// The file.
    static let file = "profiles.jsonl"
    /// Octets that it may have.
    private static let limit = 16_777_216

    private let directory: String
    private let lines = Mutex<[String: [UInt8]]?>(nil)

    init(directory: String) { self.directory = directory }

    /// Whether the catalogue has one, and no folder of profiles.
    var isThere: Bool {
        let files = FileManager.default
        return !files.fileExists(atPath: directory + "/profiles")
            && files.fileExists(atPath: directory + "/" + Self.file)
    }

    /// The ids of all profiles, sorted.
    func ids() throws(CatalogError) -> [String] { try read().keys.sorted() }

    /// What would be in a profile's own file; nil when there is no such profile.
    func octets(id: String) throws(CatalogError) -> [UInt8]? { try read()[id] }

    private func read() throws(CatalogError) -> [String: [UInt8]] {
        if let lines = lines.withLock({ $0 }) { return lines }
        var result: [String: [UInt8]] = [:]
        let octets = try CatalogFile.read(Self.file, in: directory, limit: Self.limit)
        for line in octets.split(separator: 0x0A) {
            guard let id = Self.id(of: line), result[id] == nil else {
                throw CatalogError(
                    .badValue, file: Self.file, reason: "each line must be a profile with an id of its own")
            }
            result[id] = Array(line)
        }
        lines.withLock { $0 = result }
        return result
    }

    /// The id of a profile, which stands at its beginning.
    private static func id(of line: ArraySlice<UInt8>) -> String? {
        let key = Array("\"id\":".utf8)
        let head = line.prefix(512)
        guard let place = head.indices.first(where: { head[$0...].starts(with: key) }) else { return nil }
        let value = head[(place + key.count)...].drop { $0 == 0x20 }
        guard value.first == UInt8(ascii: "\"") else { return nil }
        let id = value.dropFirst().prefix { $0 != UInt8(ascii: "\"") }
        return id.isEmpty ? nil : String(decoding: id, as: UTF8.self)
    }
}
