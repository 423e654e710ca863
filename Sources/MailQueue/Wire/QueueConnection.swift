internal import CNats
internal import MailModel
internal import MailNetwork
internal import Synchronization

/// One connection to the queue, and the only owner of the C client's handles. It connects again by itself when a server goes.
///
/// It is `@unchecked Sendable` because the C client locks its connection itself, and the pointers are set before anybody else
/// sees the object. Connecting and leaving block and run beside the threads of all tasks; publishing does not block, and answers
/// come on a thread of the C client.
public final class QueueConnection: @unchecked Sendable {
    private let library: NATSLibrary
    private let connection: OpaquePointer
    private let subscription: OpaquePointer
    private let inbox: String
    private let replies: ReplyTable
    private let words: LastWords
    /// Subscriptions that no request uses at the moment, by the subject of their requests.
    private let inboxes = Mutex<[String: [PullInbox]]>([:])
    private let sweeper: Task<Void, Never>
    /// The most octets of one message.
    let largest: Int

    /// What the server said last that was no answer.
    private final class LastWords: Sendable {
        let text = Mutex("")
    }

    /// How long one server may take to be connected to, in milliseconds.
    private static let connectTime: Int64 = 5_000

    private init(_ address: QueueAddress, _ access: QueueAccess, name: String) throws(QueueError) {
        library = try NATSLibrary.shared()
        let call = library.call
        let words = LastWords()
        let replies = ReplyTable()
        let options = try Self.options(library, address, access, name, words)
        defer { call.natsOptions_Destroy?(options) }
        var opened: OpaquePointer?
        let status = call.natsConnection_Connect?(&opened, options) ?? NATS_ERR
        guard status == NATS_OK, let opened else { throw Self.failure(status, library.words(status), address) }
        var random = SystemRandomNumberGenerator()
        let inbox = "_INBOX.mc\(String(UInt64.random(in: .min ... .max, using: &random), radix: 36))"
        var subscribed: OpaquePointer?
        // The table lives as long as the process: a message may be on its way to it when the connection goes.
        let closure = Unmanaged.passRetained(replies).toOpaque()
        let subscription = call.natsConnection_Subscribe?(
            &subscribed, opened, inbox + ".*",
            { _, _, message, closure in
                guard let message, let closure, let call = try? NATSLibrary.shared().call else { return }
                Unmanaged<ReplyTable>.fromOpaque(closure).takeUnretainedValue().take(QueueMessage(message, call))
                call.natsMsg_Destroy?(message)
            }, closure)
        guard subscription == NATS_OK, let subscribed else {
            call.natsConnection_Destroy?(opened)
            throw QueueError(.failed, "the queue at \(address.shown) takes no subscription")
        }
        _ = call.natsSubscription_SetPendingLimits?(subscribed, -1, -1)
        largest = Int(clamping: call.natsConnection_GetMaxPayload?(opened) ?? 0)
        (connection, self.subscription, self.inbox) = (opened, subscribed, inbox)
        (self.replies, self.words) = (replies, words)
        sweeper = Task.detached {
            while !Task.isCancelled {
                try? await Task.sleep(for: .milliseconds(100))
                replies.sweep(.now)
            }
        }
    }

    deinit {
        sweeper.cancel()
        replies.end()
        library.call.natsSubscription_Destroy?(subscription)
        library.call.natsConnection_Destroy?(connection)
    }

    /// Connects.
    ///
    /// - Parameters:
    ///   - address: Where.
    ///   - access: As whom.
    ///   - name: What the server shows for this connection.
    /// - Returns: The connection.
    /// - Throws: `QueueError`.
    public static func open(
        _ address: QueueAddress, _ access: QueueAccess, name: String
    ) async throws(QueueError) -> QueueConnection {
        try await HeavyWork.run { () -> Result<QueueConnection, QueueError> in
            do throws(QueueError) { return .success(try QueueConnection(address, access, name: name)) } catch {
                return .failure(error)
            }
        }.get()
    }

    /// Waits until what was published has left.
    func flush() async {
        await HeavyWork.run { [self] in _ = library.call.natsConnection_FlushTimeout?(connection, 2_000) }
    }

