/// Reads CSV (RFC 4180) as it comes, octet by octet, and knows where everything stands.
///
/// Lines end with CRLF, LF or CR; a value in quotes may hold line ends, and a quote doubled. A quote inside a value that does not
/// begin with one is a character like others: passwords hold quotes. What breaks the rules costs its own record and no
/// other: reading goes on with the next line.
struct CSVReader {
    /// What a file may ask for.
    struct Limits: Sendable {
        /// Octets of one record.
        var record = 1 << 20
        /// Values of one record.
        var fields = 1_000
    }

    /// A value and its place.
    struct Field: Hashable, Sendable {
        /// The value, quotes undone.
        var octets: [UInt8]
        /// The line in the file, from 1.
        var line: Int
        /// The column of its first octet in that line, from 1.
        var column: Int
    }

    /// What was read.
    enum Item: Hashable, Sendable {
        /// A record and the line where it begins.
        case record([Field], line: Int)
        /// A record that could not be read.
        case problem(InputProblem)
    }

    /// What stands between values.
    let separator: UInt8
    private let limits: Limits
    private var buffer: [UInt8] = []
    /// The line at which `buffer` begins.
    private var line: Int
    /// How far into the buffer a record was looked for in vain.
    private var isSkipping = false

    /// A reader that begins at some line.
    ///
    /// - Parameters:
    ///   - separator: `,`, `;` or a tab.
    ///   - line: The line at which the first octets stand.
    ///   - limits: What a record may ask for.
    init(separator: UInt8, line: Int = 1, limits: Limits = Limits()) {
        self.separator = separator
        self.line = line
        self.limits = limits
    }

    /// Takes octets.
    ///
    /// - Parameter octets: The next ones.
    /// - Returns: What is complete now.
    mutating func feed(_ octets: [UInt8]) -> [Item] {
        buffer += octets
        return drain(isEnd: false)
    }

    /// The file is over.
    ///
    /// - Returns: What was left.
    mutating func finish() -> [Item] { drain(isEnd: true) }

    private mutating func drain(isEnd: Bool) -> [Item] {
        var items: [Item] = []
        var start = 0
        while start < buffer.count {
            if isSkipping {
                guard let next = Self.endOfLine(buffer, from: start, isEnd: isEnd) else { break }
                isSkipping = false
                start = next
                line += 1
                continue
            }
            var scan = RecordScan(buffer, from: start, line: line, separator: separator, limits: limits, isEnd: isEnd)
            switch scan.run() {
            case .incomplete:
                buffer.removeFirst(start)
                return items
            case .record(let fields):
                if fields.count > 1 || fields.first.map({ !$0.octets.isEmpty }) == true {
                    items.append(.record(fields, line: line))
                }
                start = scan.place
                line = scan.line
            case .problem(let problem, let resume):
                items.append(.problem(problem))
                (start, line) = resume
                isSkipping = true
            }
        }
        buffer.removeFirst(min(start, buffer.count))
        return items
    }

    /// The place behind the next line end; nil when there is none yet.
    private static func endOfLine(_ octets: [UInt8], from start: Int, isEnd: Bool) -> Int? {
        guard let place = octets[start...].firstIndex(where: { $0 == 10 || $0 == 13 }) else {
            return isEnd ? octets.count : nil
        }
        guard octets[place] == 13 else { return place + 1 }
        if place + 1 < octets.count { return octets[place + 1] == 10 ? place + 2 : place + 1 }
        return isEnd ? place + 1 : nil
    }
}

/// Looks for one record in a buffer.
private struct RecordScan {
    enum Result {
        /// Its end is not there yet.
        case incomplete
        case record([CSVReader.Field])
        /// It breaks the rules; reading goes on behind the next line end after that place.
        case problem(InputProblem, resume: (place: Int, line: Int))
    }

    private let octets: [UInt8]
    private let begin: Int
    private let firstLine: Int
    private let separator: UInt8
    private let limits: CSVReader.Limits
    private let isEnd: Bool
    private(set) var place: Int
    private(set) var line: Int
    private var lineStart: Int
    private var fields: [CSVReader.Field] = []

