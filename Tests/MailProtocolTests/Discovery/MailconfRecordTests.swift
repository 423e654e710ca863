import MailProtocol
import Testing

struct MailconfRecordTests {
    @Test(arguments: [
        (
            "mailconf=https://autoconfig.example.com/mail/config-v1.1.xml",
            "https://autoconfig.example.com/mail/config-v1.1.xml"
        ),
        (" MailConf=https://example.com ", "https://example.com"),
        ("mailconf=HTTPS://example.com:8443/a?b=c#d", "HTTPS://example.com:8443/a?b=c#d"),
    ])
    func readable(record: String, url: String) { #expect(MailconfRecord(record: record)?.url == url) }

    @Test(arguments: [
        "", "mailconf", "mailconf=", "mailconf=http://example.com/", "mailconf=example.com",
        "mailconf=ftp://example.com/",
        "mailconf=https://", "mailconf=https:///path", "mailconf=https://localhost/", "mailconf=https://192.0.2.1/",
        "mailconf=https://[::1]/", "mailconf=https://user@example.com/", "mailconf=https://a:b@example.com/",
        "mailconf=https://example.com:0/", "mailconf=https://example.com:65536/", "mailconf=https://example.com/a b",
        "mailconf=https://example.com/\u{1B}[2J", "mailconf=https://bücher.example/",
        "mailconf=https://exa%6Dple.com%2f/",
        "mailconf=https://example.com/" + String(repeating: "a", count: 2048), "x mailconf=https://example.com/",
        "mailconfig=https://example.com/", "v=spf1 -all",
    ])
    func unreadable(_ record: String) { #expect(MailconfRecord(record: record) == nil) }

    @Test func firstOfAll() {
        let records = [
            "v=spf1 -all", "mailconf=http://a.example/", "mailconf=https://b.example/", "mailconf=https://c.example/",
        ]
        #expect(MailconfRecord.first(in: records)?.url == "https://b.example/")
        #expect(MailconfRecord.first(in: []) == nil)
    }
}
