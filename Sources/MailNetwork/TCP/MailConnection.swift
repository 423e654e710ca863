internal import FoundationEssentials
import Glibc
public import MailModel
internal import NIOCore

/// One TCP connection, plaintext at first; TLS may be put on it once.
///
/// Used by one task at a time. A cancelled task closes it, and what it waits for ends at once.
public final class MailConnection: Sendable {
    private let channel: any Channel
    private let reader: NIOLoopBound<OctetReader>

    /// The address of our end, as text; for the address literal of EHLO.
    public let localAddress: String?

    init(channel: any Channel, reader: NIOLoopBound<OctetReader>) {
        self.channel = channel
        self.reader = reader
        localAddress = channel.localAddress?.ipAddress
    }

    /// Reads what is there, waiting for it until the deadline.
    ///
    /// - Parameter deadline: When to give up.
    /// - Returns: At least one octet, at most one read of the socket.
    /// - Throws: `ConnectionError` when nothing more comes.
    public func read(until deadline: ContinuousClock.Instant) async throws(ConnectionError) -> [UInt8] {
        let channel = channel
        let reader = reader
        let due = NIODeadline.now() + .nanoseconds(Self.nanoseconds(until: deadline))
        do {
            return try await withTaskCancellationHandler {
                let next =
                    channel.eventLoop.inEventLoop
                    ? reader.value.next(channel, deadline: due)
                    : channel.eventLoop.flatSubmit { reader.value.next(channel, deadline: due) }
                return try await next.get()
            } onCancel: {
                channel.eventLoop.execute { reader.value.finish(.cancelled) }
                channel.close(promise: nil)
            }
        } catch {
            throw ConnectionError(error as? ReadEnd)
        }
    }

    /// Reads what is there, waiting for it until a moment of a run's clock.
    ///
    /// - Parameter deadline: When to give up.
    /// - Returns: At least one octet, at most one read of the socket.
    /// - Throws: `ConnectionError` when nothing more comes.
    public func read(until deadline: RunInstant) async throws(ConnectionError) -> [UInt8] {
        try await read(until: deadline.instant)
    }

    /// Writes octets. It does not wait: a peer that is gone shows at the next `read`.
    ///
    /// - Parameter octets: What to write.
    public func write(_ octets: [UInt8]) {
        channel.writeAndFlush(channel.allocator.buffer(bytes: octets), promise: nil)
    }

    /// Puts TLS on the connection, whatever the certificate is like.
    ///
    /// - Parameters:
    ///   - context: The trusted roots.
    ///   - host: The name for SNI, held against the certificate.
    ///   - afterStartTLS: Whether plaintext went before: what is left of it is thrown away and counted.
    ///   - deadline: When to give up.
    /// - Returns: What was seen.
    /// - Throws: `HandshakeError` when the handshake did not come to its end; the connection is closed then.
    public func startTLS(
        _ context: TLSClientContext, host: String, afterStartTLS: Bool, until deadline: ContinuousClock.Instant
    ) async throws(HandshakeError) -> TLSFacts {
        let channel = channel
        let promise = channel.eventLoop.makePromise(of: TLSFacts.self)
        let due = NIODeadline.now() + .nanoseconds(Self.nanoseconds(until: deadline))
        do {
            return try await withTaskCancellationHandler {
                try await channel.eventLoop.flatSubmit {
                    Self.addTLS(to: channel, context, host: host, afterStartTLS: afterStartTLS, promise)
                    let alarm = channel.eventLoop.scheduleTask(deadline: due) { promise.fail(HandshakeError.timedOut) }
                    promise.futureResult.whenComplete { _ in alarm.cancel() }
                    return promise.futureResult
                }.get()
            } onCancel: {
                promise.fail(HandshakeError.cancelled)
                channel.close(promise: nil)
            }
        } catch {
            channel.close(promise: nil)
            throw error as? HandshakeError ?? .failed(.other("the connection is closed"), discardedPlaintext: 0)
        }
    }

    /// Says the last words, if any, and closes.
    ///
    /// - Parameter farewell: Octets to write first.
    public func close(farewell: [UInt8]? = nil) {
        guard let farewell else { return channel.close(promise: nil) }
        let channel = channel
        channel.writeAndFlush(channel.allocator.buffer(bytes: farewell)).whenComplete { _ in
            channel.close(promise: nil)
        }
    }

    /// Runs on the event loop; every end of the handshake completes the promise.
    private static func addTLS(
        to channel: any Channel, _ context: TLSClientContext, host: String, afterStartTLS: Bool,
        _ promise: EventLoopPromise<TLSFacts>
    ) {
        let name = IPAddress(host) == nil ? host : nil
        let key = TLSSessionStore.Key(
            host: host.lowercased(), port: channel.remoteAddress?.port ?? 0, serverName: name, trust: context.trust)
        let offer = context.sessions?.session(for: key)
        let keeper = context.sessions.map { SessionKeeper(store: $0, key: key) }
        do {
            let engine = try TLSEngine(.client(context, serverName: name), resuming: offer?.session)
            let handler = TLSHandler(
                client: engine, afterStartTLS: afterStartTLS, keepSession: keeper.map { $0.keep }
            ) { engine, discarded, failure in
                if let failure {
                    // Whatever was wrong, the next one shows everything.
                    if offer != nil { context.sessions?.forget(key) }
                    return promise.fail(HandshakeError.failed(failure, discardedPlaintext: discarded))
                }
                let facts = engine.facts(host: host, discardedPlaintext: discarded, resuming: offer?.facts)
                keeper?.verified = facts.isResumed ? offer?.verified : context.sessions?.verified(facts)
                context.noteHandshake(isResumed: facts.isResumed)
                promise.succeed(facts)
            }
            guard channel.isActive else { return promise.fail(HandshakeError.failed(.closed, discardedPlaintext: 0)) }
            try channel.pipeline.syncOperations.addHandler(handler, position: .first)
        } catch {
            promise.fail(HandshakeError.failed(.other("TLS could not be set up"), discardedPlaintext: 0))
        }
    }

    private static func nanoseconds(until deadline: ContinuousClock.Instant) -> Int64 {
        let left = deadline - ContinuousClock.now
        let (seconds, attoseconds) = left.components
        return max(0, min(seconds, 86_400) * 1_000_000_000 + attoseconds / 1_000_000_000)
    }
}

/// Keeps the sessions of one connection, once it is known what was verified. Used on the connection's event loop alone.
private final class SessionKeeper {
    let store: TLSSessionStore
    let key: TLSSessionStore.Key
    /// What the full handshake showed; nil when it may not be built on.
    var verified: TLSSessionStore.Verified?

    init(store: TLSSessionStore, key: TLSSessionStore.Key) {
        self.store = store
        self.key = key
    }

    func keep(_ session: TLSSession) {
        guard let verified else { return }
        store.keep(session, of: key, verified)
    }
}
