import MailModel
import Testing

@testable import MailReport

/// Breaking lines and counting columns.
struct LineWrapTests {
    @Test(arguments: [
        ("", [""]),
        ("one", ["one"]),
        ("one two three", ["one two", "three"]),
        ("  one   two  ", ["one two"]),
        ("exactly ten", ["exactly", "ten"]),
        ("abcdefghij k", ["abcdefghij", "k"]),
        ("abcdefghijklm n", ["abcdefghij", "klm n"]),
        ("a https://mail.example/x b", ["a", "https://mail.example/x", "b"]),
        ("日本語日本語", ["日本語日本", "語"]),
        ("日本 日本 日本", ["日本 日本", "日本"]),
        (
            "e\u{301}e\u{301}e\u{301}e\u{301} e\u{301}e\u{301}e\u{301}e\u{301}e\u{301} x",
            [
                "e\u{301}e\u{301}e\u{301}e\u{301} e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}", "x",
            ]
        ),
    ])
    func lines(_ text: String, _ lines: [String]) {
        #expect(LineWrap(columns: 10).lines(of: text) == lines)
    }

    @Test func onlyLinksStayWhole() {
        let lines = LineWrap(columns: 10).lines(of: "a abcdefghijklmnop https://abcdefg.example b")
        #expect(lines == ["a", "abcdefghij", "klmnop", "https://abcdefg.example", "b"])
    }

    @Test(arguments: [
        ("abc", 3), ("ü", 1), ("日", 2), ("한", 2), ("😀", 2), ("❤️", 2), ("e\u{301}", 1), ("Ａ", 2), ("–", 1), ("", 0),
    ])
    func width(_ text: String, _ columns: Int) {
        #expect(TextWidth.of(text) == columns)
    }

    @Test(arguments: [
        (Duration.zero, "0 ms"), (.milliseconds(999), "999 ms"), (.microseconds(999_600), "1.0 s"),
        (.milliseconds(1834), "1.8 s"), (.milliseconds(59_960), "1 min"), (.seconds(65), "65 s"),
        (.seconds(300), "5 min"), (.seconds(7200), "2 h"),
        (.seconds(-5), "0 ms"),
    ])
    func times(_ duration: Duration, _ words: String) {
        #expect(TimeWords.text(duration) == words)
    }

    @Test(
        arguments: [
            (["mx"], Stage.auth, "Account"), (["dns.mx"], .dns, "DNS"), ([], .dns, "DNS"),
            ([], .register, "Registration"),
            (["smtp.auth", "imap.auth"], .auth, "SMTP and IMAP"), (["imap.auth"], .auth, "IMAP"),
        ] as [([String], Stage, String)])
    func side(_ evidence: [String], _ stage: Stage, _ side: String) {
        let finding = Finding(
            id: .unknownReply, severity: .error, confidence: 1, service: nil, stage: stage, summary: "s", detail: "",
            evidence: evidence, remedy: Remedy(who: .user, steps: []))
        #expect(FindingWords.side(of: finding) == side)
    }
}
