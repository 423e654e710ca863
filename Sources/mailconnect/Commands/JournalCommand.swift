import ArgumentParser
import FoundationEssentials
import MailJSON
import MailModel
import MailRegistration

struct JournalCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "journal", abstract: "List, show or forget what was registered from this machine.",
        discussion: """
            The journal holds no secret. An attempt without an answer is shown as unknown: its request may have arrived.
            """,
        subcommands: [JournalListCommand.self, JournalShowCommand.self, JournalForgetCommand.self])
}

struct JournalListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List all attempts, the latest first.")

    @OptionGroup var form: JSONOptions
    @OptionGroup var options: JournalOptions

    func run() async throws {
        try await Console.run {
            let entries = try await JournalAccess.entries(options)
            let console = Console(noColor: true)
            try console.print(form.layout.map { JournalListing.json(entries, $0) } ?? JournalListing.text(entries))
            return .ready
        }
    }
}

struct JournalShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show all attempts of one address, or one attempt by its number.")

    @Argument(help: "The address, or the number that `journal list` prints.") var subject: String
    @OptionGroup var form: JSONOptions
    @OptionGroup var options: JournalOptions

    func run() async throws {
        try await Console.run {
            let entries = try await JournalAccess.entries(options).filter { entry in
                entry.address == JournalAccess.address(subject) || String(entry.id) == subject
            }
            guard !entries.isEmpty else { throw JournalAccess.nothing(subject) }
            let console = Console(noColor: true)
            try console.print(form.layout.map { JournalListing.json(entries, $0) } ?? JournalPage.text(entries))
            return .ready
        }
    }
}

struct JournalForgetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forget", abstract: "Forget all attempts of one address: `add` then knows nothing of it.",
        discussion: "Use it when the account was deleted at the API. The API itself is not asked.")

    @Argument(help: "The address.") var address: String
    @Option(help: ArgumentHelp("Only those at this API.", valueName: "url")) var apiUrl: String?
    @OptionGroup var form: JSONOptions
    @OptionGroup var options: JournalOptions

    func run() async throws {
        try await Console.run {
            let base = try apiUrl.map { url throws(CommandFailure) in try JournalAccess.base(url) }
            guard let journal = try options.openExisting() else { throw JournalAccess.nothing(address) }
            let count: Int
            do throws(JournalError) {
                count = try await journal.forget(address: JournalAccess.address(address), base: base)
            } catch {
                throw JournalOptions.failure(error)
            }
            guard count > 0 else { throw JournalAccess.nothing(address) }
            let object: JSONValue = ["schema": 1, "command": "journal", "forgotten": .integer(count)]
            try Console(noColor: true).print(
                form.layout.map { object.rendered($0) } ?? "Forgot \(count) attempt\(count == 1 ? "" : "s").")
            return .ready
        }
    }
}

/// What the commands of the journal have in common.
enum JournalAccess {
    /// All attempts; none when there is no journal yet.
    static func entries(_ options: JournalOptions) async throws(CommandFailure) -> [JournalEntry] {
        guard let journal = try options.openExisting() else { return [] }
        do throws(JournalError) {
            return try await journal.entries()
        } catch {
            throw JournalOptions.failure(error)
        }
    }

    /// An address as the journal has it: the domain in A-labels, everything in lower case.
    static func address(_ text: String) -> String {
        ((try? EmailAddress(text))?.description ?? text).lowercased()
    }

    static func base(_ url: String) throws(CommandFailure) -> APIBase {
        do throws(APIBaseError) {
            return try APIBase(url)
        } catch {
            throw CommandFailure(.usage, .badURL, "\(error) (--api-url)", field: "api_url")
        }
    }

    static func nothing(_ subject: String) -> CommandFailure {
        CommandFailure(.actionNeeded, .notInJournal, "the journal has nothing on \(ServerText(subject))")
    }
}
