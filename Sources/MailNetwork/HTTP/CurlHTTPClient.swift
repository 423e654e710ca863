internal import FoundationEssentials
public import MailModel
internal import Synchronization

/// Sends HTTPS requests with libcurl.
///
/// It has one thread of its own, which alone touches libcurl. Only https is spoken, with TLS 1.2 or later, and the
/// chain and the host name are always verified. Names are looked up by the resolver that is handed in, never by
/// libcurl; each address must pass the policy. No proxy, no cookies, no `.netrc`. HTTP/1.1 (RFC 9112) is spoken.
///
/// A GET or HEAD without a body may go over a connection that an earlier one has left. Any other request has a connection
/// of its own: it is written once or not at all.
///
/// Redirects (RFC 9110, section 15.4) are followed for GET and HEAD without a body only, as often as the request says,
/// and each hop is looked up and checked like the first. To another server go no fields but `Accept` and
/// `Accept-Language`. With `maximumRedirects` 0, a redirect is a response like any other.
public final class CurlHTTPClient: SharedHTTP, Sendable {
    private let commands: CommandQueue<CurlMessage>
    private let thread: OwnedThread
    private let lookup: HTTPAddressLookup
    private let lastID = Atomic<UInt64>(0)
    private let turns: ConnectionBudget
    private let budget: ConnectionBudget?

    /// How many exchanges are on the wire at once.
    static let maximumTransfers = 128

    /// Starts a client.
    ///
    /// - Parameters:
    ///   - resolver: Who looks every name up.
    ///   - caFile: A PEM file of trusted certificates, instead of the system's; nil for libcurl's default.
    ///   - userAgent: What the client calls itself (RFC 9110, section 10.1.5).
    ///   - addressPolicy: What may be connected to.
    ///   - connectTimeout: How long a connection and its TLS handshake may take.
    ///   - budget: How many connections there may be, those of others included; nil for as many as the system lets one
    ///     have.
    /// - Throws: `HTTPFailure` when the thread or libcurl cannot start.
    public init(
        resolver: any DNSResolving, caFile: String?, userAgent: String, addressPolicy: AddressPolicy = .all,
        connectTimeout: Duration = .seconds(10), budget: ConnectionBudget? = nil
    ) throws(HTTPFailure) {
        let refusal = HTTPFailure(kind: .connect, requestMayHaveLeft: false, detail: "libcurl cannot start")
        guard let wakeUp = WakeUp() else { throw refusal }
        let commands = CommandQueue<CurlMessage>(wakeUp: wakeUp)
        let agent = String(userAgent.unicodeScalars.filter { (0x20...0x7E).contains($0.value) }.map(Character.init))
        let settings = CurlSettings(caFile: caFile, userAgent: agent, connectTimeout: connectTimeout)
        let start = StartReport<HTTPFailure>()
        let thread = OwnedThread(name: "mail-https") {
            let worker = CurlWorker(settings: settings, commands: commands)
            start.report(worker == nil ? refusal : nil)
            worker?.run()
        }
        if let failure = start.wait() {
            thread.join()
            throw failure
        }
        self.budget = budget
        turns = ConnectionBudget(connections: Self.maximumTransfers, perHost: Self.maximumTransfers)
        self.commands = commands
        self.thread = thread
        lookup = HTTPAddressLookup(resolver: resolver, policy: addressPolicy)
    }

    // The thread ends by itself: whoever lets go last may be a task, which must not wait for it.
    deinit { commands.post(.stop) }

    /// How many exchanges are on their way, and how many wait for their turn.
    public var counters: ConnectionBudget.Counters { turns.counters }

    /// The client as one run sees it, with a turn and a clock of its own.
    ///
    /// - Parameter clock: The run's clock.
    /// - Returns: A client for this run; it shares everything with those of the others.
    public func view(for clock: RunClock) -> any HTTPSending { View(client: self, clock: clock) }