    init(
        _ octets: [UInt8], from place: Int, line: Int, separator: UInt8, limits: CSVReader.Limits, isEnd: Bool
    ) {
        self.octets = octets
        begin = place
        self.place = place
        self.line = line
        firstLine = line
        lineStart = place
        self.separator = separator
        self.limits = limits
        self.isEnd = isEnd
    }

    mutating func run() -> Result {
        while true {
            let value: [UInt8]
            let (fieldLine, column) = (line, place - lineStart + 1)
            if place < octets.count, octets[place] == UInt8(ascii: "\"") {
                switch quoted() {
                case .value(let octets): value = octets
                case .incomplete: return waiting(fieldLine, column)
                case .problem(let result): return result
                }
            } else {
                let from = place
                while place < octets.count, octets[place] != separator, octets[place] != 10, octets[place] != 13 {
                    place += 1
                }
                value = Array(octets[from..<place])
            }
            fields.append(CSVReader.Field(octets: value, line: fieldLine, column: column))
            guard fields.count <= limits.fields else {
                return problem(.tooLarge, fieldLine, column, "a row has at most \(limits.fields) values")
            }
            guard place < octets.count else {
                return isEnd ? .record(fields) : waiting(fieldLine, column)
            }
            if octets[place] == separator {
                place += 1
                if place == octets.count, isEnd {
                    fields.append(CSVReader.Field(octets: [], line: line, column: place - lineStart + 1))
                    return .record(fields)
                }
                continue
            }
            return endRecord() ? .record(fields) : .incomplete
        }
    }

    /// Goes behind the line end; false when it is not known yet whether an LF follows the CR.
    private mutating func endRecord() -> Bool {
        guard let next = behindLineEnd(place) else { return false }
        place = next
        line += 1
        return true
    }

    private func behindLineEnd(_ place: Int) -> Int? {
        guard octets[place] == 13 else { return place + 1 }
        if place + 1 < octets.count { return octets[place + 1] == 10 ? place + 2 : place + 1 }
        return isEnd ? place + 1 : nil
    }

    private enum Quoted {
        case value([UInt8])
        case incomplete
        case problem(Result)
    }

    private mutating func quoted() -> Quoted {
        place += 1
        var value: [UInt8] = []
        while place < octets.count {
            let octet = octets[place]
            if octet != UInt8(ascii: "\"") {
                value.append(octet)
                place += 1
                if octet == 10 || (octet == 13 && place < octets.count && octets[place] != 10) {
                    line += 1
                    lineStart = place
                }
                continue
            }
            if place + 1 < octets.count, octets[place + 1] == octet {
                value.append(octet)
                place += 2
                continue
            }
            if place + 1 == octets.count {
                if !isEnd { return .incomplete }
                place += 1
                return .value(value)
            }
            place += 1
            guard [separator, 10, 13].contains(octets[place]) else {
                return .problem(
                    problem(
                        .brokenQuotes, line, place - lineStart + 1,
                        "behind a closing quote a separator or the end of the line must stand; a quote inside a value is doubled"
                    ))
            }
            return .value(value)
        }
        return .incomplete
    }

    /// More may come; but not for ever, and not at the end of the file.
    private func waiting(_ fieldLine: Int, _ column: Int) -> Result {
        if isEnd {
            return .problem(
                InputProblem(
                    .brokenQuotes, "a quote is opened here and never closed", line: fieldLine, column: column),
                resume: (begin, firstLine))
        }
        guard octets.count - begin > limits.record else { return .incomplete }
        return .problem(
            InputProblem(
                .tooLarge, "a row takes at most \(limits.record) octets; is a quote opened here and never closed?",
                line: fieldLine, column: column),
            resume: (begin, firstLine))
    }

    private func problem(_ id: InputProblem.ID, _ line: Int, _ column: Int, _ reason: String) -> Result {
        .problem(InputProblem(id, reason, line: line, column: column), resume: (place, self.line))
    }
}
