import MailModel
import MailTestSupport
import Testing

@testable import MailDiagnosis

/// What no list knows: replies without a signature, lists of codes, and what is said of texts without a problem.
@Suite struct UnlistedTextTests {
    /// What a reply's code alone is mostly given for.
    @Test(
        arguments: [
            (421, nil, FindingID.serverBusy), (451, nil, .serverBusy), (503, nil, .protocolMismatch),
            (535, nil, .badCredentials), (550, nil, .senderNotAllowed), (554, nil, .ipBlocked),
            (nil, "NO", .badCredentials), (nil, "BAD", .protocolMismatch), (nil, "BYE", .serverBusy), (555, nil, nil),
        ] as [(Int?, String?, FindingID?)])
    func aCodeHasNeighbours(_ code: Int?, _ status: String?, _ id: FindingID?) {
        let reply = ServerReply(code: code, status: status, text: ServerText("hm"))
        let neighbours = UnknownCause.neighbours(of: reply)
        #expect(neighbours.first?.id == id)
        #expect(neighbours.allSatisfy { $0.confidence < 0.5 })
    }

    @Test func aRefusalThatNobodyKnowsHasThemBehindIt() throws {
        let findings = try ExplainedTextTests.explain("smtp.kestrel.example:587 said 554 5.7.1 Quux the frobnicator")
            .findings
        #expect(findings.map(\.id) == [.unknownReply, .ipBlocked, .notAnAccountProblem])
    }

    /// Lines that begin with a code each, another in each.
    @Test(arguments: [
        (["421: a", "450 - b", "530) c", "550 | d"], 4), (["- 421: a", "- 450: b", "- 535: c", "* 550 d", "e"], 4),
        (["550-5.7.1 a", "550-5.7.1 b", "550 c", "550 d"], 0), (["421 a", "450 b", "535 c"], 0),
        (["421 a", "450 b", "530 c", "550 d"], 0), (["< 421 a", "< 450 b", "< 530 c", "< 550 d"], 0),
        (["line 535", "in 421", "at 450", "to 550"], 0), ([], 0),
    ]) func aListOfCodesIsNoSession(_ lines: [String], _ count: Int) {
        let octets = lines.map { Array($0.utf8) }
        #expect(CodeList.lines(count: octets.count) { octets[$0][...] }.count == count)
    }

    /// Replies that somebody collected, a line each, are failures.
    @Test func collectedRepliesAreNoArticle() throws {
        for text in [
            "535 5.7.8 Error: authentication failed: bad\n421 4.7.0 Too many connections from your host\n"
                + "550 5.7.1 Relaying denied\n454 4.7.0 TLS not available due to local problem",
            "535 xyz refused\n421 zzz\n550 qqq unknown words\n454 nothing known here",
        ] {
            #expect(try ExplainedTextTests.explain(text).findings.first?.id != .notAnAccountProblem)
        }
    }

    /// Where words decide and no reply, the line that holds them is quoted.
    @Test func theLineThatDecidedIsQuoted() throws {
        let text = "imap.kestrel.example:993\nThe connection was made.\nIt says: self signed certificate"
        let finding = try #require(try ExplainedTextTests.explain(text).findings.first)
        #expect(finding.id == .certInvalid && finding.serverText == "It says: self signed certificate")
    }

    @Test(arguments: [
        "delivery.bounce", "incoming.helo", "service.sql", "program.mail", "build", "success", "dns.setup",
        "dmarc_report",
        "article",
    ]) func whatATextIsAboutIsSaid(_ cue: String) {
        let words = CalmWords.words(for: "signature:cue.calm." + cue)
        #expect(words.detail != CalmWords.unnamed.detail && words.step != CalmWords.unnamed.step)
        #expect(CalmWords.words(for: nil).detail == CalmWords.unnamed.detail)
    }
}
