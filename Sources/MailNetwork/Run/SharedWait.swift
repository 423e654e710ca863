public import MailModel
internal import Synchronization

/// One wait in a queue of ours that stops the clocks of all runs that want its result.
///
/// A question is asked once for everybody who wants to know the answer. As long as it has not been sent, all of them
/// stand still; whoever joins later stands still from then on, and whoever leaves goes on.
final class SharedWait: Sendable {
    private struct State {
        var isWaiting = false
        var clocks: [UInt64: RunClock] = [:]
    }

    private let state = Mutex(State())

    /// Adds a run; nil is passed over.
    ///
    /// - Parameters:
    ///   - ticket: Who it is, for `leave`.
    ///   - clock: Its clock.
    func join(_ ticket: UInt64, _ clock: RunClock?) {
        guard let clock else { return }
        state.withLock { state in
            state.clocks[ticket] = clock
            if state.isWaiting { clock.beginWait() }
        }
    }

    /// Takes a run out: its clock goes on.
    func leave(_ ticket: UInt64) {
        state.withLock { state in
            guard let clock = state.clocks.removeValue(forKey: ticket), state.isWaiting else { return }
            clock.endWait()
        }
    }

    /// The wait begins; it may do so again after it ended.
    func begin() {
        state.withLock { state in
            guard !state.isWaiting else { return }
            state.isWaiting = true
            for clock in state.clocks.values { clock.beginWait() }
        }
    }

    /// The wait ends.
    func end() {
        state.withLock { state in
            guard state.isWaiting else { return }
            state.isWaiting = false
            for clock in state.clocks.values { clock.endWait() }
        }
    }
}

/// A resolver that many runs share, each by a view of its own.
public protocol SharedResolving: DNSResolving {
    /// The same resolver as one run sees it: its questions have a turn of their own among those of all runs, and its
    /// clock stands still until they are on the wire.
    ///
    /// - Parameter clock: The run's clock.
    /// - Returns: A resolver for this run.
    func view(for clock: RunClock) -> any DNSResolving
}

extension DNSResolving {
    /// A run's view of a shared resolver; a resolver that is not shared serves as it is.
    ///
    /// - Parameter clock: The run's clock.
    /// - Returns: A resolver for this run.
    public func seen(by clock: RunClock) -> any DNSResolving {
        (self as? any SharedResolving)?.view(for: clock) ?? self
    }
}
