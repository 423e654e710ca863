import Foundation
import MailModel
import MailRegistration
import Testing

@Suite struct RegistrationJournalTests {
    private static let now = TestAccount.now
    private static let key = "cs_live_one-abcdef"
    private static let otherKey = "cs_live_two-abcdef"

    private func begin(
        _ journal: RegistrationJournal, _ account: TestAccount = TestAccount(), key: String = key,
        base: String = "https://api.example", resolving: Bool = false
    ) async throws -> JournalClaim {
        try await journal.begin(
            account.request(), base: APIBase(base), key: APIKey(Secret(key)), resolving: resolving, now: Self.now)
    }

    private func number(_ claim: JournalClaim) throws -> Int64 {
        guard case .begun(let id) = claim else { throw NotBegun() }
        return id
    }

    private struct NotBegun: Error {}

    private func outcome(_ status: RegistrationOutcome.Status) -> RegistrationOutcome {
        RegistrationOutcome(
            status: status, reason: "the words", inboxID: "box-1", overallStatus: "PENDING", dailyLimit: 25,
            createdAt: Self.now, httpStatus: 201)
    }

    /// What attempts came to, nil for no answer, and what the next `begin` is told.
    struct Case: Sendable, CustomTestStringConvertible {
        let ends: [RegistrationOutcome.Status?]
        let state: JournalEntry.State?

        var testDescription: String { "\(ends.map { $0?.rawValue ?? "-" }) \(state?.rawValue ?? "free")" }
    }

    static let cases = [
        Case(ends: [], state: nil),
        Case(ends: [.registered], state: .registered),
        Case(ends: [.alreadyRegistered], state: .alreadyRegistered),
        Case(ends: [.refused], state: nil),
        Case(ends: [.notAttempted], state: nil),
        Case(ends: [.unknown], state: .unknown),
        Case(ends: [nil], state: .unknown),
        Case(ends: [.refused, .refused, nil], state: .unknown),
        Case(ends: [nil, .registered], state: .registered),
        Case(ends: [nil, .alreadyRegistered], state: .alreadyRegistered),
        // Another answer than "there" leaves open what became of the first request.
        Case(ends: [nil, .refused], state: .unknown),
        Case(ends: [.unknown, .notAttempted], state: .unknown),
        Case(ends: [.registered, .refused], state: .registered),
        Case(ends: [.registered, nil], state: .registered),
    ]

    @Test(arguments: cases) func knows(given: Case) async throws {
        try await JournalFolder.with { folder in
            let journal = try folder.open()
            for end in given.ends {
                let id = try await number(begin(journal, resolving: true))
                if let end { try await journal.answer(id, outcome(end), now: Self.now) }
            }
            // A process that comes later reads the same.
            let claim = try await begin(folder.open())
            switch (claim, given.state) {
            case (.begun, nil): break
            case (.known(.registered(let entry)), let state?): #expect(entry.state == state && state.isThere)
            case (.known(.unknown(let entry)), let state?): #expect(entry.state == state && state == .unknown)
            default: Issue.record("\(claim)")
            }
            let count = try await folder.open().entries().count
            #expect(count == given.ends.count + (given.state == nil ? 1 : 0))
        }
    }

    @Test func anotherKeyIsAnotherWorkspaceUnlessTheEndIsOpen() async throws {
        try await JournalFolder.with { folder in
            let journal = try folder.open()
            try await journal.answer(number(begin(journal)), outcome(.registered), now: Self.now)
            let id = try await number(begin(journal, key: Self.otherKey))
            guard case .known(.unknown(let entry)) = try await begin(journal, key: "cs_live_three") else {
                Issue.record("an open end must be told to every key")
                return
            }
            #expect(entry.id == id)
            guard case .known(.registered) = try await begin(journal) else {
                Issue.record("the first key knows its own")
                return
            }
        }
    }

    @Test func accountsAreAddressAndAPI() async throws {
        try await JournalFolder.with { folder in
            let journal = try folder.open()
            _ = try await number(begin(journal))
            var other = TestAccount()
            other.address = "JANE@Example.com"
            guard case .known = try await begin(journal, other) else {
                Issue.record("case makes no other account")
                return
            }
            other.address = "john@example.com"
            _ = try await number(begin(journal, other))
            _ = try await number(begin(journal, base: "https://other.example"))
            #expect(try await journal.entries().map(\.id) == [3, 2, 1])
            #expect(try await journal.entries(address: "Jane@example.com").map(\.apiBase).count == 2)
        }
    }

