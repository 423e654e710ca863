import FoundationEssentials
import MailSQLite

/// Reads the cells of a state file. A cell can hold anything, whatever its column says (SQLite, "Datatypes").
struct StateCells {
    private let row: [String: SQLiteValue]

    init(_ row: [String: SQLiteValue]) { self.row = row }

    /// The one row that a query gives; nil for none.
    static func one(
        _ database: SQLiteConnection, _ sql: String, _ arguments: [any SQLiteArgument] = []
    ) throws -> StateCells? {
        try database.rows(sql, arguments).first.map(StateCells.init)
    }

    func text(_ column: String) throws(BatchStateError) -> String? {
        switch value(column) {
        case .null: nil
        case .text(let text): text
        case .integer, .real, .blob: throw damage(column)
        }
    }

    func number(_ column: String) throws(BatchStateError) -> Int? {
        switch value(column) {
        case .null: nil
        case .integer(let number): Int(clamping: number)
        case .real, .text, .blob: throw damage(column)
        }
    }

    func octets(_ column: String) throws(BatchStateError) -> [UInt8]? {
        switch value(column) {
        case .null: nil
        case .blob(let octets): octets
        case .integer, .real, .text: throw damage(column)
        }
    }

    /// A number that must be there.
    func count(_ column: String) throws(BatchStateError) -> Int {
        guard let number = try number(column) else { throw damage(column) }
        return number
    }

    private func value(_ column: String) -> SQLiteValue { row[column] ?? .null }

    private func damage(_ column: String) -> BatchStateError {
        BatchStateError(.notAState, "the state file is damaged: a row holds something else than it should as \(column)")
    }
}
