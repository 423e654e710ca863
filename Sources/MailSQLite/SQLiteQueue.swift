internal import Dispatch

/// A connection that is used by one task after another, on a thread that may wait for the disk.
package final class SQLiteQueue: Sendable {
    /// Reached on the queue only.
    private nonisolated(unsafe) let connection: SQLiteConnection
    private let queue = DispatchQueue(label: "mail-sqlite")

    /// Opens a file, and makes it when there is none.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - patience: How long a lock of another process is waited for.
    /// - Throws: `SQLiteError`.
    package init(path: String, patience: Duration) throws(SQLiteError) {
        connection = try SQLiteConnection(path: path, patience: patience)
    }

    /// Does something with the connection, and waits for it.
    package func sync<Result>(_ body: (SQLiteConnection) throws -> Result) rethrows -> Result {
        try queue.sync { try body(connection) }
    }

    /// Does something with the connection when its turn comes.
    package func async(_ body: @escaping @Sendable (SQLiteConnection) -> Void) {
        queue.async { body(self.connection) }
    }
}
