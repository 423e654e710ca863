import MailNetwork
import NIOCore

/// Plays a conversation on one connection.
///
/// Actions run strictly one after another; while one takes its time (a handshake, a pause, a flood) the client's lines
/// wait, so a client that speaks ahead gets its answers in order.
final class ConversationHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private enum Work { case idle, busy, hearing, handshaking, over }

    private var conversation: any PeerConversation
    private let tls: TLSServerContext?
    private let isImplicit: Bool
    private let ledger: PeerLedger
    private let limits: PeerLimits
    private var splitter: LineSplitter
    private var octetCount = 0
    private var lines: ArraySlice<[UInt8]> = []
    private var actions: ArraySlice<PeerAction> = []
    private var work = Work.idle
    private var isOpened = false

    /// - Parameters:
    ///   - conversation: What is said.
    ///   - tls: What TLS is spoken with, nil for none.
    ///   - isImplicit: Whether TLS begins with the first octet.
    ///   - ledger: Where it is written down.
    init(_ conversation: any PeerConversation, tls: TLSServerContext?, isImplicit: Bool, ledger: PeerLedger) {
        self.conversation = conversation
        self.tls = tls
        self.isImplicit = isImplicit
        self.ledger = ledger
        limits = PeerLimits()
        splitter = LineSplitter(limit: limits.lineLength)
    }

    func channelActive(context: ChannelHandlerContext) {
        ledger.note {
            $0.connections += 1
            $0.open += 1
            $0.mostOpen = max($0.mostOpen, $0.open)
        }
        if isImplicit {
            beginHandshake(context)
        } else {
            isOpened = true
            enqueue(conversation.opened(isEncrypted: false), context)
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let octets = unwrapInboundIn(data).readableBytesView
        octetCount += octets.count
        lines += splitter.feed(octets)
        if work == .hearing { work = .idle }
        if splitter.isOverlong || octetCount > limits.octetsPerConnection {
            work = .over
            context.close(promise: nil)
        }
        proceed(context)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event as? TLSHandlerEvent {
        case .handshakeCompleted where work == .handshaking:
            ledger.note { $0.handshakes += 1 }
            work = .idle
            let wasOpened = isOpened
            isOpened = true
            let next = wasOpened ? conversation.encrypted() : conversation.opened(isEncrypted: true)
            enqueue(next, context)
        case .handshakeFailed:
            ledger.note { $0.failedHandshakes += 1 }
            work = .over
        default:
            context.fireUserInboundEventTriggered(event)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        ledger.note { $0.open -= 1 }
        work = .over
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        work = .over
        context.close(promise: nil)
    }

    private func enqueue(_ more: [PeerAction], _ context: ChannelHandlerContext) {
        actions += more
        proceed(context)
    }

    private func proceed(_ context: ChannelHandlerContext) {
        while work == .idle {
            if let action = actions.popFirst() {
                perform(action, context)
            } else if let line = lines.popFirst() {
                ledger.noteLine(line)
                actions += conversation.received(line)
            } else {
                return
            }
        }
    }

    private func perform(_ action: PeerAction, _ context: ChannelHandlerContext) {
        switch action {
        case .send(let octets): context.writeAndFlush(wrap(octets, context), promise: nil)
        case .drip(let octets, let gap): drip(octets[...], gap, context)
        case .flood(let octets, let count): flood(octets, count, context)
        case .startTLS: beginHandshake(context)
        case .hear: work = .hearing
        case .pause(let milliseconds): wait(milliseconds, context) { self.resume(context) }
        case .close: close(context)
        case .reset:
            work = .over
            ConnectionReset.perform(context)
        case .noteMismatch(let line): ledger.note { $0.mismatches.append(line) }
        case .noteLogin(let login): ledger.note { $0.logins.append(login) }
        }
    }

    private func resume(_ context: ChannelHandlerContext) {
        guard work == .busy else { return }
        work = .idle
        proceed(context)
    }

    private func wrap(_ octets: some Sequence<UInt8>, _ context: ChannelHandlerContext) -> NIOAny {
        wrapOutboundOut(context.channel.allocator.buffer(bytes: octets))
    }

    private func wait(_ milliseconds: Int, _ context: ChannelHandlerContext, then body: @escaping () -> Void) {
        work = .busy
        context.eventLoop.assumeIsolated().scheduleTask(in: .milliseconds(Int64(milliseconds))) { body() }
    }

    private func drip(_ octets: ArraySlice<UInt8>, _ gap: Int, _ context: ChannelHandlerContext) {
        guard work != .over, let octet = octets.first else { return resume(context) }
        context.writeAndFlush(wrap([octet], context), promise: nil)
        wait(gap, context) { self.drip(octets.dropFirst(), gap, context) }
    }

    /// Writes block by block, each when the one before has left: a flood must not fill our own memory.
    private func flood(_ octets: [UInt8], _ count: Int, _ context: ChannelHandlerContext) {
        guard work != .over, count > 0, !octets.isEmpty else { return resume(context) }
        work = .busy
        let now = min(count, max(1, 65_536 / octets.count))
        let block = Array(repeatElement(octets, count: now).joined())
        context.writeAndFlush(wrap(block, context)).assumeIsolated().whenComplete { result in
            if case .success = result { self.flood(octets, count - now, context) }
        }
    }

    /// What came as plaintext behind the client's STARTTLS is not taken over into the encrypted part (RFC 3207, section 6).
    private func beginHandshake(_ context: ChannelHandlerContext) {
        let ahead = lines.reduce(splitter.discard()) { $0 + $1.count + 2 }
        ledger.note { $0.octetsAfterStartTLS += ahead }
        lines = []
        guard let tls, let handler = try? TLSHandler(server: tls) else { return close(context) }
        work = .handshaking
        do {
            try context.pipeline.syncOperations.addHandler(handler, position: .first)
        } catch {
            close(context)
        }
    }

    private func close(_ context: ChannelHandlerContext) {
        work = .over
        let flushed = context.eventLoop.makePromise(of: Void.self)
        context.writeAndFlush(wrap([], context), promise: flushed)
        flushed.futureResult.assumeIsolated().whenComplete { _ in context.close(promise: nil) }
    }
}
