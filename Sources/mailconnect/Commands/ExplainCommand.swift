import ArgumentParser
import FoundationEssentials
import Glibc
import MailDiagnosis
import MailJSON
import MailModel
import MailReport
import ProviderCatalog

struct ExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Explain any pasted server reply, exception or log excerpt. Needs no password and no network.",
        discussion: """
            Up to three causes are named, each with what to do and how to tell it from the others. Secrets in the text are \
            masked in what is printed. Several texts are explained one by one where a line of your choice separates them.

            Examples:
              mailconnect explain "535 5.7.139 Authentication unsuccessful, ..."
              mailconnect explain --file mail.log
              mailconnect explain --separator ---- < tickets.txt
            """)

    @Argument(help: "The text; - or nothing at all reads standard input.") var text: [String] = []
    @Option(
        help: ArgumentHelp("Read the text from a file, in UTF-8 or UTF-16.", valueName: "file"), completion: .file())
    var file: String?
    @Option(help: ArgumentHelp("Several texts, with this line between them.", valueName: "line")) var separator: String?
    @OptionGroup var form: JSONOptions
    @Flag(help: "Print it as Markdown, for a ticket or a chat.") var markdown = false
    @Option(help: ArgumentHelp("How long to wait for a text that is piped in.", valueName: "seconds"))
    var timeout = 30.0
    @Option(help: ArgumentHelp("Folder of the catalogue (also MAILCONNECT_PROVIDERS).", valueName: "dir"))
    var providers: String?
    @Flag(help: "Use no colour (also NO_COLOR).") var noColor = false

    mutating func validate() throws {
        if file != nil, !text.isEmpty { throw ValidationError("--file and a text exclude each other") }
        if let separator, separator.allSatisfy(\.isWhitespace) { throw ValidationError("--separator needs a line") }
    }

    func run() async throws {
        try await Console.run {
            let given = try PastedInput.text(text, file: file, within: timeout)
            let texts = try separator.map { try PastedInput.texts(in: given, separator: $0) } ?? [given]
            let folder = try CatalogLoading.folder(providers)
            let console = Console(noColor: noColor)
            for (number, text) in texts.enumerated() {
                let explanation = try Self.explanation(of: text, folder: folder)
                if texts.count > 1, form.layout == nil {
                    try console.print((number > 0 ? "\n" : "") + heading(number, of: texts.count))
                }
                try console.print(shown(explanation, on: console, isOneOfMany: texts.count > 1))
            }
            return .ready
        }
    }

    private func heading(_ number: Int, of count: Int) -> String {
        let words = "Text \(number + 1) of \(count)"
        return markdown ? "## \(words)\n\n" : "\(words)\n\n"
    }

    /// One of many is an object on a line by itself.
    private func shown(_ explanation: Explanation, on console: Console, isOneOfMany: Bool) -> String {
        let words = CommandLineRemedies.words(for: nil)
        if let layout = form.layout { return JSONReport.render(explanation, isOneOfMany ? .compact : layout) }
        if markdown { return MarkdownReport.render(explanation, remedyWords: words) }
        let style = TerminalStyle(colour: console.colour, width: console.width, unicode: console.unicode)
        return TerminalExplanation.render(explanation, style: style, remedyWords: words)
    }

    /// With more names than these, looking for each takes longer than reading all profiles.
    private static let mostNames = 50

    /// Explains with the part of the catalogue that the text needs: most of the time would go into profiles otherwise.
    private static func explanation(of text: String, folder: String) throws(CommandFailure) -> Explanation {
        do throws(CatalogError) {
            let names = Explainer.names(in: text)
            let catalog =
                try names.count <= mostNames
                ? Catalog.load(from: folder, mentioning: names) : Catalog.load(from: folder)
            let explanation = Explainer(catalog: catalog).explain(text)
            guard let id = explanation.provider, catalog.profile(id: id) == nil else { return explanation }
            return Explainer(catalog: try catalog.reading(profile: id, from: folder)).explain(text)
        } catch {
            throw CommandFailure(error)
        }
    }
}

/// Where a pasted text comes from.
enum PastedInput {
    /// The text of the arguments, of a file, or of standard input.
    static func text(_ arguments: [String], file: String?, within timeout: Double) throws(CommandFailure) -> String {
        if let file {
            return try checked(BoundedInput(limit: Explainer.limit, seconds: timeout).data(of: file, .badText, "file"))
        }
        let isFromInput = arguments.isEmpty || arguments == ["-"]
        guard isFromInput else { return try checked(Array(arguments.joined(separator: " ").utf8)) }
        guard arguments == ["-"] || isatty(STDIN_FILENO) == 0 else {
            throw CommandFailure(
                .usage, .missingText, "no text was given; paste it behind the command, or pipe it in", field: "text")
        }
        return try checked(BoundedInput(limit: Explainer.limit, seconds: timeout).data(of: "-", .badText, "text"))
    }

    /// The texts between lines that are the separator and nothing else; empty ones are left out.
    static func texts(in text: String, separator: String) throws(CommandFailure) -> [String] {
        let wanted = separator.trimmed
        var texts: [[Substring]] = [[]]
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            if line.trimmed == wanted { texts.append([]) } else { texts[texts.count - 1].append(line) }
        }
        let filled = texts.map { $0.joined(separator: "\n") }.filter { $0.utf8.contains { $0 > 0x20 } }
        guard !filled.isEmpty else {
            throw CommandFailure(.badInput, .badText, "the text is empty", field: "text")
        }
        return filled
    }

    private static func checked(_ octets: [UInt8]) throws(CommandFailure) -> String {
        guard octets.count <= Explainer.limit else {
            throw CommandFailure(
                .badInput, .badText, "the text has more than \(Explainer.limit) octets; give the part with the error",
                field: "text")
        }
        let text = PastedEncoding.text(of: octets)
        guard text.utf8.contains(where: { $0 > 0x20 }) else {
            throw CommandFailure(.badInput, .badText, "the text is empty", field: "text")
        }
        return text
    }
}

extension StringProtocol {
    /// The text without white space at its ends.
    fileprivate var trimmed: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
