import MailModel
import ProviderCatalog
import Testing

/// What the linter finds beyond what loading refuses.
@Suite struct CatalogLintTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var files: [String: String]
        var file: String?
        var keyPath: String
        var severity: Severity = .error
        var today = "2026-11-22"
        var testDescription: String { keyPath }
    }

    static func profile(_ old: String, _ new: String, _ keyPath: String) -> Case {
        Case(files: ["profiles/a.json": CatalogFixture.profile("a", (old, new))], keyPath: keyPath)
    }

    /// The same profile with a note, which does not help when only one side is missing.
    static func profile(_ old: String, _ new: String, _ keyPath: String, _ note: (String, String)) -> Case {
        let text = CatalogFixture.profile("a", (old, new)).replacing(note.0, with: note.1)
        return Case(files: ["profiles/a.json": text], keyPath: keyPath)
    }

    static func warning(_ old: String, _ new: String, _ keyPath: String) -> Case {
        var example = profile(old, new, keyPath)
        example.severity = .warning
        return example
    }

    static func prints(_ prints: String, _ keyPath: String) -> Case {
        profile(#""limits": []"#, #""fingerprints": {\#(prints)}, "limits": []"#, keyPath)
    }

    /// Two profiles: `b` has an exchanger of `a`, or an SPF record below one of `a`.
    static func clash(_ exchanger: String?, _ keyPath: String, _ severity: Severity = .error) -> Case {
        let spf = { (name: String) -> (String, String) in
            (#""limits": []"#, #""fingerprints": {"spf_include": ["\#(name)"]}, "limits": []"#)
        }
        let second = exchanger.map { (#""suffix": "mx.b.example""#, $0) } ?? spf("eu.spf.a.example")
        let files = [
            "profiles/a.json": CatalogFixture.profile("a", spf("spf.a.example")),
            "profiles/b.json": CatalogFixture.profile("b", second),
        ]
        return Case(files: files, file: "profiles/b.json", keyPath: keyPath, severity: severity)
    }

    static func signature(_ old: String, _ new: String, _ key: String) -> Case {
        Case(files: ["signatures/s.json": CatalogFixture.signatures((old, new))], keyPath: "signatures[0]." + key)
    }

    static let smtp = #"{"host": "smtp.a.example", "port": 587, "security": "starttls", "username": "address"}"#
    static let imap = #"{"host": "imap.a.example", "port": 993, "security": "tls", "username": "address"}"#
    static let notes = (#""limits": []"#, #""notes": ["Its hosts are not known."], "limits": []"#)
    static let password = #"{"kind": "account", "who": "user", "how": [], "links": []}"#
    static let cases = [
        profile(#""port": 993"#, #""port": 587"#, "imap[0].port"),
        profile(#""port": 993"#, #""port": 465"#, "imap[0].port"),
        profile(#""port": 993"#, #""port": 25"#, "imap[0].port"),
        profile(#""port": 993"#, #""port": 143"#, "imap[0].security"),
        profile(#""port": 587"#, #""port": 993"#, "smtp[0].port"),
        profile(#""port": 587"#, #""port": 143"#, "smtp[0].port"),
        profile(#""port": 587"#, #""port": 465"#, "smtp[0].security"),
        profile(#""domains", "mx", "smtp""#, #""domains", "smtp""#, "mx"),
        profile(#""imap", "password""#, #""imap""#, "password"),
        profile(#""kind": "mailbox""#, #""kind": "gateway""#, "imap"),
        profile(#""CUSTOM_SMTP""#, "null", "inbox_type"), profile(password, "null", "password"),
        profile(#""kind": "mailbox""#, #""kind": "sending-only""#, "smtp"),
        profile(#""kind": "mailbox""#, #""kind": "forwarding""#, "password"),
        profile(#""kind": "mailbox""#, #""kind": "sending-only""#, "inbox_type"),
        profile(smtp, "", "smtp"), profile(smtp, "", "smtp", notes),
        prints(#""spf_include": ["spf.a.example", "Spf.a.example"]"#, "fingerprints.spf_include[1]"),
        prints(#""certificate_name": ["*.a.example"]"#, "fingerprints.certificate_name[0]"),
        prints(#""dkim_cname": ["dkim.a.example"]"#, "fingerprints.dkim_cname"),
        profile(#""host": "smtp.a.example""#, #""host": "192.0.2.1""#, "smtp[0].host"),
        profile(#""host": "smtp.a.example""#, #""host": "{domain.a.example""#, "smtp[0].host"),
        warning(#""host": "smtp.a.example""#, #""host": "imap.a.example""#, "smtp[0].host"),
        warning(#""host": "imap.a.example""#, #""host": "pop3.a.example""#, "imap[0].host"),
        warning(#""host": "smtp.a.example""#, #""host": "smtp.b.example""#, "smtp[0].host"),
        warning(#"{"suffix": "mx.a.example"}"#, #"{"exact": "smtp.a.example"}"#, "smtp[0].host"),
        profile(#"{"suffix": "mx.a.example"}"#, #"{"suffix": "a.example"}, {"exact": "mx.a.example"}"#, "mx[1]"),
        profile(#"{"suffix": "mx.a.example"}"#, #"{"suffix": "a.example"}, {"suffix": "x.a.example"}"#, "mx[1]"),
        profile(#"{"suffix": "mx.a.example"}"#, "", "sources[0].for"),
        prints(#""dkim_selector": ["default"]"#, "fingerprints.dkim_selector[0]"),
        prints(#""dkim_selector": ["sel-a", "sel-a"]"#, "fingerprints.dkim_selector[1]"),
        prints(#""spf_include": ["spf.a.example", "eu.spf.a.example"]"#, "fingerprints.spf_include[1]"),
        clash(#""suffix": "b.mx.a.example""#, "mx[0]", .warning),
        clash(#""exact": "mx.a.example""#, "mx[0]"), clash(nil, "fingerprints.spf_include[0]"),
        profile("2026-11-22", "2026-11-23", "sources[0].date"),
        signature("go away", "(go away", "needles[0]"), signature("535 Go  away now", "(go away)", "examples[0]"),
        signature("Go  away", "Stay", "examples[0]"), signature("go away", "go", "needles[0]"),
        signature(#"["535 Go  away now"]"#, "[]", "examples"),
        signature(#""code""#, #""context": "any", "code""#, "context"),
        Case(
            files: ["signatures/s.json": CatalogFixture.signatures()], keyPath: "signatures[0].date",
            severity: .warning,
            today: "2027-11-23"),
        Case(files: [:], keyPath: "sources[0].date", severity: .warning, today: "2027-11-23"),
    ]

    @Test(arguments: cases) func isFound(_ example: Case) throws {
        let today = try #require(CatalogDate(example.today))
        try CatalogFixture.withCatalog(example.files) { folder in
            let problems = CatalogLint(directory: folder, today: today).problems()
            let found = problems.filter { $0.keyPath == example.keyPath && $0.severity == example.severity }
            #expect(found.contains { example.file == nil || $0.file == example.file })
        }
    }

    /// Hosts that nobody knows are no mistake when the profile says so.
    @Test(arguments: [true, false]) func hostsMayBeUnknown(isAdmitted: Bool) throws {
        var text = CatalogFixture.profile("a").replacing(Self.smtp, with: "").replacing(Self.imap, with: "")
            .replacing(#""smtp", "imap", "#, with: "")
        if isAdmitted { text = text.replacing(Self.notes.0, with: Self.notes.1) }
        let today = try #require(CatalogFixture.today)
        try CatalogFixture.withCatalog(["profiles/a.json": text]) { folder in
            let problems = CatalogLint(directory: folder, today: today).problems()
            #expect(problems.map(\.keyPath) == (isAdmitted ? [] : ["imap", "smtp"]))
        }
    }

    /// What looks wrong and is right is named in a note, and then not told any more.
    @Test(arguments: [
        (#""host": "smtp.a.example""#, #""host": "smtp.b.example""#, "Its servers lie below b.example."),
        (#""host": "imap.a.example""#, #""host": "pop.a.example""#, "pop.a.example is the IMAP server."),
    ])
    func aNoteSettlesIt(old: String, new: String, note: String) throws {
        let today = try #require(CatalogFixture.today)
        for isNoted in [true, false] {
            let notes = isNoted ? #""notes": ["\#(note)"], "limits": []"# : #""limits": []"#
            let text = CatalogFixture.profile("a", (old, new)).replacing(#""limits": []"#, with: notes)
            try CatalogFixture.withCatalog(["profiles/a.json": text]) { folder in
                let problems = CatalogLint(directory: folder, today: today).problems()
                #expect(problems.map(\.severity) == (isNoted ? [] : [.warning]))
            }
        }
    }

    @Test func allMistakesAreShownAtOnce() throws {
        let files = ["profiles/a.json": "{", "profiles/b.json": "[]", "catalogue.json": "{}"]
        let today = try #require(CatalogFixture.today)
        try CatalogFixture.withCatalog(files) { folder in
            let problems = CatalogLint(directory: folder, today: today).problems()
            #expect(Set(problems.map(\.file)) == Set(files.keys))
        }
    }

    /// An example that another signature takes away is an error.
    @Test func aStrongerSignatureIsNoticed() throws {
        let stronger = CatalogFixture.signatures(("go away", "go away now"))
            .replacing("test.one", with: "test.two")
        let files = ["signatures/s.json": CatalogFixture.signatures(), "signatures/t.json": stronger]
        let today = try #require(CatalogFixture.today)
        try CatalogFixture.withCatalog(files) { folder in
            let problems = CatalogLint(directory: folder, today: today).problems()
            #expect(problems.map(\.file) == ["signatures/s.json"])
            #expect(problems.map(\.keyPath) == ["signatures[0].examples[0]"])
        }
    }

    @Test(arguments: [
        ("2026-11-22", true), ("2024-02-29", true), ("2025-02-29", false), ("2026-13-01", false), ("2026-1-1", false),
        ("2026-11-2x", false), ("", false), ("2026-11-00", false), ("-026-11-22", false),
    ])
    func daysAreRead(text: String, isDay: Bool) {
        #expect((CatalogDate(text) != nil) == isDay)
        if isDay { #expect(CatalogDate(text)?.description == text) }
    }
}
