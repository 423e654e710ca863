import Foundation
import GRDB

/// Reads the cells of a state file. A cell can hold anything, whatever its column says (SQLite, "Datatypes").
struct StateCells {
    private let row: Row

    init(_ row: Row) { self.row = row }

    /// The one row that a query gives; nil for none.
    static func one(
        _ database: Database, _ sql: String, _ arguments: StatementArguments = StatementArguments()
    ) throws -> StateCells? {
        try Row.fetchOne(database, sql: sql, arguments: arguments).map(StateCells.init)
    }

    func text(_ column: String) throws(BatchStateError) -> String? {
        switch value(column) {
        case .null: nil
        case .string(let text): text
        case .int64, .double, .blob: throw damage(column)
        }
    }

    func number(_ column: String) throws(BatchStateError) -> Int? {
        switch value(column) {
        case .null: nil
        case .int64(let number): Int(clamping: number)
        case .double, .string, .blob: throw damage(column)
        }
    }

    func octets(_ column: String) throws(BatchStateError) -> [UInt8]? {
        switch value(column) {
        case .null: nil
        case .blob(let data): data.withUnsafeBytes { Array($0) }
        case .int64, .double, .string: throw damage(column)
        }
    }

    /// A number that must be there.
    func count(_ column: String) throws(BatchStateError) -> Int {
        guard let number = try number(column) else { throw damage(column) }
        return number
    }

    private func value(_ column: String) -> DatabaseValue.Storage {
        (row[column] as DatabaseValue?)?.storage ?? .null
    }

    private func damage(_ column: String) -> BatchStateError {
        BatchStateError(.notAState, "the state file is damaged: a row holds something else than it should as \(column)")
    }
}
