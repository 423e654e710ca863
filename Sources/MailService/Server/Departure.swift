internal import NIOCore
internal import Synchronization

/// Tells whoever works for a client that the client has gone away.
final class Departure: Sendable {
    private struct State {
        var isGone = false
        var last = 0
        var actions: [Int: @Sendable () -> Void] = [:]
    }

    private let state = Mutex(State())

    /// Whether the client has gone away.
    var isGone: Bool { state.withLock { $0.isGone } }

    /// Does something while an action is bound to the departure: it is done at once when the client goes away.
    ///
    /// - Parameters:
    ///   - leave: What is done then; also when the client has gone already.
    ///   - body: The work.
    /// - Returns: What the work comes to.
    func bound<Value: Sendable>(
        _ leave: @escaping @Sendable () -> Void, _ body: () async throws -> Value
    ) async rethrows -> Value {
        let number = state.withLock { state -> Int? in
            guard !state.isGone else { return nil }
            state.last += 1
            state.actions[state.last] = leave
            return state.last
        }
        if number == nil { leave() }
        defer { if let number { state.withLock { _ = $0.actions.removeValue(forKey: number) } } }
        return try await body()
    }

    /// The client has gone away.
    func leave() {
        let actions = state.withLock { state in
            defer { state.actions = [:] }
            state.isGone = true
            return state.actions.values.map(\.self)
        }
        for action in actions { action() }
    }
}

/// The departures of all open connections, by their channel.
final class Departures: Sendable {
    private let open = Mutex<[ObjectIdentifier: Departure]>([:])

    /// A connection opened.
    func begin(_ channel: any Channel) -> Departure {
        let departure = Departure()
        open.withLock { $0[ObjectIdentifier(channel)] = departure }
        return departure
    }

    /// A connection is closed.
    func end(_ channel: any Channel) {
        let departure = open.withLock { $0.removeValue(forKey: ObjectIdentifier(channel)) }
        departure?.leave()
    }

    /// The departure of a connection; one that has happened, where it is closed.
    func of(_ channel: any Channel) -> Departure {
        if let departure = open.withLock({ $0[ObjectIdentifier(channel)] }) { return departure }
        let gone = Departure()
        gone.leave()
        return gone
    }
}
