internal import MailJSON
public import MailModel
internal import MailReport

/// What all rows of a batch came to: how many are ready, and who has to do what for how many of the others.
public struct BatchSummary: Hashable, Sendable {
    /// Rows with the same cause, which the same people have to act on.
    public struct Cause: Hashable, Sendable {
        /// The cause, by its stable name.
        public var id: String
        /// The cause in a sentence.
        public var sentence: String
        /// Who must act.
        public var who: String?
        /// What to do first.
        public var fix: String?
        /// How many rows.
        public var rows: Int
        /// Whom one action each would help, with the number of rows, most first; empty where each mailbox needs its own.
        public var scopes: [Scope]
    }

    /// Rows that one action would help.
    public struct Scope: Hashable, Sendable {
        /// The domain, or the provider's name.
        public var name: String
        /// How many rows.
        public var rows: Int
    }

    /// Rows at the same provider.
    public struct Provider: Hashable, Sendable {
        /// Its id in the catalogue; nil for those that are not known.
        public var id: String?
        /// How many rows.
        public var rows = 0
        /// How many of them are ready.
        public var ready = 0
    }

    /// All answered rows.
    public private(set) var rows = 0
    /// Both logins work.
    public private(set) var ready = 0
    /// Somebody must do something first.
    public private(set) var actionNeeded = 0
    /// It could not be found out.
    public private(set) var cannotTell = 0
    /// Rows that could not be used.
    public private(set) var badRows = 0
    /// What became of the registrations.
    public private(set) var registrations: [RegistrationOutcome.Status: Int] = [:]
    /// The highest status of a row; 0 when all are ready.
    public private(set) var statuses: Set<Int> = []
    /// What stands in the way, most rows first.
    public private(set) var causes: [Cause] = []
    /// Where the mailboxes are, most rows first.
    public private(set) var providers: [Provider] = []
    /// How long it took.
    public var duration: Duration

    /// Adds groups up.
    ///
    /// - Parameters:
    ///   - groups: Rows that came to the same.
    ///   - duration: How long the batch took.
    public init(_ groups: [RowGroup], duration: Duration) {
        self.duration = duration
        var causes: [String: Cause] = [:]
        var providers: [String: Provider] = [:]
        for group in groups {
            rows += group.rows
            statuses.insert(group.status)
            switch group.verdict {
            case nil: badRows += group.rows
            case .ready?, .readyWithWarnings?: ready += group.rows
            case .actionNeeded?: actionNeeded += group.rows
            case .cannotTell?: cannotTell += group.rows
            }
            if let status = group.registration { registrations[status, default: 0] += group.rows }
            if group.verdict != nil {
                let key = group.provider ?? ""
                providers[key, default: Provider(id: group.provider)].rows += group.rows
                if group.status == 0 { providers[key]?.ready += group.rows }
            }
            guard group.status != 0, let id = group.cause else { continue }
            let key = "\(id) \(group.who ?? "")"
            var cause =
                causes[key]
                ?? Cause(
                    id: id, sentence: group.sentence ?? Self.meaning(of: id), who: group.who, fix: group.fix, rows: 0,
                    scopes: [])
            cause.rows += group.rows
            // What is said of one row only is not said of all.
            if cause.sentence != group.sentence { cause.sentence = Self.meaning(of: id) }
            if let scope = group.scope {
                if let place = cause.scopes.firstIndex(where: { $0.name == scope }) {
                    cause.scopes[place].rows += group.rows
                } else {
                    cause.scopes.append(Scope(name: scope, rows: group.rows))
                }
            }
            causes[key] = cause
        }
        self.causes = causes.values.map { cause in
            var cause = cause
            cause.scopes.sort { ($1.rows, $0.name) < ($0.rows, $1.name) }
            return cause
        }.sorted { ($1.rows, $0.id) < ($0.rows, $1.id) }
        self.providers = providers.values.sorted { ($1.rows, $0.id ?? "~") < ($0.rows, $1.id ?? "~") }
    }

    /// The status to leave with: 0 when every row is ready, else the highest of the rows' statuses.
    ///
    /// - Parameter ignoringUnclear: Whether rows of which nothing could be told do not count.
    /// - Returns: The status.
    public func status(ignoringUnclear: Bool = false) -> Int {
        statuses.filter { !(ignoringUnclear && $0 == 2) }.max() ?? 0
    }

    /// The last line of the output: `{schema, command, summary}`.
    public var json: String {
        var summary = JSONObject()
        summary["rows"] = .integer(rows)
        summary["ready"] = .integer(ready)
        summary["action_needed"] = .integer(actionNeeded)
        summary["cannot_tell"] = .integer(cannotTell)
        summary["bad_rows"] = .integer(badRows)
        for (key, status) in Self.counted { summary[key] = .integer(registrations[status] ?? 0) }
        summary["duration_ms"] = .integer(Int(clamping: Int64(duration / .milliseconds(1))))
        var byCause = JSONObject()
        for cause in causes { byCause[cause.id] = .integer((byCause[cause.id]?.integer ?? 0) + cause.rows) }
        summary["by_cause"] = .object(byCause)
        var byProvider = JSONObject()
        for provider in providers { byProvider[provider.id ?? "unknown"] = .integer(provider.rows) }
        summary["by_provider"] = .object(byProvider)
        summary["causes"] = .list(causes.map(Self.json))
        var object = JSONObject()
        object["schema"] = 1
        object["command"] = "batch"
        object["summary"] = .object(summary)
        return JSONValue.object(object).rendered(.compact)
    }

    private static func meaning(of id: String) -> String {
        if let entry = FindingGlossary.entry(of: id) { return entry.meaning }
        return InputProblem.ID(rawValue: id)?.meaning ?? id
    }

    private static let counted: [(String, RegistrationOutcome.Status)] = [
        ("registered", .registered), ("already_registered", .alreadyRegistered), ("refused", .refused),
        ("unknown", .unknown), ("not_attempted", .notAttempted),
    ]

    private static func json(_ cause: Cause) -> JSONValue {
        var object = JSONObject()
        object["id"] = .text(cause.id)
        object["rows"] = .integer(cause.rows)
        object["who"] = .optional(cause.who)
        object["summary"] = .text(cause.sentence)
        object["fix"] = .optional(cause.fix)
        object["scopes"] = .list(
            cause.scopes.map { scope in
                var object = JSONObject()
                object["name"] = .text(scope.name)
                object["rows"] = .integer(scope.rows)
                return .object(object)
            })
        return .object(object)
    }
}
