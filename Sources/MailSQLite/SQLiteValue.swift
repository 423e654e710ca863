/// What a cell of SQLite holds: one of its five storage classes, whatever its column says (SQLite, "Datatypes").
package enum SQLiteValue: Hashable, Sendable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case blob([UInt8])

    /// The number that a cell holds; nil for everything else.
    package var integer: Int64? { if case .integer(let number) = self { number } else { nil } }
}

/// What can stand for a question mark of a statement.
package protocol SQLiteArgument {
    /// The value that is bound.
    var sqlite: SQLiteValue { get }
}

extension String: SQLiteArgument {
    package var sqlite: SQLiteValue { .text(self) }
}

extension Int: SQLiteArgument {
    package var sqlite: SQLiteValue { .integer(Int64(self)) }
}

extension Int64: SQLiteArgument {
    package var sqlite: SQLiteValue { .integer(self) }
}

extension Double: SQLiteArgument {
    package var sqlite: SQLiteValue { .real(self) }
}

extension [UInt8]: SQLiteArgument {
    package var sqlite: SQLiteValue { .blob(self) }
}

extension Optional: SQLiteArgument where Wrapped: SQLiteArgument {
    package var sqlite: SQLiteValue { self?.sqlite ?? .null }
}

/// What SQLite answered in place of "done".
package struct SQLiteError: Error, Hashable, Sendable {
    /// What kind of trouble it is, as far as somebody acts on it.
    package enum Kind: Hashable, Sendable {
        /// Somebody else has it locked.
        case busy
        /// The disk is full.
        case full
        /// The file is damaged, or none of SQLite's.
        case damaged
        /// The file cannot be opened or written.
        case inaccessible
        case other
    }

    /// The primary result code (SQLite, "Result and Error Codes").
    package let code: Int32
    /// The kind of trouble.
    package let kind: Kind
    /// SQLite's words. They name tables, columns and files, never what is in a cell.
    package let message: String
}
