internal import FoundationEssentials
import Glibc
public import MailModel
internal import NIOCore

/// Why nothing more came from a connection.
public enum ConnectionError: Error, Hashable, Sendable {
    /// Nothing came in time.
    case timedOut
    /// The peer closed or reset the connection.
    case closed(reset: Bool)
    /// The task was cancelled.
    case cancelled
    /// TLS ended badly after the handshake. With TLS 1.3 that is where a server says that it wants a certificate of the
    /// client's (RFC 8446, section 4.4.2.4): its alert comes instead of its first words.
    case tls(TLSFailure)

    init(_ end: ReadEnd?) {
        switch end {
        case .timedOut: self = .timedOut
        case .closed(let reset): self = .closed(reset: reset)
        case .cancelled: self = .cancelled
        case .tls(let failure): self = .tls(failure)
        case nil: self = .closed(reset: false)
        }
    }
}

/// Why a TLS handshake did not come to its end.
public enum HandshakeError: Error, Hashable, Sendable {
    /// Something was wrong; so many octets of plaintext had been thrown away before it.
    case failed(TLSFailure, discardedPlaintext: Int)
    /// It took too long.
    case timedOut
    /// The task was cancelled.
    case cancelled
}

/// Why nothing more comes from a connection, on its event loop.
enum ReadEnd: Error {
    case timedOut
    case closed(reset: Bool)
    case cancelled
    /// TLS broke, or the peer ended it by an alert.
    case tls(TLSFailure)
}

/// The last handler of a pipeline: it hands out octets when they are asked for, and reads no further than that.
///
/// The channel's `autoRead` is off, so no more than one read of the socket is ever held here.
final class OctetReader: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private var held: [UInt8] = []
    private var end: ReadEnd?
    private var refusedRenegotiation = false
    private var waiting: EventLoopPromise<[UInt8]>?
    private var alarm: Scheduled<Void>?

    /// The next octets, or a `ReadEnd`. Called on the event loop, one at a time.
    func next(_ channel: any Channel, deadline: NIODeadline) -> EventLoopFuture<[UInt8]> {
        let promise = channel.eventLoop.makePromise(of: [UInt8].self)
        if !held.isEmpty {
            promise.succeed(held)
            held = []
        } else if let end {
            promise.fail(end)
        } else {
            waiting = promise
            let reader = NIOLoopBound(self, eventLoop: channel.eventLoop)
            alarm = channel.eventLoop.scheduleTask(deadline: deadline) { reader.value.finish(.timedOut) }
            channel.read()
        }
        return promise.futureResult
    }

    /// Ends the waiting; the first reason stays.
    func finish(_ reason: ReadEnd) {
        if end == nil { end = cause(of: reason) }
        alarm?.cancel()
        alarm = nil
        let promise = waiting
        waiting = nil
        promise?.fail(end ?? reason)
    }

    /// A server that was refused a renegotiation and then hangs or leaves does so for that reason.
    private func cause(of reason: ReadEnd) -> ReadEnd {
        switch reason {
        case .timedOut, .closed:
            refusedRenegotiation
                ? .tls(.other("the server asked to negotiate TLS again (HelloRequest), which is refused")) : reason
        case .cancelled, .tls: reason
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .renegotiationRefused? = event as? TLSHandlerEvent { refusedRenegotiation = true }
        context.fireUserInboundEventTriggered(event)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let octets = Array(unwrapInboundIn(data).readableBytesView)
        guard let promise = waiting else {
            held += octets
            return
        }
        alarm?.cancel()
        alarm = nil
        waiting = nil
        promise.succeed(octets)
    }

    func channelInactive(context: ChannelHandlerContext) {
        finish(.closed(reset: false))
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if let broken = error as? TLSStreamError {
            finish(.tls(broken.failure))
            return context.close(promise: nil)
        }
        let reset = (error as? IOError).map { $0.errnoCode == ECONNRESET || $0.errnoCode == EPIPE } ?? false
        finish(.closed(reset: reset))
        context.close(promise: nil)
    }
}
