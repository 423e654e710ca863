import Foundation
import MailRegistration
import Testing

/// A journal that cannot be used is an error with a reason, before anything is sent.
@Suite struct JournalFileTests {
    private func error(_ path: String, makesFolder: Bool = false) -> JournalError? {
        do throws(JournalError) {
            _ = try RegistrationJournal(path: path, makesFolder: makesFolder)
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: ["/dev/null", "/", "/nowhere/at/all/journal.sqlite", "/etc/passwd/journal.sqlite"])
    func placesThatCannotHoldOne(path: String) {
        let error = error(path)
        #expect(error?.code == .cannotOpen)
        #expect(error?.description.isEmpty == false)
    }

    @Test func aFileOfTextIsNone() async throws {
        try await JournalFolder.with { folder in
            try FileManager.default.createDirectory(at: folder.folder, withIntermediateDirectories: true)
            let text = String(repeating: "not a database\n", count: 100)
            try Data(text.utf8).write(to: URL(filePath: folder.path))
            #expect(error(folder.path)?.code == .cannotOpen)
            // It is left as it was.
            #expect(try String(contentsOfFile: folder.path, encoding: .utf8) == text)
        }
    }

    @Test func aDamagedJournalIsToldAndNotReplaced() async throws {
        try await JournalFolder.with { folder in
            _ = try folder.open()
            var octets = Array(try Data(contentsOf: URL(filePath: folder.path)))
            for index in 0..<16 { octets[index] = 0 }
            for extra in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: folder.path + extra) }
            try Data(octets).write(to: URL(filePath: folder.path))
            #expect(error(folder.path) != nil)
            #expect(Array(try Data(contentsOf: URL(filePath: folder.path))) == octets)
        }
    }

    @Test func manyMayMakeItAtOnce() async throws {
        for _ in 0..<10 {
            try await JournalFolder.with { folder in
                let path = folder.path
                let opened = await withTaskGroup(of: Bool.self) { group in
                    for _ in 0..<8 {
                        group.addTask { (try? RegistrationJournal(path: path, makesFolder: true)) != nil }
                    }
                    return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
                }
                #expect(opened == 8)
                let entries = try await folder.open().entries()
                #expect(entries.isEmpty)
            }
        }
    }

    @Test(arguments: [
        (["XDG_STATE_HOME": "/state", "HOME": "/home/jane"], "/state/mailconnect/journal.sqlite"),
        (["HOME": "/home/jane"], "/home/jane/.local/state/mailconnect/journal.sqlite"),
        (["XDG_STATE_HOME": "", "HOME": "/home/jane"], "/home/jane/.local/state/mailconnect/journal.sqlite"),
        (["XDG_STATE_HOME": "state", "HOME": "/home/jane"], "/home/jane/.local/state/mailconnect/journal.sqlite"),
    ])
    func standardPlace(environment: [String: String], path: String) throws {
        #expect(try JournalLocation.standard(environment) == path)
    }

    @Test func missingFoldersAreMadeForTheirOwnerAlone() async throws {
        try await JournalFolder.with { folder in
            let deep = folder.folder.appending(path: "a/b/journal.sqlite").path
            #expect(error(deep) != nil)
            #expect(error(deep, makesFolder: true) == nil)
            let modes = try ["a", "a/b"].map { try folder.mode($0) }
            #expect(modes == [0o700, 0o700])
        }
    }
}
