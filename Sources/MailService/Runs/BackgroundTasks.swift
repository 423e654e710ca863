internal import Synchronization

/// Work that outlives the request that began it. The service waits for it before it ends.
final class BackgroundTasks: Sendable {
    private struct State {
        var last = 0
        var tasks: [Int: Task<Void, Never>] = [:]
    }

    private let state = Mutex(State())

    /// Follows a task to its end.
    func follow(_ task: Task<Void, Never>) {
        let number = state.withLock { state in
            state.last += 1
            state.tasks[state.last] = task
            return state.last
        }
        Task { [self] in
            await task.value
            state.withLock { _ = $0.tasks.removeValue(forKey: number) }
        }
    }

    /// Waits for all of them; when the waiting task is cancelled, they are.
    func finish() async {
        while true {
            let tasks = state.withLock { $0.tasks.values.map(\.self) }
            guard !tasks.isEmpty else { return }
            await withTaskCancellationHandler {
                for task in tasks { await task.value }
            } onCancel: {
                for task in tasks { task.cancel() }
            }
            await Task.yield()
        }
    }
}
