internal import CSQLite

/// One connection to an SQLite file. It belongs to one thread at a time: `SQLiteQueue` sees to that.
package final class SQLiteConnection {
    /// How a transaction is to end.
    package enum Completion {
        case commit
        case rollback
    }

    private let handle: OpaquePointer
    private let statements: StatementCache

    /// Opens a file, and makes it when there is none.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - patience: How long a lock of another process is waited for.
    /// - Throws: `SQLiteError`.
    package init(path: String, patience: Duration) throws(SQLiteError) {
        var opened: OpaquePointer?
        let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX
        let code = sqlite3_open_v2(path, &opened, flags, nil)
        // A connection is made even where it could not be opened, and has to be closed then too.
        guard code == SQLITE_OK, let opened else {
            defer { sqlite3_close_v2(opened) }
            throw Self.error(code, opened)
        }
        handle = opened
        statements = StatementCache(opened)
        sqlite3_busy_timeout(opened, Int32(clamping: Int(patience / .milliseconds(1))))
    }

    deinit {
        statements.removeAll()
        sqlite3_close_v2(handle)
    }

    /// The number of the row that was added last.
    package var lastInsertedID: Int64 { sqlite3_last_insert_rowid(handle) }

    /// How many rows the last statement that changed any has changed.
    package var changedRows: Int { Int(sqlite3_changes64(handle)) }

    /// Runs one statement, or several without arguments, to the end.
    ///
    /// - Parameters:
    ///   - sql: The statements.
    ///   - arguments: What stands for each question mark.
    /// - Throws: `SQLiteError`.
    package func execute(_ sql: String, _ arguments: [any SQLiteArgument] = []) throws(SQLiteError) {
        guard !arguments.isEmpty else {
            return try check(sqlite3_exec(handle, sql, nil, nil, nil))
        }
        _ = try rows(sql, arguments)
    }

    /// Runs one statement and takes all its rows.
    ///
    /// - Parameters:
    ///   - sql: The statement.
    ///   - arguments: What stands for each question mark.
    /// - Returns: The rows, each by column.
    /// - Throws: `SQLiteError`.
    package func rows(_ sql: String, _ arguments: [any SQLiteArgument] = []) throws(SQLiteError) -> [[String:
        SQLiteValue]]
    {
        var prepared: OpaquePointer?
        try check(statements.take(sql, &prepared))
        guard let statement = prepared else { return [] }
        defer { statements.give(statement) }
        for (place, argument) in zip(Int32(1)..., arguments) { try check(Self.bind(statement, place, argument.sqlite)) }
        var rows: [[String: SQLiteValue]] = []
        while true {
            let code = sqlite3_step(statement)
            guard code == SQLITE_ROW else {
                guard code == SQLITE_DONE else { throw Self.error(code, handle) }
                return rows
            }
            var row: [String: SQLiteValue] = [:]
            for column in 0..<sqlite3_column_count(statement) {
                guard let name = sqlite3_column_name(statement, column) else { continue }
                row[String(cString: name)] = Self.value(statement, column)
            }
            rows.append(row)
        }
    }

    /// The first cell of the first row.
    package func first(_ sql: String) throws(SQLiteError) -> SQLiteValue? { try rows(sql).first?.values.first }

    /// Does something in a transaction that holds the write lock from its beginning, and takes it back after an error.
    ///
    /// - Parameters:
    ///   - exclusive: Whether nobody else may read meanwhile.
    ///   - body: What is done; it says how it is to end.
    /// - Throws: `SQLiteError`, or what the body throws.
    package func transaction(exclusive: Bool = false, _ body: () throws -> Completion) throws {
        _ = try rows(exclusive ? "BEGIN EXCLUSIVE" : "BEGIN IMMEDIATE")
        do {
            switch try body() {
            case .commit: _ = try rows("COMMIT")
            case .rollback: _ = try rows("ROLLBACK")
            }
        } catch {
            // After some errors SQLite has taken it back by itself.
            if sqlite3_get_autocommit(handle) == 0 { try? execute("ROLLBACK") }
            throw error
        }
    }

    private func check(_ code: Int32) throws(SQLiteError) {
        guard code == SQLITE_OK else { throw Self.error(code, handle) }
    }

    private static func error(_ code: Int32, _ handle: OpaquePointer?) -> SQLiteError {
        let words = handle.flatMap { sqlite3_errmsg($0) } ?? sqlite3_errstr(code)
        let code = code & 0xFF
        return SQLiteError(
            code: code, kind: kind(of: code),
            message: words.map { String(cString: $0) } ?? "SQLite error \(code)")
    }

    private static func kind(of code: Int32) -> SQLiteError.Kind {
        switch code {
        case SQLITE_BUSY, SQLITE_LOCKED: .busy
        case SQLITE_FULL: .full
        case SQLITE_CORRUPT, SQLITE_NOTADB: .damaged
        case SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_READONLY, SQLITE_AUTH: .inaccessible
        default: .other
        }
    }

    private static func bind(_ statement: OpaquePointer, _ place: Int32, _ value: SQLiteValue) -> Int32 {
        switch value {
        case .null: sqlite3_bind_null(statement, place)
        case .integer(let number): sqlite3_bind_int64(statement, place, number)
        case .real(let number): sqlite3_bind_double(statement, place, number)
        case .text(let text): mc_bind_text(statement, place, text, sqlite3_uint64(text.utf8.count))
        case .blob(let octets): mc_bind_blob(statement, place, octets, sqlite3_uint64(octets.count))
        }
    }

    private static func value(_ statement: OpaquePointer, _ column: Int32) -> SQLiteValue {
        switch sqlite3_column_type(statement, column) {
        case SQLITE_INTEGER: return .integer(sqlite3_column_int64(statement, column))
        case SQLITE_FLOAT: return .real(sqlite3_column_double(statement, column))
        case SQLITE_TEXT:
            // The text first, its size after: asking for the text may change how it is kept.
            guard let text = sqlite3_column_text(statement, column) else { return .null }
            let size = Int(sqlite3_column_bytes(statement, column))
            return .text(String(decoding: UnsafeBufferPointer(start: text, count: size), as: UTF8.self))
        case SQLITE_BLOB:
            guard let octets = sqlite3_column_blob(statement, column) else { return .blob([]) }
            let size = Int(sqlite3_column_bytes(statement, column))
            return .blob(Array(UnsafeRawBufferPointer(start: octets, count: size)))
        default: return .null
        }
    }
}
