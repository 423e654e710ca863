import MailModel
import MailProtocol
import Testing

/// The header field of RFC 8601, as octets that a server sent.
@Suite struct AuthenticationResultsTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// CRLF is written as a line end.
        let header: String
        /// `authority: method=result ...`, nil for nothing that counts.
        let told: String?

        init(_ name: String, _ header: String, _ told: String?) {
            (testDescription, self.told) = (name, told)
            self.header = header.replacing("\n", with: "\r\n")
        }
    }

    static let cases = [
        Case("one line", "Authentication-Results: mx.test; spf=pass; dkim=fail\n\n", "mx.test: spf=pass dkim=fail"),
        Case(
            "folded",
            "Authentication-Results: mx.test;\n spf=pass smtp.mailfrom=a@b.test;\n\tdkim=fail reason=\"x\"\n\n",
            "mx.test: spf=pass dkim=fail"),
        Case(
            "folded before the first word", "Authentication-Results:\n mx.test;\n dmarc=fail (p=NONE) header.from=b\n",
            "mx.test: dmarc=fail"),
        Case(
            "a forged field below says nothing",
            "Authentication-Results: mx.test; spf=fail\nAuthentication-Results: mx.test; spf=pass; dkim=pass\n\n",
            "mx.test: spf=fail"),
        Case(
            "a forged field below a folded one",
            "Authentication-Results: mx.test;\n spf=fail;\n dkim=fail\nAuthentication-Results: mx.test;\n dkim=pass\n\n",
            "mx.test: spf=fail dkim=fail"),
        Case(
            "a forged field above which nobody speaks",
            "Authentication-Results: ;\n\nAuthentication-Results: mx; spf=pass\n",
            nil),
        Case("a field after the header", "Subject: x\n\nAuthentication-Results: mx.test; spf=pass\n", nil),
        Case(
            "another field first", "Received: by x;\n spf=pass\nAuthentication-Results: mx.test; spf=fail\n",
            "mx.test: spf=fail"),
        Case("any case, blanks before the colon", "aUTHENTICATION-rESULTS : MX.test; SPF=Pass\n", "MX.test: spf=pass"),
        Case("a longer name", "Authentication-Results-Old: mx.test; spf=pass\n", nil),
        Case("no result", "Authentication-Results: mx.test; none\n", "mx.test:"),
        Case("a name alone", "Authentication-Results: mx.test\n", "mx.test:"),
        Case("nothing", "", nil),
        Case("version 1", "Authentication-Results: mx.test 1; spf=pass\n", "mx.test: spf=pass"),
        Case("another version says nothing", "Authentication-Results: mx.test 2; spf=pass\n", "mx.test:"),
        Case(
            "versions of methods", "Authentication-Results: mx.test; dkim/1=pass; spf / 1 = fail; x/2=pass\n",
            "mx.test: dkim=pass spf=fail"),
        Case(
            "comments everywhere",
            "Authentication-Results: (a) mx.test (b (c) \\) ; spf=pass) 1 (d); (e) spf (f) = (g) fail (h)\n",
            "mx.test: spf=fail"),
        Case(
            "a comment that never ends hides the rest", "Authentication-Results: mx.test; spf=fail (x; spf=pass\n",
            "mx.test: spf=fail"),
        Case(
            "quoted strings are no methods",
            "Authentication-Results: \"mx; spf=pass\"; dkim=fail reason=\"; dkim=pass\" header.d=\"a\\\"; spf=pass\"\n",
            "mx; spf=pass: dkim=fail"),
        Case(
            "a quoted string that never ends hides the rest",
            "Authentication-Results: mx.test; dkim=fail reason=\"x; dkim=pass\n", "mx.test: dkim=fail"),
        Case(
            "a bracket in a quoted string is no comment",
            "Authentication-Results: mx.test; dkim=pass reason=\"(\"; spf=fail\n", "mx.test: dkim=pass spf=fail"),
        Case(
            "of several signatures one that passes is enough",
            "Authentication-Results: mx.test; dkim=fail; dkim=pass; dkim=fail\n", "mx.test: dkim=pass"),
        Case(
            "results of no keyword are left out", "Authentication-Results: mx.test; spf=\u{1B}[2J; dkim=pa$s; a=b\n",
            "mx.test: a=b"),
        Case(
            "an equals sign is missing", "Authentication-Results: mx.test; spf pass; dkim=pass\n", "mx.test: dkim=pass"),
    ]

    @Test(arguments: cases) func reads(_ test: Case) {
        #expect(Self.told(Array(test.header.utf8)) == test.told)
    }

    /// Lines that end with LF alone are lines too: else a second field would be read as part of the first.
    @Test(arguments: cases) func linesThatEndWithLFAlone(_ test: Case) {
        #expect(Self.told(Array(test.header.replacing("\r\n", with: "\n").utf8)) == test.told)
    }

    /// What is cut off can turn no fail into a pass, and no word into another.
    @Test func whatIsCutOffSaysNothing() {
        let head = "Authentication-Results: mx.test; spf=fail; x=\(String(repeating: "a", count: 8140)); dkim=pass"
        for length in 8100...head.utf8.count {
            let told = Self.told(Array(head.utf8.prefix(length)))
            #expect(told?.hasPrefix("mx.test: spf=fail") == true)
            #expect(told?.contains("dkim=pas") == (length <= 8192 && length >= head.utf8.count - 1))
        }
    }

    private static func told(_ header: [UInt8]) -> String? {
        AuthenticationResults(header: header).map { results in
            let methods = results.methods.map { " \($0.name)=\($0.result)" }.joined()
            return "\(results.authority):\(methods)"
        }
    }

    /// The field comes as a literal of IMAP, and any octet may be the last of a packet.
    @Test(arguments: ["CRLF", "forged"]) func streamedThroughASession(_ kind: String) throws {
        let forged = kind == "forged" ? "Authentication-Results: mx.test; spf=pass; dkim=pass\r\n" : ""
        let field = "Authentication-Results: mx.test;\r\n spf=fail;\r\n dkim=fail\r\n\(forged)\r\n"
        let arrival = "* 5 FETCH (BODY[HEADER.FIELDS (AUTHENTICATION-RESULTS)] {\(field.utf8.count)}\r\n\(field))\r\n"
        let whole = try Self.arrival(arrival, cutAt: 0)
        #expect(whole?.methods.map { "\($0.name)=\($0.result)" } == ["spf=fail", "dkim=fail"])
        for position in 1..<arrival.utf8.count { #expect(try Self.arrival(arrival, cutAt: position) == whole) }
    }

    private static func arrival(_ text: String, cutAt position: Int) throws -> DeliveryFacts? {
        var configuration = SessionConfiguration(security: .tls, clientName: "client.example")
        configuration.testMessage = TestMessage(address: "a@b.test", messageID: "<x@y.test>", date: "now")
        var session = IMAPSession(configuration)
        _ = session.start(secured: true)
        let channel = try #require(VerifiedChannel(.trusted))
        _ = session.receive(Array("* OK [CAPABILITY IMAP4rev1] hi\r\n".utf8))
        _ = session.authenticate(username: "u", credential: .password(Secret("pass")), over: channel)
        let survey = session.receive(Array("a1 OK in\r\n".utf8))
        guard case .send = survey else { return nil }
        _ = session.receive(Array("a2 OK\r\na3 OK\r\na4 OK\r\n".utf8))
        _ = session.resume()
        _ = session.receive(Array("* SEARCH 5\r\na5 OK\r\na6 OK\r\n".utf8))
        let octets = Array((text + "a7 OK\r\n").utf8)
        _ = session.receive(Array(octets.prefix(position)))
        _ = session.receive(Array(octets.dropFirst(position)))
        return session.record.arrival
    }
}
