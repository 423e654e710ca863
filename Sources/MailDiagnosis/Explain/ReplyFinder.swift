import MailModel

/// A reply of a server that stands somewhere in a text.
struct FoundReply {
    /// The reply.
    var reply: ServerReply
    /// The side.
    var service: MailService
    /// The line in which it begins.
    var line: Int
    /// Whether another line of the same reply may follow: `535-`.
    var goesOn = false

    /// Whether the server said no.
    var isRefusal: Bool {
        if let code = reply.code { return code >= 400 }
        if let enhanced = reply.enhancedCode { return !enhanced.hasPrefix("2") }
        return reply.status != nil && reply.status != "OK" && reply.status != "PREAUTH"
    }
}

extension FoundReply {
    /// The reply without what is another in each: numbers, and addresses.
    var kind: String {
        var kind: [UInt8] = Array("\(service.rawValue) \(reply.code ?? 0) \(reply.enhancedCode ?? "") ".utf8)
        kind += Array("\(reply.status ?? "") \(reply.responseCode ?? "") ".utf8)
        for word in reply.text.escaped.utf8.split(separator: 0x20) where !word.contains(UInt8(ascii: "@")) {
            kind += word.filter { !$0.isDigit }
            kind.append(0x20)
        }
        return String(decoding: kind, as: UTF8.self)
    }
}

/// Finds all replies of servers in a text, and joins the lines of each.
enum ReplyFinder {
    /// The replies, in their order.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - reader: What tells lines of a server from calls and headers.
    /// - Returns: The replies, refusals and others.
    static func replies(in text: PastedText, _ reader: LineReader) -> [FoundReply] {
        var result: [FoundReply] = []
        for (number, line) in text.lines.enumerated() where reader.kind(of: line[...]).speaks {
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
        if last.reply.text.escaped.utf8.count < joinedLimit {
            joined.reply.text = ServerText(last.reply.text.escaped + " " + next.reply.text.escaped)
        }
        result[result.count - 1] = joined
    }

    /// Octets of a reply's text from which further lines add nothing: one without end must not be put together anew for each.
    private static let joinedLimit = 4_096
}

/// Finds replies of IMAP servers in a line (RFC 9051, section 7.1).
///
/// `NO` is a word of English too: it is a status when a tag, a star or the start of a quotation stands before it, or when
/// a response code in brackets follows.
struct IMAPReplyFinder {
    private let line: [UInt8]
    private let number: Int

    /// Takes a line and its number.
    init(_ line: [UInt8], number: Int) {
        self.line = line
        self.number = number
    }

    /// The first reply, nil when there is none.
    func reply() -> FoundReply? {
        for place in line.indices {
            if let found = status(at: place) ?? code(at: place) { return found }
        }
        return nil
    }

    /// Octets of a code with what it brings along.
    private static let longestCode = 1_024
    private static let codes: Set<String> = [
        "AUTHENTICATIONFAILED", "AUTHORIZATIONFAILED", "ALERT", "UNAVAILABLE", "EXPIRED", "PRIVACYREQUIRED",
        "CONTACTADMIN", "NOPERM", "INUSE", "LIMIT", "OVERQUOTA", "WEBALERT", "SERVERBUG", "CLIENTBUG", "CORRUPTION",
        "NONEXISTENT", "TRYCREATE", "CANNOT", "AUTH", "SYS/TEMP", "SYS/PERM", "IN-USE", "LOGIN-DELAY", "SERVERERROR",
    ]

    private func status(at place: Int) -> FoundReply? {
        let statuses: [StaticString] = ["NO ", "BAD ", "BYE "]
        guard let word = statuses.first(where: { line.hasExactly($0, at: place) }), isTagged(place) else { return nil }
        return made(word.description.trimmedBlanks, from: place + word.utf8CodeUnitCount)
    }

    /// `[AUTHENTICATIONFAILED] ...`, from which the status was cut off.
    private func code(at place: Int) -> FoundReply? {
        guard line[place] == UInt8(ascii: "["), let (code, _) = responseCode(at: place), Self.codes.contains(code),
            !follows("OK", place)
        else { return nil }
        return made("NO", from: place)
    }

    private func made(_ status: String, from place: Int) -> FoundReply {
        var start = place
        var code: String?
        if let (found, end) = responseCode(at: start) { (code, start) = (found, end) }
        let text = line.text(start..<textEnd(from: start, openedAt: place))
        return FoundReply(
            reply: ServerReply(status: status, responseCode: code, text: ServerText(text.trimmedBlanks)),
            service: .imap, line: number)
    }

    private func responseCode(at place: Int) -> (code: String, end: Int)? {
        guard line.at(place) == UInt8(ascii: "["),
            let close = line[place...].prefix(Self.longestCode).firstIndex(of: UInt8(ascii: "]"))
        else { return nil }
        let inner = line.text((place + 1)..<close).split(separator: " ").first.map(String.init) ?? ""
        guard !inner.isEmpty, inner.utf8.allSatisfy({ $0.isUpper || $0.isDigit || $0 == 0x2D || $0 == 0x2F }) else {
            return nil
        }
        var end = close + 1
        while line.at(end)?.isBlank == true { end += 1 }
        return (inner, end)
    }

    /// Whether a tag, a star or the start of a quotation stands before a status.
    private func isTagged(_ place: Int) -> Bool {
        guard place > 0 else { return true }
        if line[place - 1].isQuote || "[:".utf8.contains(line[place - 1]) { return true }
        guard line[place - 1].isBlank else { return false }
        var end = place - 1
        while end > 0, line[end - 1].isBlank { end -= 1 }
        guard end > 0 else { return true }
        var start = end
        while start > 0, end - start < 64, !line[start - 1].isBlank, !line[start - 1].isQuote { start -= 1 }
        let word = line[start..<end]
        if word.allSatisfy({ $0 == UInt8(ascii: "*") }) || word.last == UInt8(ascii: ":") { return true }
        let isTag = word.allSatisfy(\.isAlphanumeric) && word.count <= 12 && word.contains(where: \.isDigit)
        return isTag || line.at(place + 3) == UInt8(ascii: "[") || line.text(start..<end) == "responded:"
    }

    private func follows(_ word: String, _ place: Int) -> Bool {
        var end = place
        while end > 0, line[end - 1].isBlank { end -= 1 }
        return end >= word.utf8.count && line.text((end - word.utf8.count)..<end) == word
    }

    private func textEnd(from start: Int, openedAt: Int) -> Int {
        var opening = openedAt - 1
        while opening >= 0, !line[opening].isQuote, openedAt - opening < 16 { opening -= 1 }
        guard let quote = line.at(opening), quote.isQuote else { return line.count }
        var end = start
        while let octet = line.at(end), octet != quote { end += 1 }
        return end
    }
}

extension Array where Element == UInt8 {
    /// Whether a word of ASCII stands at a place, letter by letter.
    func hasExactly(_ word: StaticString, at place: Int) -> Bool {
        let count = word.utf8CodeUnitCount
        guard place >= 0, place + count <= self.count else { return false }
        return word.withUTF8Buffer { wanted in (0..<count).allSatisfy { self[place + $0] == wanted[$0] } }
    }
}
