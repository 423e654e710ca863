package import MailModel
package import NIOCore

#if canImport(Glibc)
internal import Glibc
#endif

/// What a `TLSHandler` tells the handlers behind it.
package enum TLSHandlerEvent: Sendable {
    /// The handshake came to its end.
    case handshakeCompleted
    /// It did not.
    case handshakeFailed(TLSFailure)
    /// The peer asked to negotiate again and was refused; what follows from that is its own doing.
    case renegotiationRefused
}

/// TLS in a channel's pipeline. It may be added to a running channel, which is what STARTTLS needs.
///
/// On a client the octets of the handshake are read on demand, so it works with `autoRead` off.
package final class TLSHandler: ChannelDuplexHandler {
    package typealias InboundIn = ByteBuffer
    package typealias InboundOut = ByteBuffer
    package typealias OutboundIn = ByteBuffer
    package typealias OutboundOut = ByteBuffer

    private enum State { case handshaking, open, closed }

    private let engine: TLSEngine
    private var state = State.handshaking
    private var prefix: PreTLSPlaintextFilter?
    private var waitingWrites: [(ByteBuffer, EventLoopPromise<Void>?)] = []
    private let finished: ((TLSEngine, Int, TLSFailure?) -> Void)?
    /// Takes sessions that the peer offers to resume.
    private let keepSession: ((TLSSession) -> Void)?
    private var toldRefusal = false

    /// A server's side.
    ///
    /// - Parameter server: Certificate and key.
    /// - Throws: `TLSSetupError` when OpenSSL has no memory left.
    package init(server: TLSServerContext) throws(TLSSetupError) {
        engine = try TLSEngine(.server(server))
        prefix = nil
        finished = nil
        keepSession = nil
    }

    /// A client's side; `finished` gets the engine, the number of octets thrown away, and what went wrong, if anything.
    /// Sessions come during the handshake or with TLS 1.3 after it, and never before `finished` was called.
    init(
        client engine: TLSEngine, afterStartTLS: Bool, keepSession: ((TLSSession) -> Void)? = nil,
        finished: @escaping (TLSEngine, Int, TLSFailure?) -> Void
    ) {
        self.keepSession = keepSession
        self.engine = engine
        prefix = PreTLSPlaintextFilter(discards: afterStartTLS)
        self.finished = finished
    }

    package func handlerAdded(context: ChannelHandlerContext) {
        if context.channel.isActive { advanceHandshake(context) }
    }

    package func channelActive(context: ChannelHandlerContext) {
        advanceHandshake(context)
        context.fireChannelActive()
    }

    package func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var octets = Array(unwrapInboundIn(data).readableBytesView)
        if prefix != nil {
            switch prefix?.feed(octets) {
            case .records(let records):
                octets = records
                discarded = prefix?.discarded ?? 0
                prefix = nil
            case .clear(let first): return fail(.notTLS(firstOctets: ServerText(octets: first)), context)
            case .undecided, nil: return context.read()
            }
        }
        engine.receive(octets)
        if state == .handshaking { advanceHandshake(context) }
        if state == .open { deliver(context) }
    }

    package func channelInactive(context: ChannelHandlerContext) {
        if state == .handshaking { fail(.closed, context) }
        state = .closed
        context.fireChannelInactive()
    }

    package func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let buffer = unwrapOutboundIn(data)
        guard state == .open else {
            if state == .handshaking {
                waitingWrites.append((buffer, promise))
            } else {
                promise?.fail(ChannelError.ioOnClosedChannel)
            }
            return
        }
        encrypt(buffer, promise, context)
    }

    package func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        if state == .open {
            state = .closed
            engine.closeNotify()
            flushOutput(context)
        }
        context.close(mode: mode, promise: promise)
    }

    private var discarded = 0

    private func advanceHandshake(_ context: ChannelHandlerContext) {
        let progress = engine.handshake()
        flushOutput(context)
        switch progress {
        case .wantsMore: context.read()
        case .completed:
            state = .open
            finished?(engine, discarded, nil)
            engine.takeSessions().forEach { keepSession?($0) }
            context.fireUserInboundEventTriggered(TLSHandlerEvent.handshakeCompleted)
            for (buffer, promise) in waitingWrites { encrypt(buffer, promise, context) }
            waitingWrites = []
            context.flush()
        case .closed: fail(.closed, context)
        case .failed(let failure): fail(failure, context)
        }
    }

    /// Many servers hold their next reply back until their session tickets (RFC 8446, section 4.6.1) are acknowledged
    /// (Nagle). A delayed acknowledgement would cost 40 ms here.
    private func acknowledgeAtOnce(_ channel: any Channel) {
        #if os(Linux)
        let option = ChannelOptions.Types.SocketOption(level: .tcp, name: .init(rawValue: TCP_QUICKACK))
        channel.setOption(option, value: 1).whenFailure { _ in }
        #endif
    }

    private func deliver(_ context: ChannelHandlerContext) {
        var delivered = false
        while true {
            let progress = engine.read()
            // An answer to a KeyUpdate, or an alert about what was read, must not wait for something to be written.
            flushOutput(context)
            engine.takeSessions().forEach { keepSession?($0) }
            if engine.refusedRenegotiation, !toldRefusal {
                toldRefusal = true
                context.fireUserInboundEventTriggered(TLSHandlerEvent.renegotiationRefused)
            }
            switch progress {
            case .completed(let octets):
                delivered = true
                context.fireChannelRead(wrapInboundOut(context.channel.allocator.buffer(bytes: octets)))
                continue
            case .wantsMore:
                // Only session tickets or the like came: the reader still waits.
                if !delivered {
                    acknowledgeAtOnce(context.channel)
                    context.read()
                }
            case .closed: close(context: context, mode: .all, promise: nil)
            case .failed(let failure):
                // Nothing may be asked of OpenSSL any more, not even a goodbye.
                state = .closed
                context.fireErrorCaught(TLSStreamError(failure: failure))
                context.close(promise: nil)
            }
            return
        }
    }

    private func encrypt(_ buffer: ByteBuffer, _ promise: EventLoopPromise<Void>?, _ context: ChannelHandlerContext) {
        guard case .completed = engine.write(Array(buffer.readableBytesView)) else {
            promise?.fail(ChannelError.ioOnClosedChannel)
            return
        }
        context.write(wrapOutboundOut(context.channel.allocator.buffer(bytes: engine.takeOutput())), promise: promise)
    }

    private func flushOutput(_ context: ChannelHandlerContext) {
        let output = engine.takeOutput()
        guard !output.isEmpty else { return }
        context.writeAndFlush(wrapOutboundOut(context.channel.allocator.buffer(bytes: output)), promise: nil)
    }

    private func fail(_ failure: TLSFailure, _ context: ChannelHandlerContext) {
        guard state == .handshaking else { return }
        state = .closed
        for (_, promise) in waitingWrites { promise?.fail(ChannelError.ioOnClosedChannel) }
        waitingWrites = []
        finished?(engine, prefix?.discarded ?? discarded, failure)
        context.fireUserInboundEventTriggered(TLSHandlerEvent.handshakeFailed(failure))
        context.close(promise: nil)
    }
}

/// TLS broke after the handshake: a forged or damaged record.
struct TLSStreamError: Error {
    var failure: TLSFailure
}
