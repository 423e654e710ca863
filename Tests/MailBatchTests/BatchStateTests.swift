import Foundation
import MailModel
import MailSQLite
import Testing

@testable import MailBatch

/// What a state file remembers from process to process, and what it never holds.
struct BatchStateTests {
    /// A file of its own that is gone behind the body.
    private static func withFile<Result>(_ body: (String) async throws -> Result) async throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appending(path: "state-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try await body(folder.appending(path: "rows.state").path)
    }

    private static func row(_ number: Int, _ address: String = "a@x.test", password: String = "blue-Kettle+42") throws
        -> BatchRow
    {
        var row = BatchRow(number: number, line: number + 1, address: try EmailAddress(address))
        row.smtpPassword = .value(Secret(password))
        return row
    }

    private static func entry(_ row: BatchRow, _ state: BatchState) -> BatchState.Entry {
        BatchState.Entry(
            tag: state.tags.tag(of: row, for: "check"), number: row.number, line: row.line,
            address: row.address.description, cells: ["cell"])
    }

    private static func word(_ knowledge: BatchState.Knowledge) -> String {
        switch knowledge {
        case .new: "new"
        case .interrupted: "interrupted"
        case .answered(let answer): "answered \(answer.status)"
        case .duplicate(let number, _): "duplicate of \(number)"
        }
    }

    private static func enter(
        _ rows: [BatchRow], _ state: BatchState, retry: RetryChoice = .none
    ) async throws -> [String] {
        try await state.enter(rows.map { entry($0, state) }, retry: retry).map(word)
    }

    private static func answer(_ row: BatchRow, _ status: Int, _ state: BatchState) async throws {
        let answer = RowAnswer(
            number: row.number, line: row.line, address: row.address.description, status: status,
            verdict: status == 0 ? .ready : .cannotTell, report: "{}")
        try await state.answer(entry(row, state).tag, answer)
    }

    /// Each row's statements find theirs by an index: a hundred thousand rows take a hundred times as long as a thousand.
    @Test(arguments: [RowTable.byAddress] + RowTable.forgettingOthers) func noStatementWalksOverAllRows(
        _ statement: String
    ) async throws {
        try await Self.withFile { path in
            let plan = try StateFile.open(path).sync { database in
                try database.rows("EXPLAIN QUERY PLAN \(statement)", ["a@x.test", 1]).map { "\($0)" }.joined()
            }
            #expect(plan.contains("row_address (address=?)"), "\(plan)")
            #expect(!plan.contains("SCAN") && !plan.contains("row_number"), "\(plan)")
        }
    }

    @Test func anAnsweredRowIsAnsweredFromTheFile() async throws {
        try await Self.withFile { path in
            let row = try Self.row(1)
            let first = try BatchState(path: path)
            #expect(try await Self.enter([row], first) == ["new"])
            try await Self.answer(row, 0, first)
        }
    }

    /// The next process finds what the one before left, wherever that ended.
    @Test func whatTheNextProcessFinds() async throws {
        try await Self.withFile { path in
            let (done, begun, untouched) = (
                try Self.row(1), try Self.row(2, "b@x.test"), try Self.row(3, "c@x.test")
            )
            do {
                let state = try BatchState(path: path)
                #expect(!state.isResumed)
                _ = try await Self.enter([done, begun, untouched], state)
                try await Self.answer(done, 0, state)
                let claim = try await state.claim([1], [1], for: Self.entry(begun, state).tag, trustsEarlier: true)
                guard case .granted = claim else {
                    Issue.record("not granted")
                    return
                }
            }
            let next = try BatchState(path: path)
            #expect(next.isResumed)
            let changed = try Self.row(4, "c@x.test", password: "another")
            let known = try await Self.enter([done, begun, changed], next)
            #expect(known == ["answered 0", "interrupted", "new"])
            let left = try await next.finishReading()
            #expect(left.changed == 1)
            #expect(left.gone == 0)
            let again = try await next.claim([1], [1], for: [9], trustsEarlier: true)
            guard case .refused = again else {
                Issue.record("a login was granted twice")
                return
            }
        }
    }

