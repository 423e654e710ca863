import Foundation
import MailModel

/// Makes the journal's file and folder readable for nobody but their owner, before SQLite sees them.
enum JournalFile {
    /// Prepares the file.
    ///
    /// SQLite gives the files beside it (`-wal`, `-shm`) the permissions of this one.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - makesFolder: Whether a missing folder is made, for its owner alone.
    /// - Throws: `JournalError` when that cannot be done.
    static func prepare(_ path: String, makesFolder: Bool) throws(JournalError) {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        if makesFolder { try make(folder) }
        let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw refusal(path, errno) }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0 else { throw refusal(path, errno) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw JournalError(.cannotOpen, "the journal \(ServerText(path)) is no regular file")
        }
        guard status.st_mode & 0o077 != 0 else { return }
        guard fchmod(file, 0o600) == 0 else { throw refusal(path, errno) }
    }

    private static func make(_ folder: String) throws(JournalError) {
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder) {
            // It is ours alone by its name; somebody may have made it with other permissions.
            if isFolder.boolValue { _ = chmod(folder, 0o700) }
            return
        }
        let parent = URL(fileURLWithPath: folder).deletingLastPathComponent().path
        if parent != folder, !FileManager.default.fileExists(atPath: parent) { try make(parent) }
        guard mkdir(folder, 0o700) == 0 || errno == EEXIST else { throw refusal(folder, errno) }
    }

    private static func refusal(_ path: String, _ code: Int32) -> JournalError {
        JournalError(
            .cannotOpen, "the journal \(ServerText(path)) cannot be opened: \(String(cString: strerror(code)))")
    }
}
