import Logging
import MailBatch
import MailQueue
import MailReport
import MailService
import QueueSupport

/// The queue that the service's batches go through, one connection for all of them.
struct ServiceQueue: BatchQueue {
    let opened: QueueOptions.Opened
    let replicas: Int?
    /// Where workers register; nil for where each of them does.
    let base: String?
    let tool: ToolIdentity
    let logger: Logger

    func open(
        _ state: BatchState, registers: Bool, acceptsWarnings: Bool, isPaced: Bool
    ) async throws -> QueuedBatch {
        var orders = QueuedRows.Orders(tool: tool)
        orders.registers = registers
        orders.base = registers ? base : nil
        orders.acceptsWarnings = acceptsWarnings
        orders.isPaced = isPaced
        let logger = logger
        let rows = try await QueuedRows(
            opened.connection, opened.keys, state, orders, replicas: replicas,
            tell: { logger.warning("queue", metadata: ["told": "\($0)"]) })
        return QueuedBatch(rows: rows) { isInterrupted in
            if isInterrupted { await rows.flush() } else { await rows.finish() }
        }
    }
}
