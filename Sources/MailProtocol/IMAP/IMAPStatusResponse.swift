import MailModel

/// OK, NO, BAD, BYE or PREAUTH, tagged or not (RFC 9051, section 7.1).
struct IMAPStatusResponse: Hashable, Sendable {
    /// What it says.
    enum Condition: String, Hashable, Sendable {
        case ok = "OK"
        case no = "NO"
        case bad = "BAD"
        case bye = "BYE"
        case preauth = "PREAUTH"
    }

    /// The tag, nil for an untagged response.
    let tag: String?
    /// What it says.
    let condition: Condition
    /// The response code.
    let code: IMAPResponseCode?
    /// The human text, without the code.
    let text: [UInt8]

    /// Reads a response; nil when it is no status response.
    ///
    /// - Parameter octets: A whole response.
    init?(_ octets: [UInt8]) {
        guard let parts = Self.split(octets) else { return nil }
        tag = parts.tag == "*" ? nil : parts.tag
        condition = parts.condition
        guard parts.text.first == UInt8(ascii: "["), let end = IMAPResponseCode.end(in: parts.text) else {
            code = nil
            text = ASCII.trimmed(parts.text)
            return
        }
        code = IMAPResponseCode(parts.text[1..<end])
        text = ASCII.trimmed(parts.text[(end + 1)...])
    }

    /// Cuts `tag SP condition SP text` apart.
    ///
    /// - Parameter octets: A response, whole or not.
    /// - Returns: The parts, nil when there is no condition.
    static func split(_ octets: [UInt8]) -> (tag: String, condition: Condition, text: [UInt8])? {
        let parts = octets.split(separator: ASCII.space, maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count >= 2, let tag = parts.first, !tag.isEmpty, tag.allSatisfy({ (0x21...0x7E).contains($0) })
        else { return nil }
        guard let condition = Condition(rawValue: ASCII.keyword(parts[1])) else { return nil }
        return (String(decoding: tag, as: UTF8.self), condition, parts.count > 2 ? Array(parts[2]) : [])
    }

    /// The response as it is recorded.
    ///
    /// What a code brings along (the address of a referral, the page of a web login) is kept behind the text, in
    /// parentheses; a list of capabilities is not, since it has a place of its own.
    ///
    /// - Parameters:
    ///   - redactor: Takes secrets out of the text.
    ///   - alerts: Texts that came with it, to be kept behind its own.
    /// - Returns: The parts that a diagnosis rests on.
    func recorded(_ redactor: Redactor, alerts: [[UInt8]] = []) -> ServerReply {
        let texts = ([shownText] + alerts).filter { !$0.isEmpty }
        return ServerReply(
            status: condition.rawValue, responseCode: code.map { redactor.text($0.name.utf8).escaped },
            text: redactor.text(joining: texts))
    }

    /// The text, and behind it what the code brings along.
    var shownText: [UInt8] {
        guard let code, !code.data.isEmpty, code.name != "CAPABILITY" else { return text }
        let data = [UInt8(ascii: "(")] + code.data + [UInt8(ascii: ")")]
        return text.isEmpty ? data : text + [ASCII.space] + data
    }
}

/// The bracketed code at the head of a status response's text: `[AUTHENTICATIONFAILED]` (RFC 9051, section 7.1).
struct IMAPResponseCode: Hashable, Sendable {
    /// The name, upper case.
    let name: String
    /// What follows the name, as sent.
    let data: [UInt8]

    /// Reads what stands between the brackets.
    ///
    /// - Parameter inner: The octets between the brackets.
    init(_ inner: some Collection<UInt8>) {
        name = ASCII.keyword(inner.prefix(while: { $0 != ASCII.space }))
        data = Array(inner.drop(while: { $0 != ASCII.space }).dropFirst())
    }

    /// Finds the closing bracket.
    ///
    /// - Parameter text: A text that begins with `[`.
    /// - Returns: The index of the bracket, nil when it is missing.
    static func end(in text: [UInt8]) -> Int? {
        var scanner = IMAPCodeScanner()
        return scanner.end(in: text)
    }
}

/// Looks for the bracket that closes a response code, in one piece of text after the other. Brackets inside a quoted string
/// do not count, and those of an IPv6 address in a referral (RFC 2221) come in pairs.
struct IMAPCodeScanner: Hashable, Sendable {
    private var depth = 0
    private var isQuoted = false
    private var last: UInt8 = 0
    /// Whether the bracket has not come yet.
    private(set) var isOpen = true

    /// Reads on.
    ///
    /// - Parameter text: The next piece, the first of which begins with `[`.
    /// - Returns: The index of the bracket in this piece, nil when it is not in it.
    mutating func end(in text: [UInt8]) -> Int? {
        guard isOpen else { return nil }
        for (index, octet) in text.enumerated() {
            switch octet {
            case UInt8(ascii: "\"") where last != UInt8(ascii: "\\"): isQuoted.toggle()
            case UInt8(ascii: "[") where !isQuoted: depth += 1
            case UInt8(ascii: "]") where !isQuoted: depth -= 1
            default: break
            }
            last = octet
            if depth == 0 {
                isOpen = false
                return index
            }
        }
        return nil
    }
}