    @Test func rowsAreTriedAgainOnlyWhenAsked() async throws {
        try await Self.withFile { path in
            let rows = try (0...4).map { try Self.row($0 + 1, "u\($0)@x.test") }
            do {
                let state = try BatchState(path: path)
                _ = try await Self.enter(rows, state)
                for (status, row) in rows.enumerated() { try await Self.answer(row, status, state) }
            }
            for (retry, expected) in [
                (RetryChoice.none, ["answered 0", "answered 1", "answered 2", "answered 3", "answered 4"]),
                (.cannotTell, ["answered 0", "answered 1", "new", "answered 3", "answered 4"]),
                (.failed, ["answered 0", "new", "new", "new", "new"]),
            ] {
                let state = try BatchState(path: path)
                #expect(try await Self.enter(rows, state, retry: retry) == expected)
            }
        }
    }

    @Test func theSameAddressTwiceIsTold() async throws {
        try await Self.withFile { path in
            let state = try BatchState(path: path)
            let rows = [try Self.row(1), try Self.row(2, password: "other"), try Self.row(3)]
            #expect(try await Self.enter(rows, state) == ["new", "duplicate of 1", "duplicate of 1"])
        }
    }

    /// Rows of one login share what the server said to it.
    @Test func oneLoginForManyRows() async throws {
        try await Self.withFile { path in
            let state = try BatchState(path: path)
            guard case .granted = try await state.claim([7], [1], for: [1], trustsEarlier: false) else {
                Issue.record("not granted")
                return
            }
            async let second = state.claim([7], [1], for: [2], trustsEarlier: false)
            let reply = ServerReply(code: 235, text: ServerText("ok"))
            try await state.ended([7], LoginFacts(mechanism: "PLAIN", username: "u", reply: reply))
            guard case .answered(let facts) = try await second else {
                Issue.record("the answer was not shared")
                return
            }
            #expect(facts.isAccepted)
            // Another credential that only looks the same by its few bits gets nothing of it.
            guard case .refused = try await state.claim([7], [2], for: [3], trustsEarlier: true) else {
                Issue.record("the answer was shared by another credential")
                return
            }
        }
    }

    /// What an earlier process was told counts for the row that was told it, and for no other.
    @Test func anEarlierAnswerIsItsRowsOwn() async throws {
        try await Self.withFile { path in
            do {
                let state = try BatchState(path: path)
                _ = try await state.claim([7], [1], for: [1], trustsEarlier: true)
                let reply = ServerReply(code: 235, text: ServerText("ok"))
                try await state.ended([7], LoginFacts(mechanism: "PLAIN", username: "u", reply: reply))
            }
            let next = try BatchState(path: path)
            guard case .refused = try await next.claim([7], [1], for: [2], trustsEarlier: true),
                case .refused = try await next.claim([7], [1], for: [1], trustsEarlier: false),
                case .answered = try await next.claim([7], [1], for: [1], trustsEarlier: true)
            else {
                Issue.record("it counts for the wrong one")
                return
            }
        }
    }

    @Test func twoProcessesDoNotShareAFile() async throws {
        try await Self.withFile { path in
            let first = try BatchState(path: path)
            _ = try await Self.enter([try Self.row(1)], first)
            #expect(throws: BatchStateError.self) { try BatchState(path: path) }
            withExtendedLifetime(first) {}
        }
    }

    /// What is something else is left as it is.
    @Test(arguments: ["hello", "SQLite format 3\u{0}" + String(repeating: "x", count: 100)])
    func otherFilesAreLeftAlone(text: String) async throws {
        try await Self.withFile { path in
            try Data(text.utf8).write(to: URL(filePath: path))
            let error = #expect(throws: BatchStateError.self) { try BatchState(path: path) }
            #expect(error?.code == .notAState)
            #expect(try Data(contentsOf: URL(filePath: path)) == Data(text.utf8))
        }
    }

    @Test func theFileHoldsNoSecretAndIsTheOwners() async throws {
        try await Self.withFile { path in
            let state = try BatchState(path: path)
            let row = try Self.row(1)
            _ = try await Self.enter([row], state)
            let hash = state.tags.hash(
                of: RowTag.LoginAttemptParts(
                    service: "smtp", host: "s.x.test", username: "a@x.test", credential: "blue-Kettle+42"))
            _ = try await state.claim(hash, [1], for: Self.entry(row, state).tag, trustsEarlier: false)
            let folder = URL(filePath: path).deletingLastPathComponent()
            for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
                let file = folder.appending(path: name)
                let octets = try Data(contentsOf: file)
                #expect(octets.range(of: Data("blue-Kettle+42".utf8)) == nil, "\(name)")
                let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
                #expect(mode == 0o600, "\(name)")
            }
        }
    }
}
