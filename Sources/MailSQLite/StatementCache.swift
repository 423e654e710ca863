internal import CSQLite

/// The statements of a connection, compiled once and run again: compiling a small one takes longer than running it.
///
/// It owns them, and lends each to one run at a time. It belongs to the thread of its connection.
final class StatementCache {
    /// As many as a database here has, and some more; what is compiled beyond those is not kept.
    private static let limit = 64

    private let handle: OpaquePointer
    private var kept: [String: OpaquePointer] = [:]
    /// Lent now, and not among those that are kept.
    private var lent: Set<OpaquePointer> = []

    init(_ handle: OpaquePointer) { self.handle = handle }

    /// Lends a statement, without arguments and before its first row.
    ///
    /// - Parameters:
    ///   - sql: Its text.
    ///   - statement: The statement; nil when the text is none.
    /// - Returns: `SQLITE_OK`, or what is wrong with the text.
    func take(_ sql: String, _ statement: inout OpaquePointer?) -> Int32 {
        if let known = kept[sql], lent.insert(known).inserted {
            statement = known
            return SQLITE_OK
        }
        let mayStay = kept.count < Self.limit && kept[sql] == nil
        let flags = mayStay ? UInt32(SQLITE_PREPARE_PERSISTENT) : 0
        let code = sqlite3_prepare_v3(handle, sql, -1, flags, &statement, nil)
        guard code == SQLITE_OK, let statement else { return code }
        if mayStay {
            kept[sql] = statement
            lent.insert(statement)
        }
        return code
    }

    /// Takes a statement back: nothing of its arguments stays, and no lock that it holds.
    func give(_ statement: OpaquePointer) {
        guard lent.remove(statement) != nil else {
            sqlite3_finalize(statement)
            return
        }
        sqlite3_reset(statement)
        sqlite3_clear_bindings(statement)
    }

    /// Ends all of them; the connection is to be closed.
    func removeAll() {
        for statement in kept.values { sqlite3_finalize(statement) }
        (kept, lent) = ([:], [])
    }
}