    /// Sends one request and reads the whole answer.
    ///
    /// - Parameter request: The request.
    /// - Returns: The response, whatever its status.
    /// - Throws: `HTTPFailure` when there is none. Its `requestMayHaveLeft` is false only when it is certain that no
    ///   octet of any request was written. Cancelling the task ends the exchange at once, as `cancelled`.
    public func send(_ request: HTTPRequest) async throws(HTTPFailure) -> HTTPResponse {
        // Waiting for its turn does not count against a request's time, with a run or without.
        try await send(request, until: RunClock(timeout: request.timeout).deadline)
    }

    private func send(_ request: HTTPRequest, until deadline: RunInstant) async throws(HTTPFailure) -> HTTPResponse {
        try request.check()
        var redirects = HTTPRedirects(request: request, url: try HTTPURL(request.url))
        while true {
            do {
                let response = try await hop(redirects.request, redirects.url, deadline: deadline)
                guard try redirects.follow(response) else { return response }
            } catch {
                var failure = error
                failure.requestMayHaveLeft = error.requestMayHaveLeft || redirects.count > 0
                throw failure
            }
        }
    }

    /// One request to one server, tried again as long as this machine has no socket for it.
    private func hop(
        _ request: HTTPRequest, _ url: HTTPURL, deadline: RunInstant
    ) async throws(HTTPFailure) -> HTTPResponse {
        let addresses = try await lookup.addresses(of: url.host, deadline: deadline)
        let giveUp = ContinuousClock.now + deadline.remaining
        while true {
            do {
                return try await inTurn(request, url, addresses, deadline)
            } catch {
                guard error.kind == .ourLimit, !error.requestMayHaveLeft, .now + Self.pause < giveUp else {
                    throw error
                }
                await deadline.clock.standingStill { try? await Task.sleep(for: Self.pause) }
                guard !Task.isCancelled else { throw Self.failure(.cancelled, url, "cancelled") }
            }
        }
    }

    /// How long to wait when this machine has no socket left.
    private static let pause = Duration.milliseconds(200)

    private func inTurn(
        _ request: HTTPRequest, _ url: HTTPURL, _ addresses: [IPAddress], _ deadline: RunInstant
    ) async throws(HTTPFailure) -> HTTPResponse {
        guard let turn = await turns.place(for: url.host, until: deadline) else {
            throw Task.isCancelled
                ? Self.failure(.cancelled, url, "cancelled") : Self.failure(.ourLimit, url, "it was never its turn")
        }
        defer { turn.release() }
        var place: ConnectionPlace?
        if let budget {
            place = await budget.place(for: url.host, until: deadline)
            guard place != nil else {
                throw Task.isCancelled
                    ? Self.failure(.cancelled, url, "cancelled")
                    : Self.failure(.ourLimit, url, "no connection was free")
            }
        }
        defer { place?.release() }
        return try await exchange(request, url, addresses, deadline)
    }

    private func exchange(
        _ request: HTTPRequest, _ url: HTTPURL, _ addresses: [IPAddress], _ deadline: RunInstant
    ) async throws(HTTPFailure) -> HTTPResponse {
        let id = lastID.wrappingAdd(1, ordering: .relaxed).newValue
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let exchange = CurlExchange(
                    id: id, request: request, url: url, addresses: addresses, deadline: deadline,
                    continuation: continuation)
                if !commands.post(.start(exchange)) {
                    continuation.resume(returning: .failure(Self.failure(.cancelled, url, "the client is gone")))
                }
                // The handler may have run before there was anything to cancel.
                if Task.isCancelled { commands.post(.cancel(id)) }
            }
        } onCancel: {
            commands.post(.cancel(id))
        }
        return try result.get()
    }

    private static func failure(_ kind: HTTPFailure.Kind, _ url: HTTPURL, _ detail: String) -> HTTPFailure {
        HTTPFailure(kind: kind, requestMayHaveLeft: false, detail: "\(url.host): \(detail)")
    }

    /// What one run sees.
    private struct View: HTTPSending {
        let client: CurlHTTPClient
        let clock: RunClock

        func send(_ request: HTTPRequest) async throws(HTTPFailure) -> HTTPResponse {
            try await client.send(request, until: clock.instant(after: request.timeout))
        }
    }
}
