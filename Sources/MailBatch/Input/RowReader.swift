internal import MailJSON
internal import MailModel

/// Makes accounts of a file's octets as they come: CSV or NDJSON, whichever it is.
public struct RowReader {
    /// What may be said about a file besides.
    public struct Options: Hashable, Sendable {
        /// What somebody said that a column holds.
        public var columns: [ColumnRole: String] = [:]
        /// Whether every row needs the name that recipients see.
        public var needsName = false

        /// Nothing besides.
        public init() {}
    }

    private enum Form {
        case unknown
        case csv(CSVReader)
        case ndjson
    }

    private let options: Options
    private var encoding = TextEncoding()
    private var form = Form.unknown
    private var buffer: [UInt8] = []
    private var line = 1
    private var isTooLong = false
    private var number = 0
    /// The columns, once the first line was read.
    public private(set) var columns: ColumnMap?
    /// The same for an object with other members.
    private var parser: RowParser?

    /// The longest line of NDJSON.
    static let longestLine = 1 << 20
    /// How far the first line of a CSV file may reach.
    static let longestHeader = 1 << 16

    /// A reader at the begin of a file.
    public init(_ options: Options = Options()) { self.options = options }

    /// The names of the columns that may be written again.
    public var shownHeaders: [String] {
        guard let columns else { return [] }
        return columns.shownColumns.map { columns.headers[$0] }
    }

    /// Takes octets.
    ///
    /// - Parameter octets: The next ones.
    /// - Returns: What is complete now.
    /// - Throws: `InputProblem` when the file as a whole cannot be read.
    public mutating func feed(_ octets: [UInt8]) throws(InputProblem) -> [InputItem] {
        try taken(encoding.feed(octets), isEnd: false)
    }

    /// The file is over.
    ///
    /// - Returns: What was left.
    /// - Throws: `InputProblem` when the file as a whole cannot be read; an empty one holds no account.
    public mutating func finish() throws(InputProblem) -> [InputItem] {
        let items = try taken(encoding.finish(), isEnd: true)
        if columns == nil, number == 0 {
            throw InputProblem(.missingAddress, "the file holds no account: its first line must name the columns")
        }
        return items
    }

    private mutating func taken(_ octets: [UInt8], isEnd: Bool) throws(InputProblem) -> [InputItem] {
        buffer += octets
        if case .unknown = form { try begin(isEnd: isEnd) }
        switch form {
        case .unknown: return []
        case .ndjson: return jsonItems(isEnd: isEnd)
        case .csv(var reader):
            let given = buffer
            buffer = []
            var items = reader.feed(given)
            if isEnd { items += reader.finish() }
            form = .csv(reader)
            return try csvItems(items)
        }
    }

    /// Finds out what kind of file it is, once enough of it is there.
    private mutating func begin(isEnd: Bool) throws(InputProblem) {
        let blanks: Set<UInt8> = [9, 10, 13, 32]
        guard let first = buffer.firstIndex(where: { !blanks.contains($0) }) else {
            if buffer.count > Self.longestHeader { buffer.removeFirst(buffer.count) }
            return
        }
        if buffer[first] == UInt8(ascii: "{") {
            form = .ndjson
            return
        }
        let rest = buffer[first...]
        guard let end = rest.firstIndex(where: { $0 == 10 || $0 == 13 }) else {
            guard isEnd || rest.count > Self.longestHeader else { return }
            form = .csv(CSVReader(separator: Self.separator(of: rest), line: lines(before: first)))
            buffer.removeFirst(first)
            return
        }
        let head = rest[..<end]
        let skipped = lines(before: first)
        // A line of its own by which a spreadsheet is told the separator.
        if head.count == 5, head.starts(with: Array("sep=".utf8)) || head.starts(with: Array("SEP=".utf8)),
            let separator = head.last
        {
            form = .csv(CSVReader(separator: separator, line: skipped + 1))
            let isPair = buffer[end] == 13 && end + 1 < buffer.count && buffer[end + 1] == 10
            buffer.removeFirst(end + (isPair ? 2 : 1))
            return
        }
        form = .csv(CSVReader(separator: Self.separator(of: head), line: skipped))
        buffer.removeFirst(first)
    }

    private func lines(before place: Int) -> Int { 1 + buffer[..<place].count { $0 == 10 } }

    /// The separator that stands most often in the first line, outside of quotes.
    private static func separator(of head: ArraySlice<UInt8>) -> UInt8 {
        var counts: [UInt8: Int] = [:]
        var isQuoted = false
        for octet in head {
            if octet == UInt8(ascii: "\"") { isQuoted.toggle() }
            if !isQuoted { counts[octet, default: 0] += 1 }
        }
        let known = [UInt8(ascii: ","), UInt8(ascii: ";"), 9]
        // The first of equal ones stays.
        return known.reduce(known[0]) { counts[$1, default: 0] > counts[$0, default: 0] ? $1 : $0 }
    }
}

/// CSV.
extension RowReader {
    private mutating func csvItems(_ items: [CSVReader.Item]) throws(InputProblem) -> [InputItem] {
        var result: [InputItem] = []
        for item in items {
            switch item {
            case .problem(let problem):
                guard columns != nil else { throw problem }
                number += 1
                result.append(.bad(number: number, line: problem.line ?? 0, problem: problem, address: nil))
            case .record(let fields, let line):
                guard let columns, let parser else {
                    try head(fields)
                    continue
                }
                guard fields.contains(where: { !$0.octets.isEmpty }) else { continue }
                number += 1
                result.append(row(fields, line, columns, parser))
            }
        }
        return result
    }

