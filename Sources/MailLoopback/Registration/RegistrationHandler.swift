import FoundationEssentials
import Glibc
import NIOCore
import NIOHTTP1

/// Reads requests and delivers answers, one after another on a connection.
final class RegistrationHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private static let maximumBody = 1_048_576

    private let api: StubAPI
    private var head: HTTPRequestHead?
    private var body: [UInt8] = []

    init(_ api: StubAPI) { self.api = api }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            self.head = head
            body = []
        case .body(let buffer):
            // One octet too many is kept, which is enough to see it.
            body += buffer.readableBytesView.prefix(Self.maximumBody + 1 - body.count)
        case .end:
            guard let head else { return }
            deliver(answer(head), head, context)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    private func answer(_ head: HTTPRequestHead) -> RegistrationAnswer {
        guard body.count <= Self.maximumBody else { return .detail(413, "Request body too large") }
        let request = RegistrationRequest(
            method: head.method.rawValue, path: String(head.uri.prefix { $0 != "?" }),
            apiKey: head.headers.first(name: "x-api-key"), contentType: head.headers.first(name: "content-type") ?? "",
            body: body)
        return api.answer(request)
    }

    private func deliver(_ answer: RegistrationAnswer, _ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        switch answer.delivery {
        case .now: write(answer, head, context)
        case .never: break
        case .reset: ConnectionReset.perform(context)
        case .after(let milliseconds):
            context.eventLoop.assumeIsolated().scheduleTask(in: .milliseconds(Int64(milliseconds))) {
                self.write(answer, head, context)
            }
        }
    }

    private func write(_ answer: RegistrationAnswer, _ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        var headers = HTTPHeaders([
            ("content-length", "\(answer.body.count)"), ("x-ratelimit-limit", "100"),
            ("x-ratelimit-reset", "\(Int(Date().timeIntervalSince1970) + 60)"),
        ])
        for (name, value) in answer.headers { headers.add(name: name, value: value) }
        if answer.headers["x-ratelimit-remaining"] == nil { headers.add(name: "x-ratelimit-remaining", value: "95") }
        let response = HTTPResponseHead(
            version: head.version, status: HTTPResponseStatus(statusCode: answer.status), headers: headers)
        context.write(wrapOutboundOut(.head(response)), promise: nil)
        let buffer = context.channel.allocator.buffer(bytes: answer.body)
        context.write(wrapOutboundOut(.body(.byteBuffer(buffer))), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        api.answered()
    }
}
