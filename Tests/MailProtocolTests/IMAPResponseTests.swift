import MailModel
import Testing

@testable import MailProtocol

struct IMAPResponseTests {
    struct StatusCase: Sendable {
        let line: String
        let tag: String?
        let quoted: String
    }

    @Test(arguments: [
        StatusCase(line: "* OK", tag: nil, quoted: "OK"),
        StatusCase(line: "* OK ready", tag: nil, quoted: "OK ready"),
        StatusCase(line: "* ok [alert] ready", tag: nil, quoted: "OK [ALERT] ready"),
        StatusCase(line: "a1 NO [AUTHENTICATIONFAILED] no", tag: "a1", quoted: "NO [AUTHENTICATIONFAILED] no"),
        StatusCase(line: "a1 NO [AUTHENTICATIONFAILED]", tag: "a1", quoted: "NO [AUTHENTICATIONFAILED]"),
        StatusCase(line: "a1 BAD [unclosed", tag: "a1", quoted: "BAD [unclosed"),
        StatusCase(line: "a1 OK [CAPABILITY IMAP4rev1] in", tag: "a1", quoted: "OK [CAPABILITY] in"),
        StatusCase(line: "* BYE [REFERRAL imap://x/] go", tag: nil, quoted: "BYE [REFERRAL] go (imap://x/)"),
        StatusCase(line: "* NO [X \"a]b\"] c", tag: nil, quoted: "NO [X] c (\"a]b\")"),
        StatusCase(line: "* PREAUTH hello", tag: nil, quoted: "PREAUTH hello"),
    ])
    func statusResponses(_ testCase: StatusCase) throws {
        guard case .status(let status)? = IMAPResponse(Array(testCase.line.utf8)) else {
            Issue.record("no status response")
            return
        }
        #expect(status.tag == testCase.tag)
        #expect(status.recorded(.none).quoted == testCase.quoted)
    }

    @Test(arguments: [
        ("* 23 EXISTS", IMAPResponse.exists(23)), ("* 0 exists", .exists(0)), ("* 23 RECENT", .other),
        ("* -1 EXISTS", .other), ("* 99999999999 EXISTS", .other), ("* 4294967295 EXISTS", .exists(4_294_967_295)),
        ("* FLAGS (\\Seen)", .other), ("* ", .other), ("* LIST", .other), ("* LIST (", .other),
        ("* LIST (\\Sent) \"/\" \"open", .other), ("* ID NIL", .identification([])), ("* ID", .identification([])),
        ("* ID (\"name\" NIL)", .identification([Array("name".utf8), Array("NIL".utf8)])),
        ("+", .continuation([])), ("+ ", .continuation([])), ("+ abc=", .continuation(Array("abc=".utf8))),
    ])
    func data(_ line: String, _ expected: IMAPResponse) {
        #expect(IMAPResponse(Array(line.utf8)) == expected)
    }

    @Test(arguments: [
        "220 hi", "HTTP/1.1 400 Bad Request", "a1", "a1 ", "+x", "a1 BYE", "a1 PREAUTH x", "*OK x", " * OK",
    ])
    func otherTextIsNoResponse(_ line: String) {
        #expect(IMAPResponse(Array(line.utf8)) == nil)
    }

    @Test(arguments: [
        ("* LIST (\\Sent \\HasNoChildren) \"/\" Sent", ["\\Sent"], "Sent"),
        ("* list (\\sent \\TRASH) NIL \"a \\\"b\\\" \\\\c\"", ["\\Sent", "\\Trash"], "a \"b\" \\c"),
        ("* LIST () \"/\" {4}\r\na\r\nb", [], "a\r\nb"), ("* LIST () \"/\" ~{2+}\r\nxy", [], "xy"),
        ("* LIST () \"/\" \"\"", [], ""),
        ("* LIST (\\Sent \\Marked) \".\" INBOX.Sent (CHILDINFO (x))", ["\\Sent"], "INBOX.Sent"),
    ])
    func mailboxes(_ text: String, _ uses: [String], _ name: String) {
        guard case .list(let mailbox)? = IMAPResponse(Array(text.utf8)) else {
            Issue.record("no LIST response")
            return
        }
        #expect(mailbox.specialUses == uses)
        #expect(mailbox.name == Array(name.utf8))
    }

    @Test(arguments: [
        ("* LIST () \"/\" {3}", 3), ("* LIST () \"/\" {3+}", 3), ("* X {0}", 0), ("* X {99999999999}", Int.max),
        ("* OK see {3}", nil), ("a1 NO see {3}", nil), ("* OK [X {3}", 3), ("* OK [X y] {3}", nil), ("+ {3}", nil),
        ("* X {}", nil), ("* X {3", nil), ("* X {a3}", nil), ("* X {+}", nil), ("* X {3-}", nil), ("* X 3}", nil),
    ])
    func literalMarkers(_ line: String, _ count: Int?) {
        #expect(IMAPLiteralMarker(first: Array(line.utf8)).count(atEndOf: Array(line.utf8)) == count)
    }

    @Test func capabilities() {
        let offered = IMAPCapabilities(Array(" IMAP4rev1  auth=plain AUTH=PLAIN AUTH= logindisabled LITERAL- ".utf8))
        #expect(offered.saslMechanisms == ["PLAIN"])
        #expect(offered.logins == ["PLAIN"])
        #expect(!offered.allowsLOGIN)
        #expect(offered.takesLiteralUnasked(of: 4096))
        #expect(!offered.takesLiteralUnasked(of: 4097))
        #expect(IMAPCapabilities(Array("IMAP4rev1 AUTH=LOGIN".utf8)).logins == ["LOGIN"])
        #expect(IMAPCapabilities(Array("IMAP4rev1".utf8)).logins == ["LOGIN"])
    }
}
