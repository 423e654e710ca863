import NIOCore

/// Answers questions that come over TCP, each behind its length in two octets (RFC 1035, section 4.2.2).
final class DNSStreamHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let responder: DNSResponder
    private var received: [UInt8] = []

    init(_ responder: DNSResponder) { self.responder = responder }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        received += unwrapInboundIn(data).readableBytesView
        while received.count >= 2 {
            let length = Int(received[0]) << 8 | Int(received[1])
            guard length <= DNSQuestion.maximumLength else { return context.close(promise: nil) }
            guard received.count >= length + 2 else { return }
            let message = Array(received[2..<length + 2])
            received.removeFirst(length + 2)
            answer(message, context)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    private func answer(_ message: [UInt8], _ context: ChannelHandlerContext) {
        guard let answer = responder.answer(message, isStream: true) else { return }
        let octets = DNSRecordCode.words([answer.count]) + answer
        context.writeAndFlush(wrapOutboundOut(context.channel.allocator.buffer(bytes: octets)), promise: nil)
    }
}
