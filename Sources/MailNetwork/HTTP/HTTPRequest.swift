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
