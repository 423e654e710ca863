import MailModel

/// A whole reply of an SMTP server (RFC 5321, section 4.2), of one line or several.
struct SMTPReply: Hashable, Sendable {
    /// The three-digit code.
    let code: Int
    /// What follows the code and its separator, line by line, enhanced status codes included.
    let lines: [[UInt8]]

    /// The first enhanced status code in it.
    var enhancedCode: String? {
        for line in lines {
            if let code = EnhancedStatusCode(line) { return code.description }
        }
        return nil
    }

    /// The human text, line by line, without the enhanced status code that may head each of them.
    var texts: [[UInt8]] {
        lines.map { ASCII.trimmed($0.dropFirst(EnhancedStatusCode($0)?.textOffset ?? 0)) }.filter { !$0.isEmpty }
    }

    /// What a SASL challenge holds (code 334).
    var challenge: [UInt8] { ASCII.trimmed(lines.last ?? []) }

    /// The reply as it is recorded.
    ///
    /// - Parameter redactor: Takes secrets out of the text.
    /// - Returns: The parts that a diagnosis rests on.
    func recorded(_ redactor: Redactor) -> ServerReply {
        ServerReply(
            code: code, enhancedCode: enhancedCode.map { redactor.text($0.utf8).escaped },
            text: redactor.text(joining: texts))
    }
}

/// One line of a reply: `Reply-code [ SP textstring ]` or `Reply-code "-" [ textstring ]` (RFC 5321, section 4.2).
struct SMTPReplyLine: Hashable, Sendable {
    /// The three-digit code.
    let code: Int
    /// Whether the reply ends here.
    let isLast: Bool
    /// What follows the code and its separator.
    let text: [UInt8]

    /// Reads a line; nil when it is no line of a reply.
    ///
    /// - Parameter line: The line, without its end.
    init?(_ line: [UInt8]) {
        guard line.count >= 3, let code = ASCII.number(line[..<3]), (200...599).contains(code) else { return nil }
        let separator = line.count > 3 ? line[3] : ASCII.space
        guard separator == ASCII.space || separator == UInt8(ascii: "-") else { return nil }
        self.code = code
        isLast = separator == ASCII.space
        text = Array(line.dropFirst(4))
    }
}

/// An enhanced status code at the head of a reply's text, such as `5.7.8` (RFC 2034, section 4; RFC 3463, section 2).
struct EnhancedStatusCode: Hashable, Sendable, CustomStringConvertible {
    /// `class.subject.detail`
    let description: String
    /// Where the human text begins.
    let textOffset: Int

    /// Looks for a code at the head of a line.
    ///
    /// - Parameter text: A reply line without its three-digit code.
    init?(_ text: [UInt8]) {
        let head = text.prefix(while: { $0 != ASCII.space })
        let parts = head.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].count == 1, "245".utf8.contains(parts[0][0]) else { return nil }
        guard parts[1...].allSatisfy({ $0.count <= 3 && ASCII.number($0) != nil }) else { return nil }
        description = String(decoding: head, as: UTF8.self)
        textOffset = head.count
    }
}

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

/// What a server offers in its reply to EHLO (RFC 5321, section 4.1.1.1).
struct SMTPCapabilities: Hashable, Sendable {
    /// The lines as sent, the first one (the server's name) left out.
    let lines: [[UInt8]]
    /// Whether STARTTLS is offered (RFC 3207).
    private(set) var offersSTARTTLS = false
    /// The SASL mechanisms (RFC 4954), upper case, in the server's order, each once.
    ///
    /// `AUTH=LOGIN PLAIN` is read like `AUTH LOGIN PLAIN`: old servers write it, some of them beside the right form.
    private(set) var mechanisms: [String] = []
    private var known: Set<String> = []

    /// What is known after HELO: nothing.
    static let none = SMTPCapabilities(SMTPReply(code: 250, lines: []))

    /// Reads a reply to EHLO.
    ///
    /// - Parameter reply: A reply with code 250.
    init(_ reply: SMTPReply) {
        lines = reply.lines.dropFirst().map { ASCII.trimmed($0) }.filter { !$0.isEmpty }
        for line in lines { read(ASCII.keyword(line).split(separator: " ")) }
    }

    private mutating func read(_ words: [Substring]) {
        guard let keyword = words.first else { return }
        if keyword == "STARTTLS" { offersSTARTTLS = true }
        guard keyword == "AUTH" || keyword.hasPrefix("AUTH=") else { return }
        for mechanism in [keyword.dropFirst(5)] + words.dropFirst() where !mechanism.isEmpty {
            if known.insert(String(mechanism)).inserted { mechanisms.append(String(mechanism)) }
        }
    }
}
