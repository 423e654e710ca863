import NIOCore

/// Answers questions that come as UDP datagrams.
final class DNSDatagramHandler: ChannelInboundHandler {
    typealias InboundIn = AddressedEnvelope<ByteBuffer>
    typealias OutboundOut = AddressedEnvelope<ByteBuffer>

    private let responder: DNSResponder

    init(_ responder: DNSResponder) { self.responder = responder }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let datagram = unwrapInboundIn(data)
        guard let answer = responder.answer(Array(datagram.data.readableBytesView), isStream: false) else { return }
        let buffer = context.channel.allocator.buffer(bytes: answer)
        let envelope = AddressedEnvelope(remoteAddress: datagram.remoteAddress, data: buffer)
        context.writeAndFlush(wrapOutboundOut(envelope), promise: nil)
    }
}
