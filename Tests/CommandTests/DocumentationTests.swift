import Foundation
import MailTestSupport
import Testing

/// What README and documentation show: programs that are compiled, and commands that are there.
@Suite struct DocumentationTests {
    /// A block between fences, and where it stands.
    struct Block: Sendable, CustomTestStringConvertible {
        let file: String
        let language: String
        let lines: [String]
        var testDescription: String { "\(file): \(lines.first ?? "")" }
    }

    private static let documentation = "Sources/MailConnect/MailConnect.docc"

    /// The blocks of README, of the documentation's articles, and of what stands above the library's own types.
    static let blocks: [Block] = {
        let articles = files(below: documentation, ending: ".md")
        let sources = files(below: "Sources/MailConnect", ending: ".swift")
        return (["README.md"] + articles + sources).flatMap { file -> [Block] in
            var lines = text(file).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            if file.hasSuffix(".swift") {
                lines = lines.filter { $0.hasPrefix("/// ") || $0 == "///" }.map { String($0.dropFirst(4)) }
            }
            return blocks(in: lines, of: file)
        }
    }()

    private static func blocks(in lines: [String], of file: String) -> [Block] {
        var found: [Block] = []
        var open: (language: String, lines: [String])?
        for line in lines {
            if line.hasPrefix("```") {
                if let block = open { found.append(Block(file: file, language: block.language, lines: block.lines)) }
                open = open == nil ? (String(line.dropFirst(3)), []) : nil
            } else {
                open?.lines.append(line)
            }
        }
        return found
    }

    private static func files(below folder: String, ending: String) -> [String] {
        let names = FileManager.default.enumerator(atPath: Repository.path(folder))?.compactMap { $0 as? String } ?? []
        return names.filter { $0.hasSuffix(ending) }.sorted().map { "\(folder)/\($0)" }
    }

    private static func text(_ file: String) -> String {
        (try? String(contentsOfFile: Repository.path(file), encoding: .utf8)) ?? ""
    }

    /// The programs under Examples, each line without its indentation.
    private static let compiled = files(below: "Examples", ending: ".swift").map { file in
        "\n"
            + text(file).split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
            .joined(separator: "\n") + "\n"
    }

    static let programs = blocks.filter { $0.language == "swift" }

    @Test func thereAreProgramsAndCommands() {
        #expect(Self.programs.count >= 12)
        #expect(Self.commands.count >= 7)
        #expect(Self.compiled.count >= 4)
    }

    @Test(arguments: programs) func aProgramIsOneThatIsCompiled(_ block: Block) {
        let lines = block.lines.map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
        let piece = "\n" + lines.joined(separator: "\n") + "\n"
        #expect(Self.compiled.contains { $0.contains(piece) }, "\(block.file): not in Examples: \(piece)")
    }

    /// The commands that stand in a block of their own.
    static let commands: [String] = blocks.filter { $0.language.isEmpty || $0.language == "sh" }.flatMap(\.lines)
        .map { $0.hasPrefix("$ ") ? String($0.dropFirst(2)) : $0 }.filter { $0.hasPrefix("mailconnect ") }

    /// Those that need no network, no file and no password.
    static let offline = commands.filter { command in
        ["explain \"", "help ", "demo", "providers "].contains { command.hasPrefix("mailconnect \($0)") }
    }

    @Test(arguments: offline) func aCommandThatNeedsNothingRuns(_ command: String) async throws {
        let folder = URL(filePath: ToolProcess.path).deletingLastPathComponent().path
        let result = try await ToolProcess(
            program: "/bin/sh", ["-c", command], environment: ["PATH": "\(folder):/usr/bin:/bin", "LANG": "C.UTF-8"])
        #expect([0, 1, 2].contains(result.status), "\(command): \(result.error)")
        #expect(!result.output.isEmpty)
    }

    @Test(arguments: commands) func everyOptionOfACommandIsThere(_ command: String) async throws {
        let words = command.prefix { !"|>".contains($0) }.split(separator: " ").map(String.init)
        let help = try await ToolProcess(["help", words.dropFirst().first ?? ""])
        for option in words where option.hasPrefix("--") { #expect(help.output.contains(option), "\(command)") }
        #expect(help.status == 0)
    }

    /// What README shows as an answer is the answer.
    @Test func theAnswerInTheReadmeIsTheOneGiven() async throws {
        let lines = Self.blocks.filter { $0.file == "README.md" }.flatMap(\.lines)
        let shown = zip(lines, lines.dropFirst()).filter { $0.0.hasPrefix("$ mailconnect explain \"") }
        #expect(!shown.isEmpty)
        for (command, answer) in shown {
            let text = try #require(command.split(separator: "\"").dropFirst().first.map(String.init))
            let result = try await ToolProcess(["explain", text])
            #expect(result.output.hasPrefix(answer), "\(result.output)")
        }
    }

    /// A script that is named somewhere is there, and can be run.
    @Test func everyScriptThatIsNamedIsThere() throws {
        for file in ["README.md", "CONTRIBUTING.md", ".ci/run", "Makefile", "docs/architecture.md"] {
            for match in Self.text(file).matches(of: /(?:^|[` (])(scripts\/[a-z-]+)/) {
                let script = Repository.path(String(match.1))
                #expect(FileManager.default.isExecutableFile(atPath: script), "\(file): \(match.1)")
            }
        }
    }

    /// The whole of Foundation brings ICU along, 45 MB of it, into a program that is to be installed in 25.
    @Test func nothingImportsAllOfFoundation() {
        let sources = Self.files(below: "Sources", ending: ".swift")
        #expect(sources.count > 200)
        let whole = ["Foundation", "FoundationXML", "FoundationNetworking", "FoundationInternationalization"]
        for file in sources {
            let imports = Self.text(file).split(separator: "\n").filter {
                $0.hasPrefix("import ") || $0.contains(" import ")
            }
            let modules = imports.compactMap { $0.split(separator: " ").last.map(String.init) }
            #expect(whole.allSatisfy { !modules.contains($0) }, "\(file): FoundationEssentials is there for that")
        }
    }
}
