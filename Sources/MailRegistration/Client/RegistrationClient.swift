public import FoundationEssentials
public import MailModel
public import MailNetwork

/// Registers accounts with the API: one request for one account, and nothing is ever sent twice.
///
/// The API documents no key that makes a repeated request harmless, so a repetition is never made here.
public struct RegistrationClient: Sendable {
    /// What may differ between callers.
    public struct Options: Sendable {
        /// What the `User-Agent` field says.
        public var userAgent = "mailconnect"
        /// How long one request may take. The API may log in to both servers before it answers.
        public var timeout: Duration = .seconds(60)
        /// Tells the time, to count from it to a time that the API names.
        public var now: @Sendable () -> Date

        /// The options above.
        ///
        /// - Parameter now: Tells the time.
        public init(now: @escaping @Sendable () -> Date = { Date() }) { self.now = now }
    }

    /// Where the API lives.
    public let base: APIBase
    let key: APIKey
    private let http: any HTTPSending
    private let options: Options

    /// Makes a client. Nothing is sent.
    ///
    /// - Parameters:
    ///   - base: Where the API lives.
    ///   - key: The key.
    ///   - http: What sends.
    ///   - options: What may differ.
    public init(base: APIBase, key: APIKey, http: any HTTPSending, options: Options = Options()) {
        self.base = base
        self.key = key
        self.http = http
        self.options = options
    }

    /// What would be sent, secrets masked. Nothing is sent, and no key is needed.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - base: Where it would be sent.
    /// - Returns: `notAttempted` with the obstacle `dryRun`.
    public static func dryRun(_ request: RegistrationRequest, base: APIBase? = nil) -> RegistrationOutcome {
        var outcome = notSent(request, .dryRun, "dry run")
        outcome.target = base.map { "POST \($0.url(single))" }
        return outcome
    }

    /// What is told when its own counting of requests forbids one more within the budget.
    func held(_ request: RegistrationRequest, seconds: Int) -> RegistrationOutcome {
        var outcome = Self.notSent(
            request, .rateLimited,
            "the API's rate limit is used up by earlier requests; the next may leave in \(seconds) seconds")
        outcome.retry = .afterSeconds(max(1, seconds))
        return outcome
    }

    /// What is told when the run was cancelled before a request left.
    func cancelled(_ request: RegistrationRequest) -> RegistrationOutcome {
        Self.notSent(request, .cancelled, "cancelled before anything was sent")
    }

    /// Registers an account. It never throws: every end is an outcome, and every outcome shows the request, masked.
    ///
    /// - Parameters:
    ///   - request: The account.
    ///   - permit: The proof that both logins passed in this run, with just these settings.
    ///   - timeout: How long it may take; nil for the option's time.
    /// - Returns: What became of it.
    public func register(
        _ request: RegistrationRequest, permit: RegistrationPermit, timeout: Duration? = nil
    ) async -> RegistrationOutcome {
        guard permit.covers(request) else {
            return Self.notSent(request, .notPermitted, "the request is not what the logins of this run proved")
        }
        guard !Task.isCancelled else { return cancelled(request) }
        let answer = RegistrationAnswer(request: request, text: AnswerText(request: request, key: key))
        do {
            let response = try await send(call("POST", Self.single, body: request.body, timeout: timeout))
            return answer.outcome(of: response, now: now)
        } catch {
            return answer.outcome(of: error)
        }
    }

    private static let single = ["sender-accounts", "smtp"]

    /// The time.
    var now: Date { options.now() }

    /// One call of the API; `path` stands below the documented prefix.
    func call(_ method: String, _ path: [String], body: [UInt8]?, timeout: Duration?) -> HTTPRequest {
        var headers = [
            (name: "X-API-Key", value: key.secret.revealed), (name: "Accept", value: "application/json"),
            (name: "User-Agent", value: options.userAgent),
        ]
        if body != nil { headers.append((name: "Content-Type", value: "application/json")) }
        return HTTPRequest(
            method: method, url: base.url(path), headers: headers, body: body, timeout: timeout ?? options.timeout,
            maximumRedirects: 0)
    }

    /// Sends a call.
    func send(_ call: HTTPRequest) async throws(HTTPFailure) -> HTTPResponse { try await http.send(call) }

    private static func notSent(
        _ request: RegistrationRequest, _ obstacle: RegistrationOutcome.Obstacle, _ reason: String
    ) -> RegistrationOutcome {
        RegistrationOutcome(
            status: .notAttempted, reason: reason, dailyLimit: request.dailyLimit, request: request.redactedFields,
            obstacle: obstacle)
    }
}
