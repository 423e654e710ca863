import MailModel
import Testing

@testable import MailProtocol

struct SMTPReplyParserTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let lines: [String]
        let quoted: String
        var testDescription: String { lines.joined(separator: " / ").debugDescription }
    }

    @Test(arguments: [
        Case(lines: ["250"], quoted: "250"),
        Case(lines: ["250 "], quoted: "250"),
        Case(lines: ["250 ok"], quoted: "250 ok"),
        Case(lines: ["250-a", "250-", "250 b"], quoted: "250 a b"),
        Case(lines: ["250-a", "250"], quoted: "250 a"),
        Case(lines: ["535 5.7.8 no"], quoted: "535 5.7.8 no"),
        Case(lines: ["535-5.7.8  one ", "535 5.7.8\ttwo"], quoted: "535 5.7.8 one 5.7.8 two"),
        Case(lines: ["535-one", "535 5.7.8 two"], quoted: "535 5.7.8 one two"),
        Case(lines: ["454 4.7.0 a", "454 x"], quoted: "454 4.7.0 a"),
        Case(lines: ["235 2.7.0"], quoted: "235 2.7.0"),
        Case(lines: ["535 5.7.139 a"], quoted: "535 5.7.139 a"),
        Case(lines: ["550 5.7.1234 a"], quoted: "550 5.7.1234 a"),
        Case(lines: ["550 3.7.1 a"], quoted: "550 3.7.1 a"),
        Case(lines: ["550 5.7.1: a"], quoted: "550 5.7.1: a"),
        Case(lines: ["220 192.0.2.1 a"], quoted: "220 192.0.2.1 a"),
    ])
    func repliesAreReadWhole(_ testCase: Case) throws {
        var parser = SMTPReplyParser(limits: .init())
        let outcomes = testCase.lines.map { parser.take(Array($0.utf8)) }
        let replies = outcomes.compactMap { if case .reply(let reply) = $0 { reply } else { nil } }
        let reply = try #require(replies.first)
        #expect(reply.recorded(.none).quoted == testCase.quoted)
    }

    @Test func enhancedCodesAreKeptApart() {
        let reply = SMTPReply(code: 535, lines: [Array("5.7.8 bad".utf8), Array("5.7.8 worse".utf8)])
        #expect(reply.enhancedCode == "5.7.8")
        #expect(Array(reply.texts.joined(separator: [0x20])) == Array("bad worse".utf8))
        #expect(SMTPReply(code: 250, lines: [Array("3.1.1 x".utf8)]).enhancedCode == nil)
    }

    @Test(arguments: [
        "", "25", "2500 x", "25O x", "250x", "199 x", "600 x", "* OK", "SSH-2.0", "HTTP/1.1 200 OK", "-50 x", "+50 x",
    ])
    func otherTextIsNoReply(_ line: String) {
        var parser = SMTPReplyParser(limits: .init())
        #expect(parser.take(Array(line.utf8)) == .violation(.malformedReply))
    }

    @Test(arguments: ["251 b", "251-b", "550"])
    func codesMustAgree(_ line: String) {
        var parser = SMTPReplyParser(limits: .init())
        #expect(parser.take(Array("250-a".utf8)) == .incomplete)
        #expect(parser.take(Array(line.utf8)) == .violation(.replyCodeMismatch))
    }

    @Test func linesAreLimited() {
        var limits = SessionConfiguration.Limits()
        limits.linesPerReply = 3
        var parser = SMTPReplyParser(limits: limits)
        for _ in 0..<3 { #expect(parser.take(Array("250-a".utf8)) == .incomplete) }
        #expect(parser.take(Array("250 a".utf8)) == .violation(.replyTooLong))
    }

    @Test func octetsAreLimited() {
        var limits = SessionConfiguration.Limits()
        limits.octetsPerReply = 14
        var parser = SMTPReplyParser(limits: limits)
        #expect(parser.take(Array("250-a".utf8)) == .incomplete)
        #expect(parser.take(Array("250 a".utf8)) == .reply(SMTPReply(code: 250, lines: [[0x61], [0x61]])))
        #expect(parser.take(Array("250-a".utf8)) == .incomplete)
        #expect(parser.take(Array("250 ab".utf8)) == .violation(.replyTooLong))
    }
}
