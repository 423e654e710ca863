import ArgumentParser
import FoundationEssentials

/// The pages that `man` shows, made from what the commands say of themselves: `scripts/manual` writes them to files.
struct ManualCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "manual", abstract: "Print a page of the manual, as man(1) reads it.",
        discussion: "For example: mailconnect manual doctor | man -l -", shouldDisplay: false)

    @Flag(help: "Print the names of all pages, one a line.") var names = false
    @Argument(help: "The command, such as: journal list; nothing for the first page.") var command: [String] = []

    func run() async throws {
        try await Console.run {
            let pages = try ManualEntry.all(MailConnectCommand._dumpHelp())
            let console = Console(noColor: true)
            if names {
                try console.print(pages.map { $0.words.joined(separator: " ") }.joined(separator: "\n"))
                return .ready
            }
            guard let page = pages.first(where: { $0.words.dropFirst() == command[...] }) else {
                throw CommandFailure(.usage, .wrongUsage, "there is no such page; see: mailconnect manual --names")
            }
            try console.print(ManualPage(page, among: pages, date: Self.date).text)
            return .ready
        }
    }

    /// The day that stands on the pages: today, or that of SOURCE_DATE_EPOCH where the same pages are to come out again.
    private static var date: String {
        let epoch = ProcessInfo.processInfo.environment["SOURCE_DATE_EPOCH"].flatMap { Double($0) }
        let date = epoch.map { Date(timeIntervalSince1970: $0) } ?? Date()
        return date.formatted(.iso8601.year().month().day())
    }
}
