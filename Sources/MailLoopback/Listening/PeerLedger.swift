import Synchronization

/// Where a peer's connections write down what happened, from whatever thread they run on.
final class PeerLedger: Sendable {
    private let state = Mutex(PeerRecord())
    private let limit: Int

    init(limits: PeerLimits = PeerLimits()) { limit = limits.recordedLines }

    /// What happened so far.
    var record: PeerRecord { state.withLock { $0 } }

    /// Changes the record.
    func note(_ change: (inout PeerRecord) -> Void) { state.withLock { change(&$0) } }

    /// Keeps a client's line, while there is room.
    func noteLine(_ octets: [UInt8]) {
        state.withLock {
            if $0.received.count < limit { $0.received.append(String(decoding: octets, as: UTF8.self)) }
        }
    }
}
