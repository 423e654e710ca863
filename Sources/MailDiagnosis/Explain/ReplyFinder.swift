import MailModel

/// Finds all replies of servers in a text, and joins the lines of each.
enum ReplyFinder {
    /// Replies that are looked at; a long log repeats itself.
    private static let limit = 200

    /// The replies, in their order.
    ///
    /// - Parameter text: The text.
    /// - Returns: The replies, refusals and others.
    static func replies(in text: PastedText) -> [FoundReply] {
        var result: [FoundReply] = []
        for (number, line) in text.lines.enumerated() where result.count < limit {
            var found = SMTPReplyFinder(line, number: number).replies()
            if let reply = IMAPReplyFinder(line, number: number).reply(), !found.contains(where: \.isRefusal) {
                found.append(reply)
            }
            for reply in found { add(reply, to: &result) }
        }
        return result
    }

    private static func add(_ next: FoundReply, to result: inout [FoundReply]) {
        guard let last = result.last, last.goesOn, last.reply.code == next.reply.code, next.line <= last.line + 2,
            last.service == next.service
        else { return result.append(next) }
        var joined = last
        joined.line = next.line
        joined.goesOn = next.goesOn
        joined.reply.enhancedCode = last.reply.enhancedCode ?? next.reply.enhancedCode
        joined.reply.text = ServerText(last.reply.text.escaped + " " + next.reply.text.escaped)
        result[result.count - 1] = joined
    }
}
