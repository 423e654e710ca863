import ArgumentParser
import FoundationEssentials
import Glibc
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
    ///
    /// - Parameter timeout: The seconds that the whole command may take.
    /// - Returns: The journal, and what opens it later where that may help: another process holds it, the disk is full.
    /// - Throws: `CommandFailure` when waiting would not help.
    func open(within timeout: Double) throws(CommandFailure) -> OpenedJournal {
        let path = try path()
        let makesFolder = journal == nil
        do throws(JournalError) {
            let patience = Duration.seconds(timeout / 3)
            return OpenedJournal(
                journal: try RegistrationJournal(path: path, makesFolder: makesFolder, patience: patience))
        } catch {
            guard error.code.isPassing else { throw Self.failure(error) }
            Console.say("\(error); it is tried again before anything is registered")
            return OpenedJournal { patience throws(JournalError) in
                try await RegistrationJournal.open(path, makesFolder: makesFolder, patience: patience)
            }
        }
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
        case .busy: CommandFailure(.cannotTell, .badJournal, "\(error) (--journal)", field: "journal")
        case .noSpace, .failed: CommandFailure(.outputFailed, .badJournal, "\(error) (--journal)", field: "journal")
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

/// A journal that is open, or may be opened later.
struct OpenedJournal {
    var journal: RegistrationJournal?
    var open: (@Sendable (Duration) async throws(JournalError) -> RegistrationJournal)?

    init(journal: RegistrationJournal? = nil) { self.journal = journal }

    init(open: @escaping @Sendable (Duration) async throws(JournalError) -> RegistrationJournal) { self.open = open }
}
