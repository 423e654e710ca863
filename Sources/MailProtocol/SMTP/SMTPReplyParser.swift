import MailModel

/// Puts the lines of a reply together, within limits.
struct SMTPReplyParser: Sendable {
    /// What a line brought.
    enum Outcome: Hashable, Sendable {
        /// More lines follow.
        case incomplete
        /// The reply is whole.
        case reply(SMTPReply)
        /// This is no reply, or too much of one.
        case violation(ProtocolViolation)
    }

    private let limits: SessionConfiguration.Limits
    private var code: Int?
    private var lines: [[UInt8]] = []
    private var octets = 0

    /// Makes a parser that waits for the first line of a reply.
    ///
    /// - Parameter limits: How much one reply may hold.
    init(limits: SessionConfiguration.Limits) { self.limits = limits }

    /// Takes the next line.
    ///
    /// - Parameter line: The line, without its end.
    /// - Returns: What it brought. After a whole reply the parser waits for the next one.
    mutating func take(_ line: [UInt8]) -> Outcome {
        guard let part = SMTPReplyLine(line) else { return .violation(.malformedReply) }
        guard part.code == code ?? part.code else { return .violation(.replyCodeMismatch) }
        octets += line.count + ASCII.lineEnd.count
        guard lines.count < limits.linesPerReply, octets <= limits.octetsPerReply else {
            return .violation(.replyTooLong)
        }
        code = part.code
        lines.append(part.text)
        guard part.isLast else { return .incomplete }
        let reply = SMTPReply(code: part.code, lines: lines)
        self = SMTPReplyParser(limits: limits)
        return .reply(reply)
    }
}
