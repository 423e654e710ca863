import FoundationEssentials
import Glibc
import MailNetwork
import NIOCore

/// Closes a connection with a TCP reset.
enum ConnectionReset {
    /// With a linger time of 0 the kernel sends RST in place of FIN. TLS is passed by: it would say goodbye first.
    static func perform(_ context: ChannelHandlerContext) {
        let operations = context.pipeline.syncOperations
        let outer = (try? operations.context(handlerType: TLSHandler.self)) ?? context
        guard let options = context.channel as? any SocketOptionProvider else { return outer.close(promise: nil) }
        options.setSoLinger(linger(l_onoff: 1, l_linger: 0)).assumeIsolated().whenComplete { _ in
            outer.close(promise: nil)
        }
    }
}
