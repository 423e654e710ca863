import MailModel
import ProviderCatalog
import Testing

/// What the linter asks of knowledge: a source that anybody can open, the class of each domain, figures of the right size.
@Suite struct KnowledgeLintTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var old: String
        var new: String
        var keyPath: String
        var severity: Severity = .error
    }

    static let source = "https://a.example/help"
    static let commit = "0123456789abcdef0123456789abcdef01234567"
    static let limits = #""limits": [], "daily_cap": null"#
    static let imap = #"[{"host": "imap.a.example", "port": 993, "security": "tls", "username": "address"}]"#
    static let both = """
        [{"host": "imap.a.example", "port": 143, "security": "starttls", "username": "address"},
         {"host": "imap.a.example", "port": 993, "security": "tls", "username": "address"}]
        """

    static func limit(_ per: String, _ value: Int) -> String {
        """
        "limits": [{"what": "messages", "per": "\(per)", "value": \(value), "source": "\(source)",
                    "date": "2026-11-22"}], "daily_cap": null
        """
    }

    static func sourced(_ text: String, _ name: String) -> Case {
        Case(testDescription: name, old: source, new: text, keyPath: "sources[0].source")
    }

    static let cases = [
        sourced("public code 60878043332", "a number that only insiders resolve"),
        sourced("http://a.example/help", "plain http"), sourced("a book", "no address at all"),
        sourced("https://help.a.example/", "a front page"),
        sourced("https://a.example", "a front page without a slash"),
        sourced("https://a", "no name"), sourced("https://gone.example/faq/1", "a page that has gone"),
        sourced("https://github.com/o/r/blob/main/list.json", "a file that changes under its readers"),
        sourced("https://github.com/o/r/blob/1aa7738/list.json", "a short commit"),
        sourced("https://github.com/o/r/blob/\(commit)/list.json", "a file without the day of its last change"),
        Case(testDescription: "143 before 993", old: imap, new: both, keyPath: "imap[0].port"),
        Case(
            testDescription: "a free domain of a host of organisations", old: #"["a.example"]"#,
            new: #"["a.example", "free.example"]"#, keyPath: "domains[1]"),
        Case(
            testDescription: "people's mailboxes at a domain of somebody else", old: #""mx": ["#,
            new: #""consumer_domains": ["b.example"], "mx": ["#, keyPath: "consumer_domains[0]"),
        Case(
            testDescription: "a limit with a digit too many", old: limits, new: limit("day", 90_000),
            keyPath: "limits[0].value", severity: .warning),
        Case(
            testDescription: "a limit with a digit lost", old: limits, new: limit("hour", 5),
            keyPath: "limits[0].value",
            severity: .warning),
        Case(
            testDescription: "a cap of another kind", old: limits,
            new: #""limits": [], "daily_cap": {"value": 7, "source": "\#(source)", "date": "2026-11-22"}"#,
            keyPath: "daily_cap.value", severity: .warning),
        Case(
            testDescription: "a limit of nowhere", old: limits,
            new: limit("day", 500).replacing(source, with: "somebody"), keyPath: "limits[0].source"),
        Case(
            testDescription: "a lock-out of nowhere", old: limits,
            new: limits + #", "pace": {"lockout": {"words": "w", "source": "public code 1", "date": "2026-11-22"}}"#,
            keyPath: "pace.lockout.source"),
        Case(
            testDescription: "a help page over plain http", old: #""links": [],"#,
            new: #""links": ["http://a.example/help"],"#, keyPath: "links[0]"),
    ]

    /// What the linter of the example knows.
    static let knowledge = """
        {"about": "test", "free_domains": ["free.example"], "retired": ["https://gone.example/"],
         "derived": [{"source": "https://copy.example/", "from": "https://table.example/", "reason": "it says so"}],
         "source": "https://a.example/list", "date": "2026-11-22"}
        """

    private static func problems(_ profile: String) throws -> [LintProblem] {
        let today = try #require(CatalogFixture.today)
        var problems: [LintProblem] = []
        try CatalogFixture.withCatalog(["profiles/a.json": profile, "lint.json": knowledge]) { folder in
            problems = CatalogLint(directory: folder, today: today).problems()
        }
        return problems
    }

    @Test(arguments: cases) func isFound(_ example: Case) throws {
        let whole = CatalogFixture.profile("a")
        #expect(try Self.problems(whole) == [])
        let broken = CatalogFixture.profile("a", (example.old, example.new))
        #expect(broken != whole)
        #expect(
            try Self.problems(broken).contains { $0.keyPath == example.keyPath && $0.severity == example.severity })
    }

    /// A source for what anybody can open.
    @Test(arguments: [
        "RFC 6186", "RFC 8314, section 3.2", "https://a.example/help?x=1#y",
        "https://github.com/o/r/issues/7",
    ])
    func canBeOpened(source: String) throws {
        #expect(try Self.problems(CatalogFixture.profile("a", (Self.source, source))) == [])
    }

    @Test func aCopyOfATableIsNoSecondSighting() throws {
        let two =
            #"{"for": ["smtp"], "source": "https://table.example/x", "date": "2026-11-22"}, "#
            + #"{"for": ["smtp"], "source": "https://copy.example/x", "date": "2026-11-22"}, {"for": ["domains""#
        let problems = try Self.problems(CatalogFixture.profile("a", (#"{"for": ["domains""#, two)))
        #expect(problems.map(\.keyPath) == ["sources[1].for"])
    }

    @Test func aFigureThatIsRightIsNamedInANote() throws {
        let noted = Self.limit("day", 90_000) + #", "notes": ["90,000 a day is what the page says."]"#
        #expect(try Self.problems(CatalogFixture.profile("a", (Self.limits, noted))) == [])
    }
}
