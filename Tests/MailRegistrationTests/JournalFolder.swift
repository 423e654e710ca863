import Foundation
import MailRegistration

/// A folder of its own for a journal, gone at the end.
struct JournalFolder {
    let folder = FileManager.default.temporaryDirectory.appending(path: "journal-\(UUID().uuidString)")

    var path: String { folder.appending(path: "journal.sqlite").path }

    func open() throws(JournalError) -> RegistrationJournal { try RegistrationJournal(path: path, makesFolder: true) }

    /// Everything in the folder, as one run of octets.
    func octets() throws -> [UInt8] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
            .flatMap { Array(try Data(contentsOf: folder.appending(path: $0))) }
    }

    /// The permissions of a file in it, or of itself.
    func mode(_ name: String? = nil) throws -> Int {
        let path = name.map { folder.appending(path: $0).path } ?? folder.path
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        return (attributes[.posixPermissions] as? Int ?? -1) & 0o777
    }

    func remove() { try? FileManager.default.removeItem(at: folder) }

    /// Runs a body with a folder that is gone behind it.
    static func with<Result>(_ body: (JournalFolder) async throws -> Result) async throws -> Result {
        let folder = JournalFolder()
        defer { folder.remove() }
        return try await body(folder)
    }
}