    @Test func anEntryHoldsAllButTheSecrets() async throws {
        try await JournalFolder.with { folder in
            let journal = try folder.open()
            let account = TestAccount()
            let id = try await number(begin(journal, account))
            try await journal.answer(id, outcome(.registered), now: Self.now.addingTimeInterval(2))
            let entry = try #require(try await journal.entries().first)
            #expect(entry.attemptedAt == Self.now && entry.answeredAt == Self.now.addingTimeInterval(2))
            #expect(entry.inboxID == "box-1" && entry.overallStatus == "PENDING" && entry.httpStatus == 201)
            #expect(entry.dailyLimit == 25 && entry.createdAt == Self.now && entry.reason == "the words")
            #expect(entry.settings == (try account.request().redactedFields.filter { $0.value != .redacted }))
            let octets = try folder.octets()
            for secret in [account.smtpPassword, account.imapPassword, Self.key] {
                for form in [secret, Data(secret.utf8).base64EncodedString()] {
                    #expect(!octets.contains(Array(form.utf8)))
                }
            }
            #expect(octets.contains(Array("jane@example.com".utf8)))
        }
    }

    @Test func onlyItsOwnerReadsIt() async throws {
        try await JournalFolder.with { folder in
            let journal = try folder.open()
            _ = try await begin(journal)
            #expect(try folder.mode() == 0o700)
            for name in try FileManager.default.contentsOfDirectory(atPath: folder.folder.path) {
                #expect(try folder.mode(name) == 0o600, "\(name)")
            }
        }
        try await JournalFolder.with { folder in
            _ = try folder.open()
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: folder.path)
            _ = try folder.open()
            #expect(try folder.mode("journal.sqlite") == 0o600)
        }
    }

    @Test func changedCredentialsAreSeen() async throws {
        try await JournalFolder.with { folder in
            let journal = try folder.open()
            let account = TestAccount()
            _ = try await begin(journal, account)
            let entry = try #require(try await journal.entries().first)
            #expect(entry.fingerprint.count == 4)
            #expect(!journal.credentialsChanged(try account.request(), since: entry))
            let changes: [(inout TestAccount) -> Void] = [
                { $0.smtpPassword += "x" }, { $0.imapPassword += "x" }, { $0.smtpUsername = "x" },
                { $0.imapUsername = "x" }, { swap(&$0.smtpPassword, &$0.imapPassword) },
            ]
            let seen = try changes.count { change in
                var changed = account
                change(&changed)
                return journal.credentialsChanged(try changed.request(), since: entry)
            }
            // Each change is missed once in 65,536 times, since the key is random; two at once never in practice.
            #expect(seen >= changes.count - 1)
            var same = account
            same.displayName = "Another"
            #expect(!journal.credentialsChanged(try same.request(), since: entry))
        }
    }

    @Test func forgets() async throws {
        try await JournalFolder.with { folder in
            let journal = try folder.open()
            _ = try await begin(journal)
            _ = try await begin(journal, base: "https://other.example")
            #expect(try await journal.forget(address: "JANE@example.com", base: APIBase("https://other.example")) == 1)
            #expect(try await journal.entries().map(\.apiBase) == ["https://api.example"])
            #expect(try await journal.forget(address: "jane@example.com") == 1)
            #expect(try await journal.forget(address: "jane@example.com") == 0)
            _ = try await number(begin(journal))
        }
    }

    @Test func ofManyAtOnceOneBegins() async throws {
        try await JournalFolder.with { folder in
            let journals = [try folder.open(), try folder.open(), try folder.open()]
            let begun = try await withThrowingTaskGroup(of: Bool.self) { group in
                for turn in 0..<24 {
                    group.addTask {
                        if case .begun = try await begin(journals[turn % journals.count]) { true } else { false }
                    }
                }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(begun == 1)
        }
    }

    /// Whoever is killed leaves the files as they are: a copy of them, made without closing, knows the attempt.
    @Test func whatWasBegunOutlivesItsProcess() async throws {
        try await JournalFolder.with { folder in
            let journal = try folder.open()
            let id = try await number(begin(journal))
            try await JournalFolder.with { copy in
                try FileManager.default.copyItem(at: folder.folder, to: copy.folder)
                guard case .known(.unknown(let entry)) = try await begin(copy.open()) else {
                    Issue.record("lost")
                    return
                }
                #expect(entry.id == id)
            }
            try await journal.answer(id, outcome(.registered), now: Self.now)
            try await JournalFolder.with { copy in
                try FileManager.default.copyItem(at: folder.folder, to: copy.folder)
                #expect(try await copy.open().entries().map(\.state) == [.registered])
            }
        }
    }

    @Test func timesOfRequestsAreKept() async throws {
        try await JournalFolder.with { folder in
            let journal = try folder.open()
            _ = try await begin(journal)
            let base = try APIBase("https://api.example")
            #expect(
                try await journal.requests(to: base, since: Self.now.addingTimeInterval(-1), now: Self.now) == [
                    Self.now
                ])
            #expect(try await journal.requests(to: base, since: Self.now, now: Self.now).isEmpty)
            #expect(
                try await journal.requests(
                    to: APIBase("https://other.example"), since: .distantPast, now: Self.now
                ).isEmpty)
        }
    }
}
