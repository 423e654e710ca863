package import MailJSON
internal import MailModel
package import ProviderCatalog

/// A failure that is told to a person in one sentence and to a script by its status and its id.
package struct CommandFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// The stable names of failures. New ones may be added; none is renamed.
    package enum ID: String, CaseIterable, Sendable {
        case wrongUsage = "wrong_usage"
        case badInput = "bad_input"
        case noSuchFile = "no_such_file"
        case internalError = "internal_error"
        case badAddress = "bad_address"
        case badDomain = "bad_domain"
        case badText = "bad_text"
        case missingText = "missing_text"
        case badReport = "bad_report"
        case badCatalogue = "bad_catalogue"
        case noCatalogue = "no_catalogue"
        case unknownProvider = "unknown_provider"
        case badResolver = "bad_resolver"
        case badTrust = "bad_trust"
        case badSecret = "bad_secret"
        case missingPassword = "missing_password"
        case badURL = "bad_url"
        case badAPIKey = "bad_api_key"
        case missingAPIKey = "missing_api_key"
        case badAccount = "bad_account"
        case badJournal = "bad_journal"
        case notInJournal = "not_in_journal"
        case outputNotWritable = "output_not_writable"
        case badState = "bad_state"
        case badQueue = "bad_queue"
        case badKeyFile = "bad_key_file"
        case queueUnavailable = "queue_unavailable"
    }

    package var status: ExitStatus
    package var id: ID
    package var description: String
    /// The argument or option, or the place in a file, that it is about.
    package var field: String?
    /// The line in a file, from 1.
    package var line: Int?

    package init(_ status: ExitStatus, _ id: ID, _ description: String, field: String? = nil, line: Int? = nil) {
        self.status = status
        self.id = id
        self.description = description
        self.field = field
        self.line = line
    }

    /// A failure that has no better name than its status.
    package init(_ status: ExitStatus, _ description: String) { self.init(status, Self.usual(status), description) }

    /// A mistake in the catalogue.
    package init(_ error: CatalogError) {
        self.init(
            .badInput, .badCatalogue, "\(error)", field: error.keyPath.isEmpty ? nil : error.keyPath, line: error.line)
    }

    private static func usual(_ status: ExitStatus) -> ID {
        switch status {
        case .usage: .wrongUsage
        case .noInputFile: .noSuchFile
        case .ourBug: .internalError
        case .outputFailed: .outputNotWritable
        default: .badInput
        }
    }

    /// How it stands in JSON, where a program is the reader: `{schema, error: {status, id, message, field, line}}`.
    package static let json = JSONDescription<CommandFailure>.object(
        { $0 }, .payload("error", error, "What went wrong."),
        derived: [.constant("schema", 1, "The number of this format.")], order: ["schema"])

    private static let error = JSONDescription<CommandFailure>.object(
        { CommandFailure($0, $1, $2, field: $3, line: $4) },
        .field("status", \.status, status, "The exit status."),
        .field("id", \.id, .word("a failure"), "Its stable name."),
        .field("message", \.description, .text, "What is wrong, in a sentence."),
        .field("field", \.field, .optional(.text), "The argument, option or place in a file that it is about."),
        .field("line", \.line, .optional(.integer), "The line in a file."))

    private static let status = JSONDescription<Int>.integer.mapped { number throws(JSONMistake) -> ExitStatus in
        guard let status = Int32(exactly: number).flatMap(ExitStatus.init) else {
            throw JSONMistake(.badValue, "\(number) is not an exit status")
        }
        return status
    } write: { (status: ExitStatus) -> Int in
        Int(status.rawValue)
    }
}

extension ExitStatus {
    /// Whether the run ended before there was anything to report: a program then gets the failure in place of a report.
    package var isFailure: Bool {
        switch self {
        case .usage, .badInput, .noInputFile, .ourBug, .cannotTell, .outputFailed: true
        case .ready, .actionNeeded, .refused, .unknown, .interrupted: false
        }
    }
}
