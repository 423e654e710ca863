internal import CCurl
internal import FoundationEssentials
import Glibc

/// What runs on the client's thread: it owns libcurl's multi handle, waits in `curl_multi_poll`, and resumes whoever
/// waits for a response.
///
/// Nothing here is shared: messages come through the commands, whose pipe is one of the descriptors that libcurl waits
/// for; results leave through continuations. A cancelled exchange is taken out and closed at once, here, where it is
/// known whether its request had begun to leave.
final class CurlWorker {
    /// How many handles and idle connections are kept for requests that only read.
    static let maximumIdle = 16

    private let commands: CommandQueue<CurlMessage>
    private let settings: CurlSettings
    private let multi: UnsafeMutableRawPointer
    private var transfers: [UInt64: CurlTransfer] = [:]
    private var byHandle: [UnsafeMutableRawPointer: UInt64] = [:]
    private var idle: [CurlHandle] = []
    private var isStopped = false

    /// Prepares libcurl once in the process.
    private static let libraryStatus: CURLcode = curl_global_init(Int(CURL_GLOBAL_ALL))

    /// Makes the multi handle; nil when libcurl refuses. Call it on the thread that will run the worker.
    ///
    /// - Parameters:
    ///   - settings: What is the same for all exchanges.
    ///   - commands: Where they come from.
    init?(settings: CurlSettings, commands: CommandQueue<CurlMessage>) {
        guard Self.libraryStatus == CURLE_OK, let multi = curl_multi_init() else { return nil }
        self.multi = multi
        self.settings = settings
        self.commands = commands
        mailconnect_curl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, Self.maximumIdle)
    }

    deinit {
        idle = []
        curl_multi_cleanup(multi)
    }

    /// Works until it is told to stop; then nobody is left waiting.
    func run() {
        while !isStopped {
            for message in commands.takeAll() { handle(message) }
            transfer()
        }
        for message in commands.close() { handle(message) }
        for id in Array(transfers.keys) { cancel(id) }
    }

    private func handle(_ message: CurlMessage) {
        switch message {
        case .start(let exchange): start(exchange)
        case .cancel(let id): cancel(id)
        case .stop: isStopped = true
        }
    }

    private func cancel(_ id: UInt64) {
        guard let transfer = transfers[id] else { return }
        end(transfer, .failure(transfer.failure(.cancelled, "cancelled")))
    }

    private func start(_ exchange: CurlExchange) {
        guard !isStopped else { return Self.endUnsent(exchange, .cancelled, "the client is gone") }
        let remaining = exchange.deadline.remaining
        guard remaining > .zero else { return Self.endUnsent(exchange, .timedOut, "no time was left") }
        // A request of its own connection has a handle of its own too.
        guard let handle = (exchange.mayReuse ? idle.popLast() : nil) ?? CurlHandle() else {
            return Self.endUnsent(exchange, .ourLimit, "no memory")
        }
        let transfer = CurlTransfer(exchange, handle: handle)
        let status = transfer.configure(settings, remaining: remaining)
        guard status == CURLE_OK else {
            exchange.continuation.resume(returning: transfer.result(status))
            return
        }
        guard curl_multi_add_handle(multi, transfer.easy) == CURLM_OK else {
            return Self.endUnsent(exchange, .ourLimit, "libcurl does not take the request")
        }
        transfers[exchange.id] = transfer
        byHandle[transfer.easy] = exchange.id
    }

    /// Lets libcurl do what can be done, and waits for what comes next.
    private func transfer() {
        var running: Int32 = 0
        var code = curl_multi_perform(multi, &running)
        collectEnded()
        guard !isStopped else { return }
        if code == CURLM_OK {
            var wakeUp = curl_waitfd(fd: commands.wakeUp.readingEnd, events: Int16(CURL_WAIT_POLLIN), revents: 0)
            code = curl_multi_poll(multi, &wakeUp, 1, .max, nil)
        }
        // Only a broken multi handle or lack of memory leads here: waiting again would spin.
        if code != CURLM_OK { isStopped = true }
    }

    private func collectEnded() {
        var left: Int32 = 0
        while let message = curl_multi_info_read(multi, &left) {
            // Taking the handle out frees the message, so everything is read before.
            let (easy, code) = (message.pointee.easy_handle, message.pointee.data.result)
            guard message.pointee.msg == CURLMSG_DONE, let easy, let id = byHandle[easy], let ended = transfers[id]
            else { continue }
            end(ended, ended.result(code))
        }
    }

    private func end(_ transfer: CurlTransfer, _ result: Result<HTTPResponse, HTTPFailure>) {
        curl_multi_remove_handle(multi, transfer.easy)
        transfers[transfer.exchange.id] = nil
        byHandle[transfer.easy] = nil
        if transfer.exchange.mayReuse, idle.count < Self.maximumIdle { idle.append(transfer.handle) }
        transfer.exchange.continuation.resume(returning: result)
    }

    private static func endUnsent(_ exchange: CurlExchange, _ kind: HTTPFailure.Kind, _ detail: String) {
        let failure = HTTPFailure(
            kind: kind, requestMayHaveLeft: false, detail: "\(exchange.url.host): \(detail)")
        exchange.continuation.resume(returning: .failure(failure))
    }
}
