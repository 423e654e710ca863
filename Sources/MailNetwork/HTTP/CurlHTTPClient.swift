internal import Foundation
public import MailModel
internal import Synchronization

/// Sends HTTPS requests with libcurl.
///
/// It has one thread of its own, which alone touches libcurl. Only https is spoken, with TLS 1.2 or later, and the
/// chain and the host name are always verified. Names are looked up by the resolver that is handed in, never by
/// libcurl; each address must pass the policy. No proxy, no cookies, no `.netrc`, no kept connections: a request is
/// written once or not at all. HTTP/1.1 (RFC 9112) is spoken.
///
/// Redirects (RFC 9110, section 15.4) are followed for GET and HEAD without a body only, as often as the request says,
/// and each hop is looked up and checked like the first. To another server go no fields but `Accept` and
/// `Accept-Language`. With `maximumRedirects` 0, a redirect is a response like any other.
public final class CurlHTTPClient: HTTPSending, Sendable {
    private let inbox: Inbox<CurlMessage>
    private let thread: OwnedThread
    private let lookup: HTTPAddressLookup
    private let lastID = Atomic<UInt64>(0)

    /// Starts a client.
    ///
    /// - Parameters:
    ///   - resolver: Who looks every name up.
    ///   - caFile: A PEM file of trusted certificates, instead of the system's; nil for libcurl's default.
    ///   - userAgent: What the client calls itself (RFC 9110, section 10.1.5).
    ///   - addressPolicy: What may be connected to.
    ///   - connectTimeout: How long a connection and its TLS handshake may take.
    /// - Throws: `HTTPFailure` when the thread or libcurl cannot start.
    public init(
        resolver: any DNSResolving, caFile: String?, userAgent: String, addressPolicy: AddressPolicy = .all,
        connectTimeout: Duration = .seconds(10)
    ) throws(HTTPFailure) {
        let refusal = HTTPFailure(kind: .connect, requestMayHaveLeft: false, detail: "libcurl cannot start")
        guard let wakeUp = WakeUp() else { throw refusal }
        let inbox = Inbox<CurlMessage>(wakeUp: wakeUp)
        let agent = String(userAgent.unicodeScalars.filter { (0x20...0x7E).contains($0.value) }.map(Character.init))
        let settings = CurlSettings(caFile: caFile, userAgent: agent, connectTimeout: connectTimeout)
        let start = StartReport<HTTPFailure>()
        let thread = OwnedThread(name: "mail-https") {
            let worker = CurlWorker(settings: settings, inbox: inbox)
            start.report(worker == nil ? refusal : nil)
            worker?.run()
        }
        if let failure = start.wait() {
            thread.join()
            throw failure
        }
        self.inbox = inbox
        self.thread = thread
        lookup = HTTPAddressLookup(resolver: resolver, policy: addressPolicy)
    }

    deinit {
        inbox.post(.stop)
        thread.join()
    }

    /// Sends one request and reads the whole answer.
    ///
    /// - Parameter request: The request.
    /// - Returns: The response, whatever its status.
    /// - Throws: `HTTPFailure` when there is none. Its `requestMayHaveLeft` is false only when it is certain that no
    ///   octet of any request was written. Cancelling the task ends the exchange at once, as `cancelled`.
    public func send(_ request: HTTPRequest) async throws(HTTPFailure) -> HTTPResponse {
        try request.check()
        let deadline = ContinuousClock.now.advanced(by: request.timeout)
        var redirects = HTTPRedirects(request: request, url: try HTTPURL(request.url))
        while true {
            do {
                let response = try await exchange(redirects.request, redirects.url, deadline: deadline)
                guard try redirects.follow(response) else { return response }
            } catch {
                var failure = error
                failure.requestMayHaveLeft = error.requestMayHaveLeft || redirects.count > 0
                throw failure
            }
        }
    }

    private func exchange(
        _ request: HTTPRequest, _ url: HTTPURL, deadline: ContinuousClock.Instant
    ) async throws(HTTPFailure) -> HTTPResponse {
        let addresses = try await lookup.addresses(of: url.host, deadline: deadline)
        let id = lastID.wrappingAdd(1, ordering: .relaxed).newValue
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let exchange = CurlExchange(
                    id: id, request: request, url: url, addresses: addresses, deadline: deadline,
                    continuation: continuation)
                if !inbox.post(.start(exchange)) { continuation.resume(returning: .failure(Self.gone)) }
                // The handler may have run before there was anything to cancel.
                if Task.isCancelled { inbox.post(.cancel(id)) }
            }
        } onCancel: {
            inbox.post(.cancel(id))
        }
        return try result.get()
    }

    private static let gone = HTTPFailure(kind: .cancelled, requestMayHaveLeft: false, detail: "the client is gone")
}
