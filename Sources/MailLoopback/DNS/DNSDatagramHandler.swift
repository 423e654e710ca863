import NIOCore

/// Answers questions that come as UDP datagrams.
final class DNSDatagramHandler: ChannelInboundHandler {
    typealias InboundIn = AddressedEnvelope<ByteBuffer>
    typealias OutboundOut = AddressedEnvelope<ByteBuffer>

    private let desk: DNSDesk

    init(_ desk: DNSDesk) { self.desk = desk }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let datagram = unwrapInboundIn(data)
        guard let answer = desk.answer(Array(datagram.data.readableBytesView), isStream: false) else { return }
        let buffer = context.channel.allocator.buffer(bytes: answer)
        let envelope = AddressedEnvelope(remoteAddress: datagram.remoteAddress, data: buffer)
        context.writeAndFlush(wrapOutboundOut(envelope), promise: nil)
    }
}
