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
