import NIOCore
import Synchronization

/// The sockets that one peer holds open.
final class ConnectionKeeper: Sendable {
    /// No client of ours stays so long: whoever does was forgotten.
    private static let longestLife = TimeAmount.minutes(10)

    private struct State {
        var isOpen = true
        var channels: [ObjectIdentifier: any Channel] = [:]
    }

    private let state = Mutex(State())

    /// Takes channels again after `closeAll`.
    func open() { state.withLock { $0.isOpen = true } }

    /// Keeps a channel until it is closed, which is at once when it was accepted too late. No lifetime is no limit.
    func keep(_ channel: any Channel, lifetime: TimeAmount? = longestLife) {
        let isKept = state.withLock {
            if $0.isOpen { $0.channels[ObjectIdentifier(channel)] = channel }
            return $0.isOpen
        }
        guard isKept else { return channel.close(promise: nil) }
        let end = lifetime.map { channel.eventLoop.scheduleTask(in: $0) { channel.close(promise: nil) } }
        channel.closeFuture.whenComplete { [weak self] _ in
            end?.cancel()
            self?.state.withLock { $0.channels[ObjectIdentifier(channel)] = nil }
        }
    }

    /// Closes them all and waits until they are.
    func closeAll() async {
        let channels = state.withLock {
            $0.isOpen = false
            return Array($0.channels.values)
        }
        for channel in channels { channel.close(promise: nil) }
        for channel in channels { try? await channel.closeFuture.get() }
    }

    deinit {
        for channel in state.withLock({ Array($0.channels.values) }) { channel.close(promise: nil) }
    }
}
