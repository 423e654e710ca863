import ArgumentParser
import FoundationEssentials
import Glibc
import MailModel
import ProviderCatalog

struct ProvidersNewCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new", abstract: "Write a profile to fill in.",
        discussion: """
            The file is profiles/ID.json in the folder of the catalogue. It reads as it is: fill in what you know, with a source \
            for each part, and run `mailconnect providers lint`.
            """)

    @Argument(help: "The provider's id: small letters, digits and underscores; it never changes later.") var id: String
    @Option(help: ArgumentHelp("Folder of the catalogue (also MAILCONNECT_PROVIDERS).", valueName: "dir"))
    var providers: String?

    mutating func validate() throws {
        guard id.wholeMatch(of: /[a-z0-9][a-z0-9_]{0,59}/) != nil else {
            throw ValidationError("an id has small letters, digits and underscores, at most 60")
        }
    }

    func run() async throws {
        try await Console.run {
            let path = try CatalogLoading.folder(providers) + "/profiles/\(id).json"
            let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o644)
            guard file >= 0 else {
                let why = errno == EEXIST ? "it is there already" : String(cString: strerror(errno))
                throw CommandFailure(
                    .usage, .outputNotWritable, "\(ServerText(path)) cannot be made: \(why)", field: "id")
            }
            defer { close(file) }
            let profile = Array(Self.profile(id, today: CatalogDate(Date())).utf8)
            guard OutputFile.write(profile, to: file, 5) == 0 else {
                unlink(path)
                throw CommandFailure(
                    .outputFailed, .outputNotWritable, "\(ServerText(path)) could not be written", field: "id")
            }
            try Console(noColor: true).print("\(path)\nFill it in, then: mailconnect providers lint")
            return .ready
        }
    }

    /// A profile of a provider of which nothing is known yet.
    private static func profile(_ id: String, today: CatalogDate) -> String {
        """
        {
          "$schema": "../schema.json",
          "id": "\(id)",
          "name": "\(id)",
          "kind": "mailbox",
          "inbox_type": "CUSTOM_SMTP",
          "domains": [],
          "mx": [{"suffix": "mx.\(id.replacing("_", with: "-")).invalid"}],
          "smtp": [],
          "imap": [],
          "password": {
            "kind": "not_known",
            "who": "user",
            "how": [],
            "links": []
          },
          "switches": [],
          "limits": [],
          "daily_cap": null,
          "links": [],
          "notes": ["Its hosts are not known."],
          "sources": [
            {"for": ["mx"], "source": "https://", "date": "\(today)"}
          ]
        }

        """
    }
}
