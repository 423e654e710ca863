import MailBatch
import MailJSON
import MailModel

/// `batch --check`: what a file holds and what would be done with it. Nothing is looked up, sent or written.
struct BatchPreview {
    let rows: FileRows
    let options: ReportOptions

    private struct Counts {
        var accounts = 0
        var bad: [(number: Int, line: Int, problem: InputProblem)] = []
        var badCount = 0
        var notes: [RowNote: Int] = [:]
        var domains: [String: Int] = [:]
        var addresses: [String: (number: Int, line: Int)] = [:]
    }

    /// Bad rows that are shown on a terminal.
    private static let most = 20

    /// Reads the file to its end.
    func run() async throws -> ExitStatus {
        var counts = Counts()
        while let items = try await rows.next() { for item in items { take(item, &counts) } }
        let console = Console(noColor: options.noColor)
        if let layout = options.form.layout {
            try console.print(json(counts).rendered(layout))
        } else if !options.quiet {
            try console.print(text(counts))
        }
        return counts.badCount == 0 ? .ready : .badInput
    }

    private func take(_ item: InputItem, _ counts: inout Counts) {
        switch item {
        case .bad(let number, let line, let problem, _): add(number, line, problem, &counts)
        case .row(let row):
            let address = row.address.description.lowercased()
            if let first = counts.addresses[address] {
                let problem = InputProblem(
                    .duplicateAddress, "the same address stands in row \(first.number) (line \(first.line))",
                    line: row.line)
                return add(row.number, row.line, problem, &counts)
            }
            counts.addresses[address] = (row.number, row.line)
            counts.accounts += 1
            counts.domains[row.address.domain.description, default: 0] += 1
            for note in row.notes { counts.notes[note, default: 0] += 1 }
        }
    }

    private func add(_ number: Int, _ line: Int, _ problem: InputProblem, _ counts: inout Counts) {
        counts.badCount += 1
        if counts.bad.count < 1_000 { counts.bad.append((number, line, problem)) }
    }

    private func text(_ counts: Counts) -> String {
        var lines = [
            counts.badCount == 0
                ? "OK    \(counts.accounts) accounts of \(counts.domains.count) domains would be checked."
                : "FAIL  \(counts.badCount) rows cannot be used; \(counts.accounts) accounts would be checked."
        ]
        if let columns = rows.columns {
            let roles = columns.places.sorted { $0.value < $1.value }
            lines.append("")
            for (role, place) in roles {
                let name = ServerText(String(columns.headers[place].prefix(40))).escaped
                let padding = String(repeating: " ", count: max(1, 26 - name.count))
                lines.append("  \(name)\(padding)\(role.rawValue)\(role.isSecret ? " (never shown)" : "")")
            }
            let ignored = columns.ignored.map { ServerText(String($0.prefix(40))).escaped }
            if !ignored.isEmpty { lines.append("  not used: \(ignored.joined(separator: ", "))") }
        }
        for note in RowNote.allCases {
            if let count = counts.notes[note] { lines.append("  \(count) rows: \(note.words).") }
        }
        if !counts.bad.isEmpty { lines.append("") }
        for (number, _, problem) in counts.bad.prefix(Self.most) { lines.append("  row \(number), \(problem)") }
        if counts.badCount > Self.most { lines.append("  and \(counts.badCount - Self.most) more") }
        return lines.joined(separator: "\n") + "\n"
    }

    private func json(_ counts: Counts) -> JSONValue {
        var object = JSONObject()
        object["schema"] = 1
        object["command"] = "batch"
        object["accounts"] = .integer(counts.accounts)
        object["bad_rows"] = .integer(counts.badCount)
        object["domains"] = .integer(counts.domains.count)
        var columns = JSONObject()
        for (role, place) in (rows.columns?.places ?? [:]).sorted(by: { $0.value < $1.value }) {
            columns[role.rawValue] = .text(rows.columns?.headers[place] ?? "")
        }
        object["columns"] = .object(columns)
        object["ignored_columns"] = .texts(rows.columns?.ignored ?? [])
        var notes = JSONObject()
        for note in RowNote.allCases { if let count = counts.notes[note] { notes[note.rawValue] = .integer(count) } }
        object["notes"] = .object(notes)
        object["problems"] = .list(
            counts.bad.map { number, line, problem in
                var object = JSONObject()
                object["row"] = .integer(number)
                object["line"] = .integer(problem.line ?? line)
                object["column"] = .optional(problem.column)
                object["field"] = .optional(problem.field)
                object["id"] = .text(problem.id.rawValue)
                object["message"] = .text(problem.description)
                return .object(object)
            })
        return .object(object)
    }
}
