internal import FoundationEssentials
internal import Glibc
internal import MailJSON

/// What is known of a batch besides its rows: whose it is, and how far it came. It stands beside the state file, so that a
/// batch can still be asked for when the service was started anew.
struct BatchRecord: Hashable, Sendable {
    /// How far a batch came.
    enum Status: String, CaseIterable, Sendable {
        case running
        case done
        case cancelled
        /// The service ended before the batch did. Its rows were only in memory: they have to be sent again.
        case interrupted
    }

    let id: String
    /// Whose it is, as limits and keys have it.
    let client: String
    let registers: Bool
    let createdAt: Date
    var status: Status
    var duration: Duration?

    static let json = JSONDescription<BatchRecord>.object(
        BatchRecord.init,
        .field("batch_id", \.id, .text, "The batch's name."),
        .field("client", \.client, .text, "Whose it is."),
        .field("register", \.registers, .bool, "Whether accounts are registered."),
        .field("created_at", \.createdAt, .date, "When it was taken."),
        .field("status", \.status, .word("a state of a batch"), "How far it came."),
        .field("duration_ms", \.duration, .optional(.milliseconds), missing: nil, "How long it took."))
}

/// The folder with the files of all batches.
struct BatchFolder: Sendable {
    let path: String

    /// Files of batches that are older are removed.
    static let keptFor = 30.0 * 86_400

    /// Makes the folder, for its owner alone.
    ///
    /// - Throws: `Problem` when it cannot be used.
    func prepare() throws(Problem) {
        var part = ""
        for name in path.split(separator: "/", omittingEmptySubsequences: true) {
            part += (part.isEmpty && !path.hasPrefix("/") ? "" : "/") + name
            guard mkdir(part, 0o700) == 0 || errno == EEXIST else { continue }
        }
        guard access(path, W_OK | X_OK) == 0 else { throw Self.unusable }
    }

    /// The state file of a batch.
    func state(_ id: String) -> String { "\(path)/\(id).state" }

    /// Writes what is known of a batch, whole or not at all.
    func write(_ record: BatchRecord) throws(Problem) {
        let octets = Array(BatchRecord.json.write(record).rendered().utf8)
        let new = "\(path)/\(record.id).json.new"
        let file = open(new, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { throw Self.unusable }
        let written = octets.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
        let isWhole = written == octets.count && fsync(file) == 0
        close(file)
        guard isWhole, rename(new, "\(path)/\(record.id).json") == 0 else { throw Self.unusable }
    }

    /// What is known of a batch; nil for none. An id of a path that leads elsewhere is none of ours.
    func record(_ id: String) -> BatchRecord? {
        guard BatchID.isOne(id), let data = FileManager.default.contents(atPath: "\(path)/\(id).json") else {
            return nil
        }
        return try? BatchRecord.json.read(octets: Array(data))
    }

    /// All batches that are known.
    func records() -> [BatchRecord] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return names.filter { $0.hasSuffix(".json") }.compactMap { record(String($0.dropLast(5))) }
    }

    /// Takes the files of a batch away.
    func remove(_ id: String) {
        for end in [".json", ".state", ".state-wal", ".state-shm"] { unlink("\(path)/\(id)\(end)") }
    }

    private static let unusable = Problem.later(
        .journalUnavailable, "the folder of the batches cannot be written", seconds: 60)
}

/// The names of batches.
enum BatchID {
    /// A new name, which nobody can guess.
    static func new() -> String {
        var random = SystemRandomNumberGenerator()
        return "b"
            + (0..<16).map { _ in
                let octet = UInt8.random(in: .min ... .max, using: &random)
                return (octet < 16 ? "0" : "") + String(octet, radix: 16)
            }.joined()
    }

    /// Whether a text has the form of a name.
    static func isOne(_ text: String) -> Bool {
        text.utf8.count == 33 && text.hasPrefix("b")
            && text.utf8.dropFirst().allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }
}
