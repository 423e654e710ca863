internal import Foundation
internal import MailModel
internal import NIOCore
internal import NIOPosix

/// One address to try: what is reported, and where the connection really goes.
struct ConnectTarget: Sendable {
    var shown: String
    var address: String
    var port: Int
}

/// The race of RFC 8305, section 5: attempts start one after another, the first connection wins.
struct ConnectRace {
    let targets: [ConnectTarget]
    let deadline: ContinuousClock.Instant

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
                guard winner == nil, started < targets.count else { return }
                let index = started
                let target = targets[index]
                started += 1
                group.addTask { await Self.attempt(index, target, until: deadline) }
                guard started < targets.count else { return }
                group.addTask {
                    try? await Task.sleep(for: TCPConnector.attemptDelay)
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

    private static func attempt(
        _ index: Int, _ target: ConnectTarget, until deadline: ContinuousClock.Instant
    ) async -> Event {
        let start = ContinuousClock.now
        var attempt = ConnectionAttempt(address: target.shown, outcome: .connected, duration: .zero)
        var connection: MailConnection?
        do {
            connection = try await open(target, until: deadline)
        } catch {
            attempt.outcome = outcome(of: error)
            attempt.detail = (error as? IOError).map { String(cString: strerror($0.errnoCode)) }
        }
        attempt.duration = ContinuousClock.now - start
        return .ended(index, attempt, connection)
    }

    private static func open(
        _ target: ConnectTarget, until deadline: ContinuousClock.Instant
    ) async throws -> MailConnection {
        let address = try SocketAddress(ipAddress: target.address, port: target.port)
        let left = deadline - ContinuousClock.now
        guard left > .zero else { throw ChannelError.connectTimeout(.zero) }
        let milliseconds = left.components.seconds * 1000 + left.components.attoseconds / 1_000_000_000_000_000
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let held = NIOLoopBoundBox<OctetReader?>.makeEmptyBox(valueType: OctetReader.self, eventLoop: loop)
        let bootstrap = ClientBootstrap(group: loop)
            .connectTimeout(.milliseconds(max(1, milliseconds)))
            .channelOption(.autoRead, value: false)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            // The reader is there before the connection: a server may speak and hang up at once.
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
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
            // A connection that still comes about belongs to nobody.
            future.whenSuccess { connection in
                promise.futureResult.whenFailure { _ in connection.close() }
            }
        }
    }

    private static func outcome(of error: any Error) -> ConnectOutcome {
        switch (error as? IOError)?.errnoCode {
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
