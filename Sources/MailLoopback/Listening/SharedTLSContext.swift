import MailNetwork
import Synchronization

/// The TLS context of a peer: made when the peer starts, used by all its connections.
final class SharedTLSContext: Sendable {
    private let context = Mutex<TLSServerContext?>(nil)

    /// The context, nil before the start and for a peer without TLS.
    var value: TLSServerContext? { context.withLock { $0 } }

    func set(_ value: TLSServerContext) { context.withLock { $0 = value } }
}
