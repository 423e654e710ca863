/// One HTTPS request.
public struct HTTPRequest: Sendable {
    /// The method, such as `POST`.
    public var method: String
    /// The URL; only `https` is sent.
    public var url: String
    /// The header fields, in order. May hold a secret.
    public var headers: [(name: String, value: String)]
    /// The body, if any. May hold a secret.
    public var body: [UInt8]?
    /// How many octets of a response body are read; a longer one is a failure.
    public var maximumResponseLength: Int
    /// How long the whole exchange may take.
    public var timeout: Duration
    /// How many redirects are followed, https only. A request with a body follows none.
    public var maximumRedirects: Int

    /// Makes a request.
    public init(
        method: String, url: String, headers: [(name: String, value: String)] = [], body: [UInt8]? = nil,
        maximumResponseLength: Int = 1_048_576, timeout: Duration = .seconds(30), maximumRedirects: Int = 0
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.maximumResponseLength = maximumResponseLength
        self.timeout = timeout
        self.maximumRedirects = maximumRedirects
    }
}

/// What an HTTPS server answered.
public struct HTTPResponse: Sendable {
    /// The status code.
    public var status: Int
    /// The header fields as sent, in order, names in lower case.
    public var headers: [(name: String, value: String)]
    /// The body, whole.
    public var body: [UInt8]
    /// The URL that answered, after redirects.
    public var url: String

    /// Makes a response.
    public init(status: Int, headers: [(name: String, value: String)], body: [UInt8], url: String) {
        self.status = status
        self.headers = headers
        self.body = body
        self.url = url
    }

    /// The first field of that name.
    ///
    /// - Parameter name: The name in lower case.
    /// - Returns: Its value, nil when it was not sent.
    public func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
}

/// Why an HTTPS exchange has no response.
public struct HTTPFailure: Error, Hashable, Sendable {
    /// The kinds that are told apart.
    public enum Kind: String, Hashable, Sendable {
        /// The URL cannot be used: not https, or no host.
        case badURL = "bad_url"
        /// The host has no address, or the look-up failed.
        case lookup
        /// No connection.
        case connect
        /// The TLS handshake failed, or the certificate is not to be trusted.
        case tls
        /// No complete answer in time.
        case timedOut = "timed_out"
        /// More redirects than allowed, or one to something other than https.
        case redirect
        /// The answer is longer than allowed.
        case tooLarge = "too_large"
        /// The connection broke after the request had begun to leave.
        case broken
        /// The task was cancelled.
        case cancelled
        /// A limit of this machine or process (sockets, places in a queue) was in the way until the time was over. It says
        /// nothing about the server.
        case ourLimit = "our_limit"
    }

    /// What kind of failure it is.
    public var kind: Kind
    /// Whether any octet of the request may have reached the server. When false, nothing can have been stored there.
    public var requestMayHaveLeft: Bool
    /// What happened, in a few words, without secrets.
    public var detail: String

    /// Makes a failure.
    public init(kind: Kind, requestMayHaveLeft: Bool, detail: String) {
        self.kind = kind
        self.requestMayHaveLeft = requestMayHaveLeft
        self.detail = detail
    }
}

/// Whoever can send an HTTPS request.
public protocol HTTPSending: Sendable {
    /// Sends one request and reads the whole answer.
    ///
    /// - Parameter request: The request.
    /// - Returns: The response, whatever its status.
    /// - Throws: `HTTPFailure` when there is none.
    func send(_ request: HTTPRequest) async throws(HTTPFailure) -> HTTPResponse
}

/// An HTTPS client that many runs share, each by a view of its own.
public protocol SharedHTTP: HTTPSending {
    /// The same client as one run sees it: its requests have a turn of their own among those of all runs, and its clock
    /// stands still while they wait for it.
    ///
    /// - Parameter clock: The run's clock.
    /// - Returns: A client for this run.
    func view(for clock: RunClock) -> any HTTPSending
}

extension HTTPSending {
    /// A run's view of a shared client; a client that is not shared serves as it is.
    ///
    /// - Parameter clock: The run's clock.
    /// - Returns: A client for this run.
    public func seen(by clock: RunClock) -> any HTTPSending { (self as? any SharedHTTP)?.view(for: clock) ?? self }
}
