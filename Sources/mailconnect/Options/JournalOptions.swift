import ArgumentParser
import Foundation
import MailModel
import MailRegistration

/// Which journal of registrations is used.
struct JournalOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Keep the journal of registrations in this file (default: journal.sqlite in the user's state directory).",
            valueName: "file"))
    var journal: String?

    /// Opens it, and makes it when there is none.
    func open() throws(CommandFailure) -> RegistrationJournal {
        try open(try path(), makesFolder: journal == nil)
    }

    /// Opens it only when there is one.
    func openExisting() throws(CommandFailure) -> RegistrationJournal? {
        let path = try path()
        guard FileManager.default.fileExists(atPath: path) else {
            guard let journal else { return nil }
            throw CommandFailure(
                .noInputFile, .noSuchFile, "no such journal: \(ServerText(journal))", field: "journal")
        }
        return try open(path, makesFolder: false)
    }

    /// What a failure of the journal is for a script.
    static func failure(_ error: JournalError) -> CommandFailure {
        switch error.code {
        case .noPlace, .cannotOpen:
            CommandFailure(.usage, .badJournal, "\(error) (--journal)", field: "journal")
        case .notAJournal:
            CommandFailure(.badInput, .badJournal, "\(error) (--journal)", field: "journal")
        case .failed: CommandFailure(.ourBug, .badJournal, "\(error)")
        }
    }

    private func open(_ path: String, makesFolder: Bool) throws(CommandFailure) -> RegistrationJournal {
        do throws(JournalError) {
            return try RegistrationJournal(path: path, makesFolder: makesFolder)
        } catch {
            throw Self.failure(error)
        }
    }

    private func path() throws(CommandFailure) -> String {
        if let journal { return journal }
        do throws(JournalError) {
            return try JournalLocation.standard(ProcessInfo.processInfo.environment)
        } catch {
            throw Self.failure(error)
        }
    }
}
