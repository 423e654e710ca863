import Synchronization

/// Whether a registration request is on its way now: an interruption must say so, since it may have been stored.
enum RequestUnderWay {
    private static let state = Mutex(false)

    static func begin() { state.withLock { $0 = true } }
    static func end() { state.withLock { $0 = false } }
    static var isTrue: Bool { state.withLock { $0 } }
}
