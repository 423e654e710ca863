internal import CCurl
internal import Foundation

/// What runs on the client's thread: it owns libcurl's multi handle, waits in `curl_multi_poll`, and resumes whoever
/// waits for a response.
///
/// Nothing here is shared: messages come through the inbox, whose pipe is one of the descriptors that libcurl waits
/// for; results leave through continuations. A cancelled exchange is taken out and closed at once, here, where it is
/// known whether its request had begun to leave.
final class CurlWorker {
    /// How many exchanges are on the wire at once; the others wait for their turn, in order.
    static let maximumTransfers = 128

    private let inbox: Inbox<CurlMessage>
    private let settings: CurlSettings
    private let multi: UnsafeMutableRawPointer
    private var transfers: [UInt64: CurlTransfer] = [:]
    private var waiting: [CurlExchange] = []
    private var isStopped = false

    /// Prepares libcurl once in the process.
    private static let libraryStatus: CURLcode = curl_global_init(Int(CURL_GLOBAL_ALL))

    /// Makes the multi handle; nil when libcurl refuses. Call it on the thread that will run the worker.
    ///
    /// - Parameters:
    ///   - settings: What is the same for all exchanges.
    ///   - inbox: Where they come from.
    init?(settings: CurlSettings, inbox: Inbox<CurlMessage>) {
        guard Self.libraryStatus == CURLE_OK, let multi = curl_multi_init() else { return nil }
        self.multi = multi
        self.settings = settings
        self.inbox = inbox
    }

    deinit { curl_multi_cleanup(multi) }

    /// Works until it is told to stop; then nobody is left waiting.
    func run() {
        while !isStopped {
            for message in inbox.takeAll() { handle(message) }
            expireWaiting()
            startWaiting()
            transfer()
        }
        for message in inbox.close() { handle(message) }
        for exchange in waiting { Self.endUnsent(exchange, .cancelled, "the client is gone") }
        for id in Array(transfers.keys) { cancel(id) }
    }

    private func handle(_ message: CurlMessage) {
        switch message {
        case .start(let exchange): waiting.append(exchange)
        case .cancel(let id): cancel(id)
        case .stop: isStopped = true
        }
    }

    private func cancel(_ id: UInt64) {
        if let index = waiting.firstIndex(where: { $0.id == id }) {
            Self.endUnsent(waiting.remove(at: index), .cancelled, "cancelled")
        } else if let transfer = transfers[id] {
            end(transfer, .failure(transfer.failure(.cancelled, "cancelled")))
        }
    }

    private func expireWaiting() {
        let now = ContinuousClock.now
        for exchange in waiting where exchange.deadline <= now {
            Self.endUnsent(exchange, .timedOut, "it was never its turn")
        }
        waiting.removeAll { $0.deadline <= now }
    }

    private func startWaiting() {
        let count = min(waiting.count, Self.maximumTransfers - transfers.count)
        guard count > 0 else { return }
        for exchange in waiting.prefix(count) { start(exchange) }
        waiting.removeFirst(count)
    }

    private func start(_ exchange: CurlExchange) {
        guard let transfer = CurlTransfer(exchange) else {
            Self.endUnsent(exchange, .connect, "no memory")
            return
        }
        let remaining = ContinuousClock.now.duration(to: exchange.deadline)
        let status = transfer.configure(settings, remaining: remaining)
        guard status == CURLE_OK else {
            exchange.continuation.resume(returning: transfer.result(status))
            return
        }
        guard curl_multi_add_handle(multi, transfer.easy) == CURLM_OK else {
            Self.endUnsent(exchange, .connect, "libcurl does not take the request")
            return
        }
        transfers[exchange.id] = transfer
    }

    /// Lets libcurl do what can be done, and waits for what comes next.
    private func transfer() {
        var running: Int32 = 0
        var code = curl_multi_perform(multi, &running)
        collectEnded()
        guard !isStopped else { return }
        if code == CURLM_OK {
            var wakeUp = curl_waitfd(fd: inbox.wakeUp.readingEnd, events: Int16(CURL_WAIT_POLLIN), revents: 0)
            code = curl_multi_poll(multi, &wakeUp, 1, patience, nil)
        }
        // Only a broken multi handle or lack of memory leads here: waiting again would spin.
        if code != CURLM_OK { isStopped = true }
    }

    /// How long nothing but libcurl's own clock and the inbox matters.
    private var patience: Int32 {
        guard transfers.count < Self.maximumTransfers || waiting.isEmpty else {
            let first = waiting.map(\.deadline).min() ?? ContinuousClock.now
            return ContinuousClock.now.duration(to: first).roundedUpMilliseconds
        }
        return waiting.isEmpty ? .max : 0
    }

    private func collectEnded() {
        var left: Int32 = 0
        while let message = curl_multi_info_read(multi, &left) {
            // Taking the handle out frees the message, so everything is read before.
            let (easy, code) = (message.pointee.easy_handle, message.pointee.data.result)
            guard message.pointee.msg == CURLMSG_DONE, let ended = transfers.values.first(where: { $0.easy == easy })
            else { continue }
            end(ended, ended.result(code))
        }
    }

    private func end(_ transfer: CurlTransfer, _ result: Result<HTTPResponse, HTTPFailure>) {
        curl_multi_remove_handle(multi, transfer.easy)
        transfers[transfer.exchange.id] = nil
        transfer.exchange.continuation.resume(returning: result)
    }

    private static func endUnsent(_ exchange: CurlExchange, _ kind: HTTPFailure.Kind, _ detail: String) {
        let failure = HTTPFailure(
            kind: kind, requestMayHaveLeft: false, detail: "\(exchange.url.host): \(detail)")
        exchange.continuation.resume(returning: .failure(failure))
    }
}
