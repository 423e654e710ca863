import Foundation
import Synchronization

/// The built tool as a process that can be killed, or sent another signal, at a moment.
final class KillableTool: Sendable {
    /// When it is killed: so long after it has written so many lines to standard error; line 0 is its start.
    struct Kill: Sendable {
        var line: Int
        var delay = Duration.zero
    }

    private struct State {
        var process: Int32?
        var isKilled = false
        var lines: [ContinuousClock.Instant] = []
        var status: Int32 = -1
        var error: [UInt8] = []
    }

    private let state = Mutex(State())
    private let signal: Int32

    /// Makes one that is not running yet.
    ///
    /// - Parameter signal: What it is sent at the moment; SIGKILL is the one that nothing can catch.
    init(signal: Int32 = SIGKILL) { self.signal = signal }

    /// The status that it left with.
    var status: Int32 { state.withLock(\.status) }

    /// What it said on standard error.
    var error: String { state.withLock { String(decoding: $0.error, as: UTF8.self) } }

    /// Sends it the signal; at once when it runs, else when it begins.
    func kill() {
        state.withLock { state in
            state.isKilled = true
            if let process = state.process { _ = Foundation.kill(process, signal) }
        }
    }

    /// Runs it to its end, by itself or by a kill.
    ///
    /// - Parameters:
    ///   - arguments: Its arguments.
    ///   - environment: Its environment, but for `PATH`.
    ///   - kill: When to kill it, nil for leaving it alone.
    /// - Returns: When each line of standard error came.
    /// - Throws: An error when it cannot start.
    @discardableResult
    func run(
        _ arguments: [String], environment: [String: String], kill: Kill? = nil
    ) async throws -> [ContinuousClock.Instant] {
        let process = Process()
        process.executableURL = URL(filePath: ToolProcess.path)
        process.arguments = arguments
        process.environment = ToolProcess.environment(environment)
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        let errors = Pipe()
        process.standardError = errors
        errors.fileHandleForReading.readabilityHandler = { handle in
            let data = handle.availableData
            guard !data.isEmpty else {
                handle.readabilityHandler = nil
                return
            }
            self.state.withLock { $0.error += data }
            for _ in 0..<data.count(where: { $0 == UInt8(ascii: "\n") }) { self.line(kill) }
        }
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            process.terminationHandler = { [self] process in
                state.withLock {
                    $0.process = nil
                    $0.status = process.terminationStatus
                }
                continuation.resume()
            }
            do {
                try process.run()
                begin(process, kill)
            } catch {
                continuation.resume(throwing: error)
            }
        }
        return state.withLock(\.lines)
    }

    private func begin(_ process: Process, _ kill: Kill?) {
        guard process.isRunning else { return }
        state.withLock { state in
            state.process = process.processIdentifier
            if state.isKilled { _ = Foundation.kill(process.processIdentifier, signal) }
        }
        if let kill, kill.line == 0 { later(kill.delay) }
    }

    private func line(_ kill: Kill?) {
        let count = state.withLock { state in
            state.lines.append(.now)
            return state.lines.count
        }
        if let kill, kill.line == count { later(kill.delay) }
    }

    /// A kill that comes when the process is gone finds nobody.
    private func later(_ delay: Duration) {
        guard delay > .zero else { return kill() }
        Task {
            try? await Task.sleep(for: delay)
            self.kill()
        }
    }
}
