public import FoundationEssentials
public import MailJSON
public import MailModel

/// One attempt as the journal keeps it. It holds no secret.
public struct JournalEntry: Hashable, Sendable {
    /// How an attempt stands.
    public enum State: String, Hashable, Sendable, CaseIterable {
        /// The API said that it registered the account.
        case registered
        /// The API said that it had the account already.
        case alreadyRegistered = "already_registered"
        /// The API said no.
        case refused
        /// Nothing left the machine.
        case notSent = "not_sent"
        /// The request may have left, and no answer is known: it was cut off, or it is still under way.
        case unknown

        /// Whether the account is at the API.
        public var isThere: Bool { self == .registered || self == .alreadyRegistered }
    }

    /// Its number in this journal.
    public var id: Int64
    /// The address, in lower case.
    public var address: String
    /// Where the API lives.
    public var apiBase: String
    /// When the request was about to leave.
    public var attemptedAt: Date
    /// When its end was written down; nil when it never was.
    public var answeredAt: Date?
    /// How it stands. An attempt without an answer is unknown.
    public var state: State
    /// Why, in a sentence.
    public var reason: String?
    /// The HTTP status.
    public var httpStatus: Int?
    /// The API's id of the account.
    public var inboxID: String?
    /// The API's status of the account, as sent.
    public var overallStatus: String?
    /// The daily limit that was sent, or that came back.
    public var dailyLimit: Int?
    /// When the API says that it created the account.
    public var createdAt: Date?
    /// The fields of the request that are no secret.
    public var settings: [RequestField]
    /// Tells whether user names or passwords changed, and nothing else.
    public var fingerprint: String
    /// Tells whether the API's key changed.
    public var keyTag: String
}

extension JournalEntry {
    /// How it stands in JSON. The tag of the API's key stays in the journal: it is for comparing and tells nobody anything.
    public static let json = JSONDescription<JournalEntry>.object(
        JournalEntry.init(
            number:address:apiBase:attemptedAt:answeredAt:state:reason:httpStatus:inboxID:overallStatus:dailyLimit:
            createdAt:settings:fingerprint:),
        .field("id", \.number, .integer, "Its number in this journal."),
        .field("address", \.address, .text, "The address, in lower case."),
        .field("api_base", \.apiBase, .text, "Where the API lives."),
        .field("attempted_at", \.attemptedAt, .second, "When the request was about to leave."),
        .field("answered_at", \.answeredAt, .optional(.second), "When its end was written down; null: it never was."),
        .field("state", \.state, .word("a state of an attempt"), "How it stands."),
        .field("reason", \.reason, .optional(.text), "Why, in a sentence."),
        .field("http_status", \.httpStatus, .optional(.integer), "The HTTP status."),
        .field("inbox_id", \.inboxID, .optional(.text), "The API's id of the account."),
        .field("overall_status", \.overallStatus, .optional(.text), "The API's status of the account, as sent."),
        .field("daily_limit", \.dailyLimit, .optional(.integer), "The limit that was sent, or that came back."),
        .field("created_at", \.createdAt, .optional(.second), "When the API says that it created the account."),
        .field("settings", \.settings, RequestField.json, "The fields of the request that are no secret."),
        .field(
            "credentials_fingerprint", \.fingerprint, .text,
            "Tells whether user names or passwords changed, and nothing else."))

    /// How entries are handed to programs: `{schema, command, entries}`.
    public static let document = JSONDescription<[JournalEntry]>.object(
        { $0 }, .payload("entries", .list(json), "The attempts, the latest first."),
        derived: [
            .constant("schema", 1, "The number of this format."), .constant("command", "journal", "The command."),
        ],
        order: ["schema", "command"])

    private var number: Int { Int(clamping: id) }

    private init(
        number: Int, address: String, apiBase: String, attemptedAt: Date, answeredAt: Date?, state: State,
        reason: String?, httpStatus: Int?, inboxID: String?, overallStatus: String?, dailyLimit: Int?,
        createdAt: Date?, settings: [RequestField], fingerprint: String
    ) {
        self.init(
            id: Int64(number), address: address, apiBase: apiBase, attemptedAt: attemptedAt, answeredAt: answeredAt,
            state: state, reason: reason, httpStatus: httpStatus, inboxID: inboxID, overallStatus: overallStatus,
            dailyLimit: dailyLimit, createdAt: createdAt, settings: settings, fingerprint: fingerprint, keyTag: "")
    }
}

/// Why the journal cannot be used. Nothing is sent to the API then.
public struct JournalError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kinds that are told apart. More may be added.
    public enum Code: String, Hashable, Sendable {
        /// There is no place for it: neither a state directory nor a home directory is known.
        case noPlace = "no_place"
        /// The file or its folder cannot be created or opened.
        case cannotOpen = "cannot_open"
        /// The file is something else, is damaged, or was written by a later version.
        case notAJournal = "not_a_journal"
        /// Another process holds the file for longer than was waited.
        case busy
        /// The disk is full.
        case noSpace = "no_space"
        /// Reading or writing failed.
        case failed

        /// Whether it may be different later, with the same file.
        public var isPassing: Bool { [.busy, .noSpace, .failed].contains(self) }
    }

    /// The kind.
    public let code: Code
    /// What happened, in words, without secrets.
    public let description: String

    /// An error of that kind.
    package init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }
}
