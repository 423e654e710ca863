internal import FoundationEssentials
import Glibc
internal import MailModel
internal import NIOCore
internal import NIOPosix
internal import Synchronization

/// One address to try: what is reported, and where the connection really goes.
struct ConnectTarget: Sendable {
    var shown: String
    var address: String
    var port: Int
}

/// The race of RFC 8305, section 5: attempts start one after another, the first connection wins.
struct ConnectRace {
    let targets: [ConnectTarget]
    let deadline: RunInstant
    let budget: ConnectionBudget?

    private enum Event: Sendable {
        case ended(Int, ConnectionAttempt, MailConnection?)
        case nextIsDue(after: Int)
    }

    /// Runs to the first connection, or to the last failure.
    func run() async -> (connection: MailConnection?, attempts: [ConnectionAttempt]) {
        await withTaskGroup(of: Event.self) { group in
            var ended: [Int: ConnectionAttempt] = [:]
            var winner: MailConnection?
            var started = 0
            func startNext() {
                guard winner == nil, started < targets.count, !Task.isCancelled else { return }
                let index = started
                started += 1
                group.addTask { await attempt(index) }
                guard started < targets.count else { return }
                group.addTask {
                    await deadline.orAfter(TCPConnector.attemptDelay).sleep()
                    return .nextIsDue(after: index)
                }
            }
            startNext()
            for await event in group {
                switch event {
                case .nextIsDue(let index):
                    if index == started - 1 { startNext() }
                case .ended(let index, var attempt, let connection):
                    if winner == nil, let connection {
                        winner = connection
                        group.cancelAll()
                    } else if let connection {
                        connection.close()
                        attempt.outcome = .superseded
                    } else if winner != nil {
                        attempt.outcome = .superseded
                        attempt.detail = nil
                    } else {
                        startNext()
                    }
                    ended[index] = attempt
                    if winner == nil, ended.count == targets.count { group.cancelAll() }
                }
            }
            return (winner, ended.sorted { $0.key < $1.key }.map(\.value))
        }
    }

    /// Waits for a place, and connects. A thousand names may lead to one server, so the address counts, not the name.
    private func attempt(_ index: Int) async -> Event {
        let target = targets[index]
        let place = await budget?.place(for: "\(target.address):\(target.port)", until: deadline)
        var attempt = ConnectionAttempt(address: target.shown, outcome: .connected, duration: .zero)
        if budget != nil, place == nil {
            attempt.outcome = Task.isCancelled ? .superseded : .ourLimit
            return .ended(index, attempt, nil)
        }
        let start = ContinuousClock.now
        var connection: MailConnection?
        do {
            connection = try await open(target, place, until: start + deadline.remaining)
        } catch {
            place?.release()
            attempt.outcome = Self.outcome(of: error)
            attempt.detail = (error as? IOError).map { String(cString: strerror($0.errnoCode)) }
        }
        attempt.duration = ContinuousClock.now - start
        return .ended(index, attempt, connection)
    }

    /// An attempt on the wire has its time in common time: what the run waits for meanwhile is no matter of the peer.
    private func open(
        _ target: ConnectTarget, _ place: ConnectionPlace?, until deadline: ContinuousClock.Instant
    ) async throws -> MailConnection {
        let address = try SocketAddress(ipAddress: target.address, port: target.port)
        let left = deadline - ContinuousClock.now
        guard left > .zero else { throw ChannelError.connectTimeout(.zero) }
        try Task.checkCancellation()
        let milliseconds = left.components.seconds * 1000 + left.components.attoseconds / 1_000_000_000_000_000
        // A run that is on a loop's thread has its connections there.
        let loop: any EventLoop =
            MultiThreadedEventLoopGroup.currentEventLoop ?? MultiThreadedEventLoopGroup.singleton.next()
        let socket = OpeningSocket()
        let held = NIOLoopBoundBox<OctetReader?>.makeEmptyBox(valueType: OctetReader.self, eventLoop: loop)
        let bootstrap = ClientBootstrap(group: loop)
            .connectTimeout(.milliseconds(max(1, milliseconds)))
            .channelOption(.autoRead, value: false)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            // The reader is there before the connection: a server may speak and hang up at once.
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    socket.opened(channel)
                    // The place is taken until the socket is closed, however that comes about.
                    if let place { channel.closeFuture.whenComplete { _ in place.release() } }
                    let reader = OctetReader()
                    held.value = reader
                    try channel.pipeline.syncOperations.addHandler(reader)
                }
            }
        let promise = loop.makePromise(of: MailConnection.self)
        let future = bootstrap.connect(to: address).flatMapThrowing { channel in
            guard let reader = held.value else { throw ChannelError.ioOnClosedChannel }
            return MailConnection(channel: channel, reader: NIOLoopBound(reader, eventLoop: loop))
        }
        future.cascade(to: promise)
        return try await withTaskCancellationHandler {
            try await promise.futureResult.get()
        } onCancel: {
            promise.fail(CancellationError())
            socket.close()
        }
    }

    private static func outcome(of error: any Error) -> ConnectOutcome {
        let code = (error as? IOError)?.errnoCode
        if let code, SystemLimit.isReached(code) { return .ourLimit }
        switch code {
        case ECONNREFUSED: return .refused
        case ETIMEDOUT: return .timedOut
        case ENETUNREACH, EHOSTUNREACH, EADDRNOTAVAIL, EAFNOSUPPORT: return .unreachable
        case ECONNRESET: return .reset
        default: break
        }
        if case ChannelError.connectTimeout? = error as? ChannelError { return .timedOut }
        return error is CancellationError ? .superseded : .failed
    }
}

/// The socket of one attempt: whoever gives up while it still connects closes it at once, and it belongs to nobody.
private final class OpeningSocket: Sendable {
    private let state = Mutex<(channel: (any Channel)?, isGivenUp: Bool)>((nil, false))

    func opened(_ channel: any Channel) {
        let isLate = state.withLock { state in
            state.channel = channel
            return state.isGivenUp
        }
        if isLate { channel.close(promise: nil) }
    }

    func close() {
        let channel = state.withLock { state in
            state.isGivenUp = true
            return state.channel
        }
        channel?.close(promise: nil)
    }
}
