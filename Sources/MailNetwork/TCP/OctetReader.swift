internal import Foundation
internal import NIOCore

/// Why nothing more comes from a connection.
enum ReadEnd: Error {
    case timedOut
    case closed(reset: Bool)
    case cancelled
}

/// The last handler of a pipeline: it hands out octets when they are asked for, and reads no further than that.
///
/// The channel's `autoRead` is off, so no more than one read of the socket is ever held here.
final class OctetReader: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private var held: [UInt8] = []
    private var end: ReadEnd?
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
        if end == nil { end = reason }
        alarm?.cancel()
        alarm = nil
        let promise = waiting
        waiting = nil
        promise?.fail(end ?? reason)
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
        let reset = (error as? IOError).map { $0.errnoCode == ECONNRESET || $0.errnoCode == EPIPE } ?? false
        finish(.closed(reset: reset))
        context.close(promise: nil)
    }
}
