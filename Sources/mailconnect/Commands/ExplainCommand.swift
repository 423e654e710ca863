import ArgumentParser
import FoundationEssentials
import Glibc
import MailDiagnosis
import MailModel
import MailReport
import ProviderCatalog

struct ExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Explain any pasted server reply, exception or log excerpt. Needs no password and no network.",
        discussion: """
            Up to three causes are named, each with what to do and how to tell it from the others. Secrets in the text are
            masked in what is printed. Example: mailconnect explain "535 5.7.139 Authentication unsuccessful, ..."
            """)

    @Argument(help: "The text; - or nothing at all reads standard input.") var text: [String] = []
    @OptionGroup var form: JSONOptions
    @Flag(help: "Print it as Markdown, for a ticket or a chat.") var markdown = false
    @Option(help: ArgumentHelp("How long to wait for a text that is piped in.", valueName: "seconds"))
    var timeout = 30.0
    @Option(help: ArgumentHelp("Folder of the catalogue (also MAILCONNECT_PROVIDERS).", valueName: "dir"))
    var providers: String?
    @Flag(help: "Use no colour (also NO_COLOR).") var noColor = false

    func run() async throws {
        try await Console.run {
            let text = try PastedInput.text(text, within: timeout)
            let explanation = try Self.explanation(of: text, folder: try CatalogLoading.folder(providers))
            let console = Console(noColor: noColor)
            let words = CommandLineRemedies.words(for: nil)
            let style = TerminalStyle(colour: console.colour, width: console.width, unicode: console.unicode)
            if let layout = form.layout {
                try console.print(JSONReport.render(explanation, layout))
            } else if markdown {
                try console.print(MarkdownReport.render(explanation, remedyWords: words))
            } else {
                try console.print(TerminalExplanation.render(explanation, style: style, remedyWords: words))
            }
            return .ready
        }
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
    /// The text of the arguments, or of standard input.
    static func text(_ arguments: [String], within timeout: Double) throws(CommandFailure) -> String {
        let isFromInput = arguments.isEmpty || arguments == ["-"]
        guard isFromInput else { return try checked(Array(arguments.joined(separator: " ").utf8)) }
        guard arguments == ["-"] || isatty(STDIN_FILENO) == 0 else {
            throw CommandFailure(
                .usage, .missingText, "no text was given; paste it behind the command, or pipe it in", field: "text")
        }
        return try checked(BoundedInput(limit: Explainer.limit, seconds: timeout).data(of: "-", .badText, "text"))
    }

    private static func checked(_ octets: [UInt8]) throws(CommandFailure) -> String {
        guard octets.count <= Explainer.limit else {
            throw CommandFailure(
                .badInput, .badText, "the text has more than \(Explainer.limit) octets; give the part with the error",
                field: "text")
        }
        guard octets.contains(where: { $0 > 0x20 }) else {
            throw CommandFailure(.badInput, .badText, "the text is empty", field: "text")
        }
        return String(decoding: octets, as: UTF8.self)
    }
}
