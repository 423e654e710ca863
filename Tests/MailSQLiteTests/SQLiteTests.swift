import Foundation
import MailSQLite
import Testing

/// The thin layer over SQLite: values come back as they went in, and what fails is taken back and told by its kind.
@Suite struct SQLiteTests {
    private func withFile<Result>(_ body: (String) throws -> Result) throws -> Result {
        let file = FileManager.default.temporaryDirectory.appending(path: "sqlite-\(UUID().uuidString)").path
        defer { for end in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: file + end) } }
        return try body(file)
    }

    private func withTable<Result>(_ body: (SQLiteConnection) throws -> Result) throws -> Result {
        try withFile { file in
            let connection = try SQLiteConnection(path: file, patience: .zero)
            try connection.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, x); CREATE TABLE once (y UNIQUE)")
            return try body(connection)
        }
    }

    static let values: [SQLiteValue] = [
        .null, .integer(.min), .integer(0), .real(-0.5), .real(1e300), .text(""), .text("a\0b ' é 🔑"), .blob([]),
        .blob([0, 255, 39]),
    ]

    /// Statements are compiled once: a later run has none of the arguments of an earlier one, also of one that failed, and sees
    /// a column that was added meanwhile.
    @Test func aStatementThatIsRunAgainBeginsAnew() throws {
        try withTable { connection in
            try connection.execute("INSERT INTO once (y) VALUES (?)", ["first"])
            #expect(throws: SQLiteError.self) { try connection.execute("INSERT INTO once (y) VALUES (?)", ["first"]) }
            _ = try connection.rows("INSERT INTO once (y) VALUES (?)")
            #expect(try connection.rows("SELECT y FROM once ORDER BY y") == [["y": .null], ["y": .text("first")]])
            try connection.execute("ALTER TABLE once ADD COLUMN z DEFAULT 7")
            let rows = try connection.rows("SELECT * FROM once WHERE y = ?", ["first"])
            #expect(rows == [["y": .text("first"), "z": .integer(7)]])
            // More than are kept.
            for number in 0..<200 {
                #expect(try connection.rows("SELECT \(number) AS n") == [["n": .integer(Int64(number))]])
            }
            try connection.transaction { .commit }
        }
    }

    @Test(arguments: values) func aValueComesBackAsItWentIn(_ value: SQLiteValue) throws {
        try withTable { connection in
            let argument: any SQLiteArgument =
                switch value {
                case .null: String?.none
                case .integer(let number): number
                case .real(let number): number
                case .text(let text): text
                case .blob(let octets): octets
                }
            try connection.execute("INSERT INTO t (x) VALUES (?)", [argument])
            #expect(try connection.rows("SELECT x FROM t WHERE id = ?", [connection.lastInsertedID]) == [["x": value]])
            #expect(connection.changedRows == 1)
        }
    }

    @Test func whatThrowsIsTakenBack() throws {
        struct Stop: Error {}
        try withTable { connection in
            #expect(throws: Stop.self) {
                try connection.transaction {
                    try connection.execute("INSERT INTO t (x) VALUES (1)")
                    throw Stop()
                }
            }
            try connection.transaction {
                try connection.execute("INSERT INTO t (x) VALUES (2)")
                return .rollback
            }
            try connection.transaction(exclusive: true) {
                try connection.execute("INSERT INTO t (x) VALUES (3)")
                return .commit
            }
            #expect(try connection.rows("SELECT x FROM t") == [["x": .integer(3)]])
        }
    }

    @Test func whatIsWrongIsToldByItsKind() throws {
        func kind(_ body: () throws -> Void) -> SQLiteError.Kind? {
            do { try body() } catch { return (error as? SQLiteError)?.kind }
            return nil
        }
        try withFile { file in
            let one = try SQLiteConnection(path: file, patience: .zero)
            try one.execute("CREATE TABLE once (y UNIQUE); INSERT INTO once VALUES (1); BEGIN EXCLUSIVE")
            #expect(kind { _ = try SQLiteConnection(path: file, patience: .zero).rows("SELECT * FROM once") } == .busy)
            try one.execute("COMMIT")
            #expect(kind { try one.execute("INSERT INTO once VALUES (?)", [1]) } == .other)
            #expect(kind { try one.execute("no SQL") } == .other)
        }
        try withFile { file in
            try Data("this is a text, and no database at all; it is longer than a header is".utf8).write(
                to: URL(filePath: file))
            let text = try SQLiteConnection(path: file, patience: .zero)
            #expect(kind { _ = try text.rows("SELECT * FROM sqlite_schema") } == .damaged)
        }
        #expect(kind { _ = try SQLiteConnection(path: "/nowhere/at/all", patience: .zero) } == .inaccessible)
    }

    @Test func theWordsOfAnErrorHoldNoValue() throws {
        try withTable { connection in
            try connection.execute("INSERT INTO once VALUES (?)", ["hunter2"])
            let error = #expect(throws: SQLiteError.self) {
                try connection.execute("INSERT INTO once VALUES (?)", ["hunter2"])
            }
            #expect(error?.message.contains("once.y") == true && error?.message.contains("hunter2") == false)
        }
    }
}
