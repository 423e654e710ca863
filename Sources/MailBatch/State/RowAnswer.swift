internal import MailJSON
public import MailModel

/// What a row came to, as far as the end of a batch needs it. It holds no secret.
public struct RowAnswer: Hashable, Sendable {
    /// Which account of the file it is.
    public var number: Int
    /// The line where it begins.
    public var line: Int
    /// The address, as far as the row has one.
    public var address: String
    /// 0 to 4 or 65, as a single run would leave.
    public var status: Int
    /// What the checks came to; nil for a row that could not be used.
    public var verdict: Verdict?
    /// The cause, by its stable name; nil where there is none.
    public var cause: String?
    /// Who must act.
    public var who: String?
    /// What to do first.
    public var fix: String?
    /// The cause in a sentence.
    public var sentence: String?
    /// Whom one action would help: the domain whose administrator must act, the provider; nil for a single mailbox.
    public var scope: String?
    /// The provider's id in the catalogue.
    public var provider: String?
    /// What became of the registration.
    public var registration: RegistrationOutcome.Status?
    /// The API's id of the account.
    public var inboxID: String?
    /// The daily limit that is advised or was registered.
    public var dailyLimit: Int?
    /// The line of the output: a whole report, compact.
    public var report: String

    /// Names everything.
    public init(
        number: Int, line: Int, address: String, status: Int, verdict: Verdict? = nil, cause: String? = nil,
        who: String? = nil, fix: String? = nil, sentence: String? = nil, scope: String? = nil,
        provider: String? = nil, registration: RegistrationOutcome.Status? = nil, inboxID: String? = nil,
        dailyLimit: Int? = nil, report: String
    ) {
        self.number = number
        self.line = line
        self.address = address
        self.status = status
        self.verdict = verdict
        self.cause = cause
        self.who = who
        self.fix = fix
        self.sentence = sentence
        self.scope = scope
        self.provider = provider
        self.registration = registration
        self.inboxID = inboxID
        self.dailyLimit = dailyLimit
        self.report = report
    }
}

extension RowAnswer {
    /// Puts the answer where its row stands now: the file may have changed around it.
    package mutating func place(number: Int, line: Int) {
        guard number != self.number || line != self.line else { return }
        self.number = number
        self.line = line
        guard case .object(var json)? = try? JSONParser.parse(Array(report.utf8)) else { return }
        json["row"] = .integer(number)
        json["line"] = .integer(line)
        report = JSONValue.object(json).rendered(.compact)
    }
}

/// Which answered rows are tried once more.
public enum RetryChoice: String, Hashable, Sendable, CaseIterable {
    /// None: every row is answered once.
    case none
    /// Those of which nothing could be told.
    case cannotTell = "cannot_tell"
    /// All that are not ready, or not registered.
    case failed

    /// Whether a row of that status is tried again.
    func covers(_ status: Int) -> Bool {
        switch self {
        case .none: false
        case .cannotTell: status == 2
        case .failed: status != 0 && status != 65
        }
    }
}
