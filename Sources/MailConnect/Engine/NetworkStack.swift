public import MailModel
public import MailNetwork
internal import Synchronization

/// Everything that touches the outside world, handed in from above.
public struct NetworkStack: Sendable {
    /// Looks names up.
    public var resolver: any DNSResolving
    /// Opens connections.
    public var connector: TCPConnector
    /// The trusted roots, read when first needed.
    public var trust: TrustLoader
    /// The file of PEM certificates that are trusted instead of the system's; nil for the system's.
    public let caFile: String?
    /// Which addresses may be connected to.
    public let policy: AddressPolicy
    /// How many connections there may be.
    public let budget: ConnectionBudget?
    /// Fetches the settings that domains publish; nil to fetch none.
    public var http: (any HTTPSending)?

    /// Puts a stack together.
    ///
    /// - Parameters:
    ///   - resolver: Who looks names up; each name is asked once a run when it caches.
    ///   - caFile: A file of PEM certificates to trust instead of the system's; nil for the system's.
    ///   - http: Who fetches the settings that domains publish; nil to fetch none.
    ///   - rerouting: Where hosts really are, for peers on loopback; nil for the real places.
    ///   - policy: Which addresses may be connected to; the HTTPS client has its own.
    ///   - budget: How many connections there may be; nil for as many as the system lets one have.
    ///   - sessions: Where TLS sessions are kept for later runs; nil for a full handshake each time.
    public init(
        resolver: any DNSResolving, caFile: String? = nil, http: (any HTTPSending)? = nil,
        rerouting: TCPConnector.Rerouting? = nil, policy: AddressPolicy = .all, budget: ConnectionBudget? = nil,
        sessions: TLSSessionStore? = nil
    ) {
        self.resolver = resolver
        self.http = http
        self.caFile = caFile
        self.policy = policy
        self.budget = budget
        connector = TCPConnector(resolver: resolver, rerouting: rerouting, policy: policy, budget: budget)
        trust = TrustLoader(caFile: caFile, sessions: sessions)
    }
}

/// Reads the trusted roots once, when they are first needed, beside the look-ups that come first anyway.
public actor TrustLoader {
    private let caFile: String?
    private var loaded: Result<TLSClientContext, TLSSetupError>?

    private let sessions: TLSSessionStore?

    init(caFile: String?, sessions: TLSSessionStore?) {
        self.caFile = caFile
        self.sessions = sessions
    }

    /// How many handshakes there were.
    var counters: TLSClientContext.Counters { (try? loaded?.get())?.counters ?? TLSClientContext.Counters() }

    /// The context that all connections share.
    ///
    /// - Returns: The context.
    /// - Throws: `TLSSetupError` when the file of roots cannot be used.
    public func context() throws(TLSSetupError) -> TLSClientContext {
        if let loaded { return try loaded.get() }
        let result: Result<TLSClientContext, TLSSetupError>
        do throws(TLSSetupError) {
            result = .success(try TLSClientContext(caFile: caFile, sessions: sessions))
        } catch {
            result = .failure(error)
        }
        loaded = result
        return try result.get()
    }
}

/// HTTPS that is set up when the first request leaves; a failure to set it up is one to connect.
final class LazyHTTPSClient: HTTPSending {
    private let make: @Sendable () throws(HTTPFailure) -> CurlHTTPClient
    private let client = Mutex<CurlHTTPClient?>(nil)

    init(resolver: any DNSResolving, caFile: String?, userAgent: String) {
        make = { () throws(HTTPFailure) in
            try CurlHTTPClient(resolver: resolver, caFile: caFile, userAgent: userAgent)
        }
    }

    func send(_ request: HTTPRequest) async throws(HTTPFailure) -> HTTPResponse {
        try await shared().send(request)
    }

    private func shared() throws(HTTPFailure) -> CurlHTTPClient {
        try client.withLock { client throws(HTTPFailure) in
            if let client { return client }
            let made = try make()
            client = made
            return made
        }
    }
}
