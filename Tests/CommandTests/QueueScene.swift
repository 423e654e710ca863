import Foundation
import Testing

/// Many mailboxes, a queue, and workers that are processes of their own.
struct QueueScene: Sendable {
    let batch: BatchScene
    let server: QueueServer

    static let isInstalled: Comment = "nats-server is not installed"

    /// Runs a body with a scene that is gone behind it.
    static func with(
        _ count: Int, _ more: [String] = ["-js"], _ body: (QueueScene) async throws -> Void
    ) async throws {
        try await BatchScene.with(count) { batch in
            let server = QueueServer(batch.folder, more)
            try await server.start()
            defer { server.kill() }
            try await body(QueueScene(batch, server))
        }
    }

    /// A scene with a key file, whose servers run.
    init(_ batch: BatchScene, _ server: QueueServer) async throws {
        (self.batch, self.server) = (batch, server)
        let made = try await ToolProcess(["worker", "--new-key", key], environment: batch.environment)
        #expect(made.status == 0, "\(made.error)")
    }

    var key: String { batch.path("fleet.key") }

    /// What `batch` gets besides.
    func arguments(_ more: [String] = []) -> [String] { ["--queue", server.url, "--key-file", key] + more }

    /// What a worker gets: the same resolver, certificates and API as `batch`.
    func worker(_ more: [String] = []) -> [String] {
        ["worker"] + batch.arguments().dropFirst(2) + ["--queue", server.url, "--key-file", key] + more
    }

    /// Runs a body with workers; they are ended behind it, and their statuses come back.
    @discardableResult
    func withWorkers<Result>(
        _ count: Int, _ more: [String] = [], _ body: ([KillableTool]) async throws -> Result
    ) async throws -> (result: Result, statuses: [Int32]) {
        let tools = (0..<count).map { _ in KillableTool(signal: SIGTERM) }
        return try await withThrowingTaskGroup(of: Void.self) { group in
            for tool in tools {
                group.addTask { try await tool.run(worker(more), environment: batch.environment) }
            }
            let result: Result
            do { result = try await body(tools) } catch {
                for tool in tools { tool.kill() }
                throw error
            }
            for tool in tools { tool.kill() }
            try await group.waitForAll()
            return (result, tools.map(\.status))
        }
    }
}
