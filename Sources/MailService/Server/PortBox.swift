internal import Synchronization

/// The port that is listened at, once it is known.
final class PortBox: Sendable {
    private let port = Mutex(0)

    var value: Int {
        get { port.withLock { $0 } }
        set { port.withLock { $0 = newValue } }
    }
}
