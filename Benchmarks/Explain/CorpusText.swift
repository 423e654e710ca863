import Foundation

/// A labelled text of `fixtures/explain/corpus`.
struct CorpusText: Sendable {
    var id: String
    var file: String
    var text: String
    var provider: String?
    var service: String?
    var cause: String
    var alsoRight: [String]
    var language: String
    var tags: [String]
    var source: String

    /// Every cause that is no mistake.
    var right: Set<String> { Set([cause] + alsoRight) }

    /// Whether the text shows no problem of an account.
    var isNegative: Bool { cause == "not_an_account_problem" }

    /// Whose text it is: the owner of the tracker, else the host of the page. Texts of one project resemble each other, so
    /// they are never on both sides of a split.
    var project: String {
        guard let url = URL(string: source), let host = url.host() else { return source.lowercased() }
        let owner = url.pathComponents.dropFirst().first ?? ""
        return host == "github.com" ? "github.com/\(owner.lowercased())" : host.lowercased()
    }

    /// The half of the corpus that it belongs to, by its project.
    var half: Half { Half(project: project) }

    /// The texts of the files of a folder, or of one file.
    static func read(_ path: String) throws -> [CorpusText] {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw CorpusError(message: "no such file or folder: \(path)")
        }
        guard isFolder.boolValue else { return try lines(of: path) }
        return try FileManager.default.contentsOfDirectory(atPath: path).filter { $0.hasSuffix(".jsonl") }.sorted()
            .flatMap { try lines(of: path + "/" + $0) }
    }

    private static func lines(of path: String) throws -> [CorpusText] {
        let file = URL(filePath: path).deletingPathExtension().lastPathComponent
        return try String(contentsOf: URL(filePath: path), encoding: .utf8).split(separator: "\n").map { line in
            var text = try JSONDecoder().decode(Line.self, from: Data(line.utf8)).text(in: file)
            text.file = file
            return text
        }
    }

    private struct Line: Decodable {
        var id: String
        var text: String
        var provider: String?
        var `protocol`: String?
        var cause: String
        var accept_also: [String]
        var language: String?
        var tags: [String]
        var source: String

        func text(in file: String) -> CorpusText {
            CorpusText(
                id: id, file: file, text: text, provider: provider, service: `protocol`, cause: cause,
                alsoRight: accept_also, language: language ?? "en", tags: tags, source: source)
        }
    }
}

/// Why the corpus cannot be read.
struct CorpusError: Error, CustomStringConvertible {
    var message: String
    var description: String { message }
}

/// The two halves of the corpus. Cues and weights are looked for in `tuning` alone; `held_out` is only counted.
enum Half: String, CaseIterable, Sendable {
    case tuning, heldOut = "held_out"

    /// The half of a project, by its name alone (FNV-1a, 64 bits): a text that is added changes no other's half.
    init(project: String) {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for octet in project.utf8 { hash = (hash ^ UInt64(octet)) &* 0x100_0000_01b3 }
        self = (hash >> 40) & 1 == 0 ? .tuning : .heldOut
    }
}
