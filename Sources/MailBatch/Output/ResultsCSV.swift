internal import MailModel

/// The rows of the input with what became of them, as CSV (RFC 4180): secrets are left out, and a cell that a spreadsheet would
/// take for a formula is made a text.
public struct ResultsCSV {
    /// The columns behind those of the input.
    static let added = [
        "row", "verdict", "cause", "reason", "fix", "who", "provider", "registration", "inbox_id",
        "advised_daily_limit",
    ]

    private let state: BatchState
    private let headers: [String]

    /// Takes what is to be written.
    ///
    /// - Parameters:
    ///   - state: The answers.
    ///   - headers: The names of the input's columns that are carried over.
    public init(_ state: BatchState, headers: [String]) {
        self.state = state
        self.headers = headers
    }

    /// Writes all rows in the order of the input.
    ///
    /// - Parameter write: Takes a part.
    /// - Throws: `BatchStateError`, and what `write` throws.
    public func write(_ write: (String) throws -> Void) async throws {
        try write(Self.line(headers + Self.added))
        var last = 0
        while true {
            let rows = try await state.rows(after: last, most: 500)
            guard let end = rows.last else { return }
            last = end.number
            try write(rows.map { Self.line(cells($0.cells, $0.number, $0.answer)) }.joined())
        }
    }

    private func cells(_ cells: [String], _ number: Int, _ answer: RowAnswer?) -> [String] {
        var values = cells
        if values.isEmpty, let answer, !answer.address.isEmpty, let first = headers.indices.first {
            // A row that could not be read: its address is better than nothing.
            values = headers.indices.map { $0 == first ? answer.address : "" }
        }
        while values.count < headers.count { values.append("") }
        guard let answer else { return values + [String(number)] + Self.added.dropFirst().map { _ in "" } }
        let limit = answer.status == 0 ? answer.dailyLimit.map(String.init) : nil
        return values + [
            String(number), answer.verdict?.rawValue ?? "bad_row", answer.status == 0 ? "" : answer.cause ?? "",
            answer.sentence ?? "", answer.fix ?? "", answer.who ?? "", answer.provider ?? "",
            answer.registration?.rawValue ?? "", answer.inboxID ?? "", limit ?? "",
        ]
    }

    private static func line(_ cells: [String]) -> String { cells.map(cell).joined(separator: ",") + "\r\n" }

    /// One cell. What begins like a formula gets an apostrophe in front (OWASP, "CSV Injection").
    static func cell(_ text: String) -> String {
        var value = text
        let begin = value.unicodeScalars.first { !["\u{20}", "\u{A0}", "\u{FEFF}"].contains($0) }
        if let begin,
            ["=", "+", "-", "@", "\t", "\r", "\n", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}"].contains(begin)
        {
            value = "'" + value
        }
        let needsQuotes = value.utf8.contains { [44, 34, 10, 13, 59, 9].contains($0) } || value.hasPrefix(" ")
        return needsQuotes ? "\"" + value.replacing("\"", with: "\"\"") + "\"" : value
    }
}
