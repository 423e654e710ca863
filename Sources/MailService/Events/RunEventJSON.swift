internal import FoundationEssentials
internal import MailJSON
internal import MailModel
internal import MailReport

/// How the events of a run are told to a client: each is the very piece of the report that it becomes, with when it happened.
enum RunEventJSON {
    /// The event's data; nil for one that is not told: the dialogue and what is disclosed stand in the report.
    static func data(_ event: RunEvent) -> JSONValue? {
        guard let piece = piece(event.kind), case .object(var object) = piece else { return nil }
        object["offset_ms"] = JSONDescription<Duration>.milliseconds.write(event.offset)
        return .object(object)
    }

    private static func piece(_ kind: RunEvent.Kind) -> JSONValue? {
        switch kind {
        case .evidence(let line): Evidence.json.write(line)
        case .settings(let detected): SettingsPiece.json.write(SettingsPiece(detected))
        case .waiting(let wait): WaitingPiece.json.write(WaitingPiece(wait))
        case .observation(let observation):
            ReportedCheck.json.write(ReportedCheck(observation, findings: []))
        case .finding(let finding): Finding.json.write(finding)
        case .verdict(let verdict, let limit):
            VerdictPiece.json.write(VerdictPiece(verdict: verdict, dailyLimit: limit))
        case .registration(let outcome): RegistrationOutcome.json.write(outcome)
        case .transcript, .disclosure, .registering: nil
        }
    }

    /// The schemas of the data, by the events' names, as far as they are no parts of the report's.
    static let documents: [(name: String, document: JSONValue)] = [
        ("SettingsEvent", JSONSchema.document(of: SettingsPiece.json, title: "settings", about: "What was found.")),
        ("WaitingEvent", JSONSchema.document(of: WaitingPiece.json, title: "waiting", about: "What begins.")),
        ("VerdictEvent", JSONSchema.document(of: VerdictPiece.json, title: "verdict", about: "What it comes to.")),
    ]
}

/// What is known of the account.
struct SettingsPiece: Sendable {
    var inboxType: InboxType?
    var provider: ProviderIdentification
    var reason: String
    var settings: AccountSettings?
    var alternatives: [AccountSettings]

    init(_ detected: DetectedSettings) {
        self.init(
            detected.inboxType, detected.provider, detected.reason, detected.settings, detected.alternatives)
    }

    init(
        _ inboxType: InboxType?, _ provider: ProviderIdentification, _ reason: String, _ settings: AccountSettings?,
        _ alternatives: [AccountSettings]
    ) {
        self.inboxType = inboxType
        self.provider = provider
        self.reason = reason
        self.settings = settings
        self.alternatives = alternatives
    }

    static let json = JSONDescription<SettingsPiece>.object(
        { SettingsPiece($0, $1, $2, $3, $4) },
        .field("inbox_type", \.inboxType, .optional(InboxType.json), "null when it cannot be told."),
        .field("provider", \.provider, ProviderIdentification.json, "Who hosts the mailbox, and how sure that is."),
        .field("reason", \.reason, .text, "Why, in plain words."),
        .field("settings", \.settings, .optional(AccountSettings.json), "The settings to use."),
        .field("alternatives", \.alternatives, .list(AccountSettings.json), "Further candidates, best first."))
}

/// What a run waits for.
struct WaitingPiece: Sendable {
    var stage: Stage
    var service: MailModel.MailService?
    var endpoint: String?

    init(_ wait: RunWait) { self.init(wait.stage, wait.endpoint?.service, wait.endpoint?.description) }

    init(_ stage: Stage, _ service: MailModel.MailService?, _ endpoint: String?) {
        self.stage = stage
        self.service = service
        self.endpoint = endpoint
    }

    static let json = JSONDescription<WaitingPiece>.object(
        { WaitingPiece($0, $1, $2) },
        .field("stage", \.stage, Stage.json, "The stage that begins."),
        .field("protocol", \.service, .optional(.word("smtp or imap")), "The side; null for the run as a whole."),
        .field("endpoint", \.endpoint, .optional(.text), "The server; null while settings are looked for."))
}

/// What a run comes to.
struct VerdictPiece: Sendable {
    var verdict: Verdict
    var dailyLimit: DailyLimit?

    static let json = JSONDescription<VerdictPiece>.object(
        VerdictPiece.init,
        .field("verdict", \.verdict, Verdict.json, "What it all comes to."),
        .field("daily_limit", \.dailyLimit, .optional(DailyLimit.json), "How much to send a day, and why."))
}
