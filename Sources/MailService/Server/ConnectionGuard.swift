internal import HTTPTypes
internal import NIOCore
internal import NIOHTTPTypes

/// How long a client may take for what.
struct ConnectionTimes: Sendable {
    /// From the connection, TLS included, to the end of the first request's headers.
    var head = TimeAmount.seconds(10)
    /// From the end of an answer to the end of the next request's headers.
    var pause = TimeAmount.seconds(30)
    /// For a body, however little of it comes.
    var body = TimeAmount.seconds(30)
    /// Octets of a body for which there is one second more.
    var octetsPerSecond = 65_536
    /// How long an answer may wait for a client that reads nothing.
    var stall = TimeAmount.seconds(60)
}

/// Closes connections whose client takes too long to say what it wants, or to listen, and tells when one goes away.
///
/// Time counts as a whole and not from the last octet, so that a client which sends an octet now and then gains nothing.
/// It stands behind the HTTP decoder: a head is seen when it is complete.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let times: ConnectionTimes
    private let departures: Departures
    private var departure: Departure?
    private var answering = 0
    private var isReadingBody = false
    private var deadline: NIODeadline?
    private var stallDeadline: NIODeadline?
    private var timer: Scheduled<Void>?

    init(times: ConnectionTimes, departures: Departures) {
        self.times = times
        self.departures = departures
    }

    func handlerAdded(context: ChannelHandlerContext) {
        departure = departures.begin(context.channel)
        expect(within: times.head, context)
    }

    func handlerRemoved(context: ChannelHandlerContext) { end(context) }

    func channelInactive(context: ChannelHandlerContext) {
        end(context)
        context.fireChannelInactive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        // Who has closed its side does not wait for an answer any more.
        if case ChannelEvent.inputClosed? = event as? ChannelEvent { departure?.leave() }
        context.fireUserInboundEventTriggered(event)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            answering += 1
            isReadingBody = true
            expect(within: times.body, context)
            let length = head.headerFields[.contentLength].flatMap { Int($0) } ?? 0
            if head.headerFields[.expect]?.lowercased() == "100-continue", length <= Route.mostTableOctets {
                let go = HTTPResponse(status: .continue)
                context.writeAndFlush(wrapOutboundOut(.head(go)), promise: nil)
            }
        case .body(let part):
            let nanoseconds = Int64(part.readableBytes) * 1_000_000_000 / Int64(times.octetsPerSecond)
            deadline = deadline.map { $0 + .nanoseconds(nanoseconds) }
        case .end:
            isReadingBody = false
            deadline = nil
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data) {
            answering -= 1
            if answering <= 0, !isReadingBody { expect(within: times.pause, context) }
        }
        context.write(data, promise: promise)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        stallDeadline = context.channel.isWritable ? nil : .now() + times.stall
        schedule(context)
        context.fireChannelWritabilityChanged()
    }

    private func end(_ context: ChannelHandlerContext) {
        timer?.cancel()
        timer = nil
        (deadline, stallDeadline) = (nil, nil)
        guard departure != nil else { return }
        departure = nil
        departures.end(context.channel)
    }

    private func expect(within time: TimeAmount, _ context: ChannelHandlerContext) {
        deadline = .now() + time
        schedule(context)
    }

    /// One timer for everything: it looks again when it fires too early.
    private func schedule(_ context: ChannelHandlerContext) {
        guard timer == nil, let next = [deadline, stallDeadline].compactMap(\.self).min() else { return }
        let loop = context.eventLoop.assumeIsolated()
        timer = loop.scheduleTask(deadline: next) { [self] in
            timer = nil
            let now = NIODeadline.now()
            guard ![deadline, stallDeadline].compactMap(\.self).contains(where: { $0 <= now }) else {
                return context.close(promise: nil)
            }
            schedule(context)
        }
    }
}

@available(*, unavailable)
extension ConnectionGuard: Sendable {}