    /// The address of a row that cannot be used, where it is one and stands where it should.
    private func address(_ text: String?, _ problem: InputProblem) -> String? {
        guard ![.wrongFieldCount, .badAddress, .missingAddress].contains(problem.id) else { return nil }
        return text.flatMap { try? EmailAddress($0) }?.description
    }

    private mutating func head(_ fields: [CSVReader.Field]) throws(InputProblem) {
        var names: [String] = []
        for field in fields {
            guard let name = String(validating: field.octets, as: UTF8.self) else {
                throw InputProblem(
                    .notUTF8, "the first line is not UTF-8: save the file as CSV UTF-8", line: field.line,
                    column: field.column)
            }
            names.append(name)
        }
        let map = try ColumnMap(names, choices: options.columns)
        columns = map
        parser = RowParser(columns: map, needsName: options.needsName)
    }

    private func row(
        _ fields: [CSVReader.Field], _ line: Int, _ columns: ColumnMap, _ parser: RowParser
    ) -> InputItem {
        var cells: [RowParser.Cell] = []
        do throws(InputProblem) {
            for (place, field) in fields.enumerated() {
                guard let text = String(validating: field.octets, as: UTF8.self) else {
                    throw InputProblem(
                        .notUTF8, "this value is not UTF-8: save the file as CSV UTF-8", line: field.line,
                        column: field.column,
                        field: columns.headers.indices.contains(place) ? columns.headers[place] : nil)
                }
                cells.append(RowParser.Cell(text: text, line: field.line, column: field.column))
            }
            guard fields.count == columns.headers.count else {
                let hint =
                    fields.count > columns.headers.count ? "; a value with a separator in it must stand in quotes" : ""
                throw InputProblem(
                    .wrongFieldCount,
                    "the row has \(fields.count) values, and the first line names \(columns.headers.count)\(hint)",
                    line: line, column: fields.last?.column)
            }
            return .row(try parser.row(cells, number: number, line: line))
        } catch {
            return .bad(
                number: number, line: line, problem: error, address: address(parser.value(.address, cells), error))
        }
    }
}

/// NDJSON.
extension RowReader {
    private mutating func jsonItems(isEnd: Bool) -> [InputItem] {
        var items: [InputItem] = []
        var start = 0
        while start < buffer.count {
            let end = buffer[start...].firstIndex(of: 10)
            guard let stop = end ?? (isEnd ? buffer.count : nil) else { break }
            if let item = isTooLong ? nil : jsonItem(Array(buffer[start..<stop])) { items.append(item) }
            isTooLong = false
            line += 1
            start = min(stop + 1, buffer.count)
        }
        buffer.removeFirst(start)
        if buffer.count > Self.longestLine {
            if !isTooLong {
                number += 1
                let problem = InputProblem(.tooLarge, "a line takes at most \(Self.longestLine) octets", line: line)
                items.append(.bad(number: number, line: line, problem: problem, address: nil))
            }
            isTooLong = true
            buffer = []
        }
        return items
    }

    private mutating func jsonItem(_ octets: [UInt8]) -> InputItem? {
        guard octets.contains(where: { ![9, 13, 32].contains($0) }) else { return nil }
        number += 1
        var address: String?
        do throws(InputProblem) {
            let object = try object(octets)
            let names = object.keys.map { $0 }
            if parser?.columns.headers != names {
                // A choice is about the objects that have such a member.
                let normal = Set(names.map(ColumnMap.normalized))
                let map = try ColumnMap(
                    names, choices: options.columns.filter { normal.contains(ColumnMap.normalized($0.value)) })
                if columns == nil { columns = map }
                parser = RowParser(columns: map, needsName: options.needsName)
            }
            guard let parser else { return nil }
            var cells: [RowParser.Cell] = []
            for (name, value) in zip(object.keys, object.values) { cells.append(try cell(name, value)) }
            address = parser.value(.address, cells)
            var row = try parser.row(cells, number: number, line: line)
            // Every object has its own members; what is written again are those of the first.
            let shown = Dictionary(zip(parser.columns.shownColumns, row.cells)) { first, _ in first }
            row.cells = shownHeaders.map { name in names.firstIndex(of: name).flatMap { shown[$0] } ?? "" }
            return .row(row)
        } catch {
            var problem = error
            problem.line = line
            return .bad(number: number, line: line, problem: problem, address: self.address(address, problem))
        }
    }

    private func object(_ octets: [UInt8]) throws(InputProblem) -> JSONObject {
        let value: JSONValue
        do throws(JSONSyntaxError) {
            value = try JSONParser.parse(octets)
        } catch {
            throw InputProblem(.badJSON, ServerText(String(error.reason.prefix(200))).escaped, line: line)
        }
        guard case .object(let object) = value else {
            throw InputProblem(.badJSON, "a JSON object must stand on each line", line: line)
        }
        return object
    }

    private func cell(_ name: String, _ value: JSONValue) throws(InputProblem) -> RowParser.Cell {
        switch value {
        case .null: return RowParser.Cell(text: "")
        case .text(let text): return RowParser.Cell(text: text)
        case .integer(let number): return RowParser.Cell(text: String(number))
        case .bool(let flag): return RowParser.Cell(text: flag ? "true" : "false")
        case .number(let number): return RowParser.Cell(text: "\(number)")
        case .list, .object:
            throw InputProblem(.badValue, "a text or a number must stand here", line: line, field: name)
        }
    }
}