    /// Whether it is connected at this moment.
    var isUp: Bool { library.call.natsConnection_Status?(connection) == NATS_CONN_STATUS_CONNECTED }

    /// The server's last complaint, safe to show; empty when there was none.
    var complaint: String { ServerText(words.text.withLock { $0 }).escaped }

    /// Publishes, and waits for one answer.
    ///
    /// - Returns: The answer; nil when none came in time.
    func ask(
        _ subject: String, _ headers: [(String, String)] = [], _ octets: [UInt8], within time: Duration
    ) async -> QueueMessage? {
        await withCheckedContinuation { continuation in
            let number = replies.add(until: .now + time) { message in
                continuation.resume(returning: message)
                return false
            }
            guard send(subject, headers, octets, reply: "\(inbox).\(number)") else { return replies.remove(number) }
        }
    }

    /// Publishes, and gives each message that comes for it to somebody. Messages of a stream come under their own subjects, so
    /// each request that is under way at the same time has a subscription of its own.
    ///
    /// - Parameters:
    ///   - subject: Where the request goes.
    ///   - octets: The request.
    ///   - time: How long messages are waited for.
    ///   - take: Takes a message, nil at the end of the time, and says whether it waits for more.
    func pull(_ subject: String, _ octets: [UInt8], within time: Duration, _ take: @escaping ReplyTable.Taker) {
        guard let inbox = inboxes.withLock({ $0[subject]?.popLast() }) ?? subscribed() else {
            _ = take(nil)
            return
        }
        let number = replies.add(until: .now + time) { [self] message in
            let goesOn = take(message)
            if !goesOn || message == nil { inboxes.withLock { $0[subject, default: []].append(inbox) } }
            return goesOn
        }
        inbox.number.withLock { $0 = number }
        guard send(subject, [], octets, reply: inbox.subject) else { return replies.remove(number) }
    }

    /// A subscription for the messages of one request at a time.
    private final class PullInbox: Sendable {
        let subject: String
        let number = Mutex<UInt64>(0)
        let replies: ReplyTable

        init(_ subject: String, _ replies: ReplyTable) { (self.subject, self.replies) = (subject, replies) }
    }

    private func subscribed() -> PullInbox? {
        let made = PullInbox("\(inbox)p.\(replies.unusedNumber)", replies)
        var subscription: OpaquePointer?
        // Both live as long as the connection, which lives as long as the process.
        let closure = Unmanaged.passRetained(made).toOpaque()
        let status = library.call.natsConnection_Subscribe?(
            &subscription, connection, made.subject,
            { _, _, message, closure in
                guard let message, let closure, let call = try? NATSLibrary.shared().call else { return }
                let inbox = Unmanaged<PullInbox>.fromOpaque(closure).takeUnretainedValue()
                inbox.replies.take(QueueMessage(message, call), inbox.number.withLock { $0 })
                call.natsMsg_Destroy?(message)
            }, closure)
        guard status == NATS_OK else { return nil }
        _ = library.call.natsSubscription_SetPendingLimits?(subscription, -1, -1)
        return made
    }

    /// Publishes and waits for nothing.
    @discardableResult
    func send(_ subject: String, _ headers: [(String, String)] = [], _ octets: [UInt8], reply: String? = nil) -> Bool {
        let call = library.call
        var message: OpaquePointer?
        let made = octets.withUnsafeBytes { buffer -> natsStatus in
            let start = buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
            return call.natsMsg_Create?(&message, subject, reply, start, Int32(clamping: buffer.count)) ?? NATS_ERR
        }
        guard made == NATS_OK, let message else { return false }
        defer { call.natsMsg_Destroy?(message) }
        for (name, value) in headers { _ = call.natsMsgHeader_Set?(message, name, value) }
        return call.natsConnection_PublishMsg?(connection, message) == NATS_OK
    }
}

