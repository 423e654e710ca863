import Testing

@testable import MailBatch

/// RFC 4180 as it is written, and as spreadsheets write it.
struct CSVReaderTests {
    /// A text and what it holds: each record as its line and its values, each problem as its id and place.
    static let rows: [(String, [String])] = [
        ("a,b\n1,2\n", ["1: a|b", "2: 1|2"]),
        ("a,b\r\n1,2\r\n", ["1: a|b", "2: 1|2"]),
        ("a,b\r1,2\r", ["1: a|b", "2: 1|2"]),
        ("a,b\n1,2", ["1: a|b", "2: 1|2"]),
        ("a,b\n\n\n1,2\n", ["1: a|b", "4: 1|2"]),
        ("a,\n", ["1: a|"]),
        ("a,", ["1: a|"]),
        (",\n", ["1: |"]),
        ("\"a\",\"b\"\n", ["1: a|b"]),
        ("\"a,b\",c\n", ["1: a,b|c"]),
        ("\"a\nb\",c\nd,e\n", ["1: a\nb|c", "3: d|e"]),
        ("\"a\r\nb\",c\r\nd,e\r\n", ["1: a\r\nb|c", "3: d|e"]),
        ("\"say \"\"hi\"\"\",c\n", ["1: say \"hi\"|c"]),
        ("\"\",x\n", ["1: |x"]),
        ("pa\"ss,x\n", ["1: pa\"ss|x"]),
        ("pass\",x\n", ["1: pass\"|x"]),
        (" a , b \n", ["1:  a | b "]),
        ("a,\"b\"", ["1: a|b"]),
        ("\"a\"b,c\nd,e\n", ["! broken_quotes 1:4", "2: d|e"]),
        ("\"a\" ,c\nd,e\n", ["! broken_quotes 1:4", "2: d|e"]),
        ("x,\"a\nb\"c\nd,e\n", ["! broken_quotes 2:3", "3: d|e"]),
        ("a,\"b\nc,d\ne,f\n", ["! broken_quotes 1:3", "2: c|d", "3: e|f"]),
        ("\"", ["! broken_quotes 1:1"]),
        ("a\n\"\"\"\n", ["1: a", "! broken_quotes 2:1"]),
        ("", []),
        ("\n\r\n\r", []),
    ]

    @Test(arguments: rows.indices) func isRead(row: Int) {
        let (text, expected) = Self.rows[row]
        var reader = CSVReader(separator: UInt8(ascii: ","))
        let items = reader.feed(Array(text.utf8)) + reader.finish()
        #expect(items.map(Self.shown) == expected)
    }

    /// However the octets come, the same is read.
    @Test(arguments: rows.indices) func isReadTheSameInPieces(row: Int) {
        let (text, expected) = Self.rows[row]
        let octets = Array(text.utf8)
        for cut in 0...octets.count {
            var reader = CSVReader(separator: UInt8(ascii: ","))
            var items = reader.feed(Array(octets[..<cut]))
            items += reader.feed(Array(octets[cut...])) + reader.finish()
            #expect(items.map(Self.shown) == expected, "cut at \(cut)")
        }
        var reader = CSVReader(separator: UInt8(ascii: ","))
        let items = octets.flatMap { reader.feed([$0]) } + reader.finish()
        #expect(items.map(Self.shown) == expected, "octet by octet")
    }

    @Test func valuesKnowTheirPlaces() throws {
        var reader = CSVReader(separator: UInt8(ascii: ";"), line: 7)
        let items = reader.feed(Array("a;\"b\nc\";ü;d\n".utf8))
        guard case .record(let fields, let line)? = items.first else {
            Issue.record("no record")
            return
        }
        #expect(line == 7)
        #expect(fields.map { "\($0.line):\($0.column)" } == ["7:1", "7:3", "8:4", "8:7"])
    }

    /// What is larger than anything sensible costs itself, and what follows is read.
    @Test func limitsHold() {
        var limits = CSVReader.Limits()
        limits.record = 100
        limits.fields = 5
        var reader = CSVReader(separator: UInt8(ascii: ","), limits: limits)
        let endless = "\"" + String(repeating: "x", count: 300)
        var items = reader.feed(Array("a,b\n\(endless)\nc,d\n1,2,3,4,5,6\ne,f\n".utf8))
        items += reader.finish()
        #expect(
            items.map(Self.shown) == [
                "1: a|b", "! too_large 2:1", "3: c|d", "! too_large 4:11", "5: e|f",
            ])
    }

    static func shown(_ item: CSVReader.Item) -> String {
        switch item {
        case .record(let fields, let line):
            "\(line): " + fields.map { String(decoding: $0.octets, as: UTF8.self) }.joined(separator: "|")
        case .problem(let problem): "! \(problem.id.rawValue) \(problem.line ?? 0):\(problem.column ?? 0)"
        }
    }
}
