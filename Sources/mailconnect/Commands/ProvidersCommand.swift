import ArgumentParser
import FoundationEssentials
import MailJSON
import MailModel
import ProviderCatalog

struct ProvidersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "providers", abstract: "List, show, check or extend the catalogue of providers.",
        subcommands: [
            ProvidersListCommand.self, ProvidersShowCommand.self, ProvidersLintCommand.self,
            ProvidersAuditCommand.self, ProvidersNewCommand.self,
        ])
}

struct ProvidersListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List all providers.")

    @OptionGroup var form: JSONOptions
    @Option(help: ArgumentHelp("Folder of the catalogue (also MAILCONNECT_PROVIDERS).", valueName: "dir"))
    var providers: String?

    func run() async throws {
        try await Console.run {
            let catalog = try CatalogLoading.load(providers)
            let console = Console(noColor: true)
            try console.print(form.layout.map { ProviderListing.json(catalog, $0) } ?? ProviderListing.text(catalog))
            return .ready
        }
    }
}

struct ProvidersShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show one provider's profile.")

    @Argument(help: "The provider's id, as `providers list` prints it.") var id: String
    @OptionGroup var form: JSONOptions
    @Option(help: ArgumentHelp("Folder of the catalogue (also MAILCONNECT_PROVIDERS).", valueName: "dir"))
    var providers: String?

    func run() async throws {
        try await Console.run {
            let catalog = try CatalogLoading.load(providers)
            guard let profile = catalog.profile(id: id) else {
                let near = ArgumentHints.nearest(to: id, in: catalog.profiles.map(\.id))
                throw CommandFailure(
                    .usage, .unknownProvider,
                    "the catalogue has no provider \"\(ServerText(id))\"; "
                        + (near.map { "did you mean \($0)?" } ?? "see: mailconnect providers list"),
                    field: "id")
            }
            let console = Console(noColor: true)
            try console.print(
                form.layout.map { ProviderListing.json(profile, $0) }
                    ?? ProviderPage(profile, width: console.width).text)
            return .ready
        }
    }
}

struct ProvidersLintCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lint", abstract: "Check a catalogue for mistakes.",
        discussion: "Leaves with 0 when there is no error; warnings alone do not count.")

    @Argument(help: "The folder to check; the catalogue in use when left out.") var directory: String?

    func run() async throws {
        try await Console.run {
            let folder = try CatalogLoading.folder(directory)
            let problems = CatalogLint(directory: folder, today: CatalogDate(Date())).problems()
            let console = Console(noColor: true)
            for problem in problems { try console.print("\(problem)") }
            let errors = problems.count { $0.severity == .error }
            try console.print("\(folder): \(errors) errors, \(problems.count - errors) warnings")
            return errors == 0 ? .ready : .badInput
        }
    }
}

struct ProvidersAuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "Show how well the catalogue is founded, and what to look up first.",
        discussion: "The least sure figures come first, among them the oldest, among these the most used.")

    @OptionGroup var form: JSONOptions
    @Option(help: ArgumentHelp("How many figures to list.", valueName: "n")) var first = 20
    @Option(help: ArgumentHelp("Folder of the catalogue (also MAILCONNECT_PROVIDERS).", valueName: "dir"))
    var providers: String?

    func validate() throws {
        guard (0...100_000).contains(first) else { throw ValidationError("--first takes 0 to 100000") }
    }

    func run() async throws {
        try await Console.run {
            let audit = CatalogAudit(try CatalogLoading.load(providers).profiles, today: CatalogDate(Date()))
            try Console(noColor: true).print(
                form.layout.map { CatalogAudit.document.write(audit).rendered($0) }
                    ?? AuditPage(audit, shown: first).text)
            return .ready
        }
    }
}