/// How a connection is made.
extension QueueConnection {
    private static func options(
        _ library: NATSLibrary, _ address: QueueAddress, _ access: QueueAccess, _ name: String, _ words: LastWords
    ) throws(QueueError) -> OpaquePointer {
        let call = library.call
        var made: OpaquePointer?
        guard call.natsOptions_Create?(&made) == NATS_OK, let options = made else {
            throw QueueError(.noClient, "the C client of NATS cannot be started")
        }
        func set(_ status: natsStatus?) throws(QueueError) {
            guard let status, status != NATS_OK else { return }
            let words = ServerText(library.words(status)).escaped
            call.natsOptions_Destroy?(options)
            throw QueueError(.badFile, "the queue's options cannot be used: \(words)")
        }
        try set(servers(address.servers) { call.natsOptions_SetServers?(options, $0, $1) })
        try set(call.natsOptions_SetName?(options, name))
        try set(call.natsOptions_SetTimeout?(options, connectTime))
        // A server that goes is looked for until it is back: whoever waits has a time of its own.
        try set(call.natsOptions_SetMaxReconnect?(options, Int32.max))
        try set(call.natsOptions_SetReconnectWait?(options, 500))
        // A few threads for all subscriptions, and not one for each.
        try set(call.natsOptions_UseGlobalMessageDelivery?(options, true))
        try set(call.natsOptions_SetPingInterval?(options, 5_000))
        try set(call.natsOptions_SetMaxPingsOut?(options, 2))
        // By itself the C client connects in the clear, whatever the scheme says.
        if address.needsTLS { try set(call.natsOptions_SetSecure?(options, true)) }
        if let file = access.caFile { try set(call.natsOptions_LoadCATrustedCertificates?(options, file)) }
        switch access.proof {
        case .nobody: break
        case .user(let user, let password): try set(call.natsOptions_SetUserInfo?(options, user, password.revealed))
        case .credentials(let path): try set(call.natsOptions_SetUserCredentialsFromFiles?(options, path, nil))
        case .seed(let path, let key): try set(call.natsOptions_SetNKeyFromSeed?(options, key, path))
        }
        let closure = Unmanaged.passRetained(words).toOpaque()
        try set(
            call.natsOptions_SetErrorHandler?(
                options,
                { connection, _, status, closure in
                    guard let closure, let library = try? NATSLibrary.shared() else { return }
                    var text: UnsafePointer<CChar>?
                    _ = library.call.natsConnection_GetLastError?(connection, &text)
                    let said = text.map { String(cString: $0) } ?? library.words(status)
                    Unmanaged<LastWords>.fromOpaque(closure).takeUnretainedValue().text.withLock { $0 = said }
                }, closure))
        return options
    }

    /// Lends C an array of C strings.
    private static func servers(
        _ texts: [String], _ body: (UnsafeMutablePointer<UnsafePointer<CChar>?>, Int32) -> natsStatus?
    ) -> natsStatus? {
        var copies: [UnsafePointer<CChar>?] = texts.map { text in
            let octets = Array(text.utf8CString)
            let copy = UnsafeMutablePointer<CChar>.allocate(capacity: octets.count)
            copy.initialize(from: octets, count: octets.count)
            return UnsafePointer(copy)
        }
        defer { for copy in copies { copy?.deallocate() } }
        let count = Int32(clamping: copies.count)
        return copies.withUnsafeMutableBufferPointer { buffer in
            buffer.baseAddress.map { body($0, count) } ?? NATS_INVALID_ARG
        }
    }

    private static func failure(_ status: natsStatus, _ words: String, _ address: QueueAddress) -> QueueError {
        let said = ServerText(words).escaped
        let place = "the queue at \(address.shown)"
        return switch status {
        case NATS_SECURE_CONNECTION_WANTED:
            QueueError(.notSecure, "\(place) offers no TLS, and tls:// does not go without")
        case NATS_SECURE_CONNECTION_REQUIRED, NATS_SSL_ERROR:
            QueueError(.notSecure, "\(place) cannot be trusted: \(said)")
        case NATS_CONNECTION_AUTH_FAILED, NATS_NOT_PERMITTED:
            QueueError(.notAllowed, "\(place) does not let us in: \(said)")
        case NATS_NO_SERVER, NATS_TIMEOUT, NATS_IO_ERROR, NATS_CONNECTION_CLOSED:
            QueueError(.noServer, "no queue answers at \(address.shown): \(said)")
        default: QueueError(.failed, "\(place) cannot be used: \(said)")
        }
    }
}
