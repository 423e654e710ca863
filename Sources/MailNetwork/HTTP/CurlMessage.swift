/// What tasks tell the thread that owns libcurl's handles.
enum CurlMessage: Sendable {
    /// A request to send, and who waits for the response.
    case start(CurlExchange)
    /// Nobody wants that response any more.
    case cancel(UInt64)
    /// The client is gone: end everything.
    case stop
}

/// One request to one server: a redirect is another exchange.
struct CurlExchange: Sendable {
    /// What it is known under.
    var id: UInt64
    /// The request, checked. Its own URL and redirects do not count here.
    var request: HTTPRequest
    /// Where it goes.
    var url: HTTPURL
    /// The only addresses that may be connected to.
    var addresses: [IPAddress]
    /// When it ends without a response.
    var deadline: RunInstant
    /// Who waits. Only the owning thread resumes it, once.
    var continuation: CheckedContinuation<Result<HTTPResponse, HTTPFailure>, Never>

    /// Whether it may go over a kept connection: it only reads, and may reach the server twice.
    var mayReuse: Bool { request.body == nil && (request.method == "GET" || request.method == "HEAD") }
}

/// What is the same for all exchanges of a client.
struct CurlSettings: Sendable {
    /// The file of trusted certificates, nil for libcurl's own.
    var caFile: String?
    /// What the client calls itself.
    var userAgent: String
    /// How long a TCP connection and the TLS handshake may take.
    var connectTimeout: Duration
}
