import Testing

@testable import MailProtocol

struct LineSplitterTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let input: String
        let limit: Int
        let expected: [LineSplitter.Event]
        var testDescription: String { "\(input.debugDescription), limit \(limit)" }

        init(_ input: String, limit: Int = 100, _ lines: [String], then last: LineSplitter.Event = .incomplete) {
            self.input = input
            self.limit = limit
            expected = lines.map { .line(Array($0.utf8)) } + [last]
        }
    }

    @Test(arguments: [
        Case("", []),
        Case("a", []),
        Case("a\r\n", ["a"]),
        Case("a\n", ["a"]),
        Case("a\r\r\nb", ["a"]),
        Case("\r\n\n", ["", ""]),
        Case("a\rb\r\n", ["a\rb"]),
        Case("a\0b\r\nc\r\n", ["a\0b", "c"]),
        Case("abc\r\n", limit: 5, ["abc"]),
        Case("abcd\r\n", limit: 5, [], then: .tooLong(prefix: Array("abcd\r".utf8))),
        Case("abcd\n", limit: 5, ["abcd"]),
        Case("abcd", limit: 5, []),
        Case("abcde", limit: 5, [], then: .tooLong(prefix: Array("abcde".utf8))),
        Case("a\nbcdefgh\n", limit: 5, ["a"], then: .tooLong(prefix: Array("bcdef".utf8))),
    ])
    func lines(_ testCase: Case) {
        var whole = LineSplitter(limit: testCase.limit)
        whole.append(Array(testCase.input.utf8))
        #expect(events(&whole) == testCase.expected)

        var piecemeal = LineSplitter(limit: testCase.limit)
        var seen: [LineSplitter.Event] = []
        for octet in testCase.input.utf8 {
            piecemeal.append([octet])
            seen += events(&piecemeal).filter { $0 != .incomplete }
        }
        #expect(seen.first(testCase.expected.count) == testCase.expected.filter { $0 != .incomplete })
    }

    @Test func literalsAreTakenWhole() {
        var splitter = LineSplitter(limit: 10)
        splitter.append(Array("{4}\r\na\nb".utf8))
        #expect(splitter.nextLine() == .line(Array("{4}".utf8)))
        #expect(splitter.take(4) == nil)
        splitter.append(Array("c rest\r\n".utf8))
        #expect(splitter.take(4) == Array("a\nbc".utf8))
        #expect(splitter.nextLine() == .line(Array(" rest".utf8)))
        #expect(splitter.count == 0)
    }

    @Test func discardingCounts() {
        var splitter = LineSplitter(limit: 10)
        splitter.append(Array("go\r\n250 evil".utf8))
        _ = splitter.nextLine()
        #expect(splitter.discardAll() == 8)
        #expect(splitter.nextLine() == .incomplete)
        splitter.append(Array("x\n".utf8))
        #expect(splitter.nextLine() == .line([0x78]))
    }

    /// All events up to the first that ends the reading.
    private func events(_ splitter: inout LineSplitter) -> [LineSplitter.Event] {
        var result: [LineSplitter.Event] = []
        while true {
            let event = splitter.nextLine()
            result.append(event)
            guard case .line = event else { return result }
        }
    }
}

extension Array {
    fileprivate func first(_ count: Int) -> [Element] { Array(prefix(count)) }
}
