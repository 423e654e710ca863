import Foundation
import MailNetwork
import Synchronization

/// Plays every web server: answers by URL, without a network.
final class ScriptedWeb: HTTPSending {
    /// What happens to a request.
    enum Play: Sendable {
        case answer(String)
        /// The same as `text/plain`.
        case plain(String)
        case status(Int)
        case failure(HTTPFailure.Kind)
        /// Never answers; ends when it is cancelled.
        case silence
    }

    private let plays: [String: Play]
    private let log = Mutex<[HTTPRequest]>([])

    init(_ plays: [String: Play]) { self.plays = plays }

    /// The requests that came.
    var requests: [HTTPRequest] { log.withLock { $0 } }

    /// The hosts that are played; they need an address.
    var hosts: [String] { Set(plays.keys.compactMap { URL(string: $0)?.host() }).sorted() }

    func send(_ request: HTTPRequest) async throws(HTTPFailure) -> HTTPResponse {
        log.withLock { $0.append(request) }
        switch plays[request.url] ?? .status(404) {
        case .answer(let body):
            return HTTPResponse(status: 200, headers: [], body: Array(body.utf8), url: request.url)
        case .plain(let body):
            return HTTPResponse(
                status: 200, headers: [("content-type", "text/plain; charset=utf-8")], body: Array(body.utf8),
                url: request.url)
        case .status(let status): return HTTPResponse(status: status, headers: [], body: [], url: request.url)
        case .failure(let kind): throw HTTPFailure(kind: kind, requestMayHaveLeft: true, detail: "played")
        case .silence:
            try? await Task.sleep(for: request.timeout)
            throw HTTPFailure(kind: .timedOut, requestMayHaveLeft: true, detail: "played")
        }
    }
}
