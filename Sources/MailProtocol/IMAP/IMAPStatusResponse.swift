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
        let text = ([shownText] + alerts).filter { !$0.isEmpty }.joined(separator: [ASCII.space])
        return ServerReply(
            status: condition.rawValue, responseCode: code.map { redactor.text($0.name.utf8).escaped },
            text: redactor.text(Array(text)))
    }

    /// The text, and behind it what the code brings along.
    var shownText: [UInt8] {
        guard let code, !code.data.isEmpty, code.name != "CAPABILITY" else { return text }
        let data = [UInt8(ascii: "(")] + code.data + [UInt8(ascii: ")")]
        return text.isEmpty ? data : text + [ASCII.space] + data
    }
}
