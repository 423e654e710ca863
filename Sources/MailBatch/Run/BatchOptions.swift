public import MailConnect
public import MailModel
public import MailReport

/// How a batch is run.
public struct BatchOptions: Sendable {
    /// Accounts that are checked at once, as a wish: descriptors may allow fewer.
    public var concurrency = Self.usualConcurrency
    /// Whether providers are spared, as they want it or carefully.
    public var isPaced = true
    /// What others in this process begin at the same servers; nil where there are none.
    public var tally: LoginTally?
    /// Where accounts are registered; nil to register none.
    public var registration: RegistrationService?
    /// Whether accounts with warnings are registered too.
    public var acceptsWarnings = false
    /// Which answered rows are tried once more.
    public var retry = RetryChoice.none
    /// What every account has in common: reach, time, provider.
    public var shape: @Sendable (inout Account) -> Void = { _ in }
    /// Which program makes the reports.
    public var tool: ToolIdentity
    /// Who checks the rows in place of this process; nil for this process.
    package var remote: (any RemoteRows)?
    /// Reads a secret that a row names and does not hold.
    public var secrets: @Sendable (SecretSource) async throws(InputProblem) -> Secret

    /// The usual number of accounts at once.
    public static let usualConcurrency = 150
    /// Rows that are read ahead, so that no provider waits for another's rows to be read.
    package static let window = 5_000
    /// Rows that are looked at together: one transaction takes them in.
    static let part = 200

    /// The usual way.
    ///
    /// - Parameter tool: Which program makes the reports.
    public init(tool: ToolIdentity) {
        self.tool = tool
        secrets = { source throws(InputProblem) in
            guard case .value(let secret) = source else {
                throw InputProblem(.badSecret, "passwords by command or file are not read here")
            }
            return secret
        }
    }

    /// As many accounts at once as there are descriptors for: each has two connections, and some more for a moment.
    ///
    /// - Parameters:
    ///   - wanted: How many are wanted.
    ///   - descriptors: How many files may be open.
    /// - Returns: How many there will be; at least one.
    public static func concurrency(wanted: Int, descriptors: Int) -> Int {
        let fit = Int(Double(max(0, descriptors - 100)) / 2.2)
        return max(1, min(wanted, fit))
    }
}

/// How far a batch is.
public struct BatchProgress: Hashable, Sendable {
    /// Rows that were read.
    public var read = 0
    /// Whether all were read.
    public var isAllRead = false
    /// Rows that are answered, those of earlier processes included.
    public var done = 0
    /// Answered in this process.
    public var answeredNow = 0
    /// Rows that are ready, or registered.
    public var ready = 0
    /// Rows of which somebody must do something, bad ones included.
    public var failing = 0
    /// Rows of which nothing could be told.
    public var unclear = 0
    /// Rows that are being checked.
    public var inFlight = 0
    /// Rows that wait to be registered.
    public var registering = 0
    /// Servers that are left alone for a while, and for how many more seconds.
    public var pauses: [Pause] = []
    /// Whether no more rows are begun.
    public var isStopping = false

    /// A server that is left alone.
    public struct Pause: Hashable, Sendable {
        /// Its name.
        public var host: String
        /// For how long; nil for good.
        public var seconds: Int?
    }

    /// Nothing was done yet.
    public init() {}

    mutating func count(_ answer: RowAnswer) {
        done += 1
        switch answer.status {
        case 0: ready += 1
        case 2, 4: unclear += 1
        default: failing += 1
        }
    }
}

/// Who checks rows somewhere else.
package protocol RemoteRows: Sendable {
    /// Hands a row over and waits for its answer.
    ///
    /// - Parameters:
    ///   - job: The row, with its secrets and what is known of its domain.
    ///   - round: Another number each time that the row is to be tried anew; the same one when it is handed over again.
    /// - Returns: The answer; nil when it is not waited for any longer.
    /// - Throws: Whatever makes going on impossible.
    func answer(_ job: RowJob, round: Int) async throws -> RowAnswer?
    /// The answer is in the state file.
    func stored(_ job: RowJob, round: Int) async
    /// No answer is waited for any longer.
    func leave() async
}

/// Where a batch's results go.
public protocol BatchSink: Sendable {
    /// Takes an answer; each row comes once. The batch does not run ahead of it.
    func take(_ answer: RowAnswer) async throws
    /// Told of the progress, often.
    func progress(_ progress: BatchProgress)
}

/// Where a batch's rows come from.
public protocol BatchSource: Sendable {
    /// The next rows; nil at the end.
    ///
    /// - Throws: `InputProblem` when the file as a whole cannot be read, or what reading it throws.
    func next() async throws -> [InputItem]?
}
