import MailModel
import Testing

@testable import MailDiagnosis

/// A reply whose lines never end is put together up to a limit: doing it anew for each line takes the square of their number.
@Suite struct EndlessReplyTests {
    @Test(arguments: ["535-no\r\n", "250-AUTH PLAIN LOGIN\r\n", "535-5.7.8 no\r\n"])
    func isOneReplyOfABoundedLength(line: String) throws {
        let replies = ReplyFinder.replies(
            in: PastedText(String(repeating: line, count: 20_000)), LineReader(headers: []))
        let reply = try #require(replies.first)
        #expect(replies.count == 1)
        #expect(reply.line == 19_999)
        #expect((1_000...8_192).contains(reply.reply.text.escaped.utf8.count))
    }
}
