internal import Synchronization

/// How far this process is behind: how much later than asked for its timers fire, because processors have too much to do.
///
/// A run that begins then would spend its time waiting for a processor, and what is merely our own slowness would look like a
/// server's. So a batch begins no more while it is behind.
final class LoadGauge: Sendable {
    /// How late timers fired lately.
    private let late = Mutex(Duration.zero)
    private let task = Mutex<Task<Void, Never>?>(nil)

    /// How often is looked.
    private static let tick = Duration.milliseconds(50)
    /// From here on nothing more is begun.
    static let limit = Duration.milliseconds(250)

    /// Begins to look.
    func start() {
        let watcher = Task { [weak self] in
            while !Task.isCancelled {
                let begun = ContinuousClock.now
                try? await Task.sleep(for: Self.tick)
                let behind = max(.zero, ContinuousClock.now - begun - Self.tick)
                guard let self else { return }
                // The latest counts most: it goes as it comes.
                self.late.withLock { $0 = ($0 + behind * 3) / 4 }
            }
        }
        task.withLock { $0 = watcher }
    }

    deinit { task.withLock { $0?.cancel() } }

    /// Whether there is more under way than processors can serve.
    var isBehind: Bool { late.withLock { $0 > Self.limit } }
}
