import MailModel

/// Finds replies of SMTP servers in a line, whatever stands around them.
///
/// A number of three digits is a reply code when an enhanced code follows, when it is one that only SMTP has, or when
/// the word before it says so; everything else (ports, durations, line numbers) is none.
struct SMTPReplyFinder {
    private let line: [UInt8]
    private let number: Int

    /// Takes a line and its number.
    init(_ line: [UInt8], number: Int) {
        self.line = line
        self.number = number
    }

    /// The replies, in their order.
    func replies() -> [FoundReply] {
        var found: [FoundReply] = []
        var place = 0
        while place + 2 < line.count {
            if let (reply, end) = reply(at: place) {
                found.append(reply)
                place = max(end, place + 3)
            } else if let (reply, end) = bareReply(at: place) {
                found.append(reply)
                place = max(end, place + 3)
            } else {
                place += 1
            }
        }
        return found
    }

    /// Octets of a reply's text in one line; longer ones are lines that ran together.
    private static let textLimit = 1_024
    /// Codes that no other protocol in such texts uses for a refusal.
    private static let telling: Set<Int> = [334, 432, 454, 523, 525, 530, 534, 535, 538]
    private static let known: Set<Int> = [
        220, 221, 235, 250, 251, 252, 334, 354, 421, 422, 432, 435, 441, 442, 446, 447, 449, 450, 451, 452, 454, 455,
        471, 500, 501, 502, 503, 504, 510, 511, 512, 513, 515, 517, 521, 523, 524, 525, 530, 531, 534, 535, 538, 540,
        541, 550, 551, 552, 553, 554, 555, 556, 557, 571,
    ]
    private static let announcing: Set<String> = [
        "error", "code", "status", "smtp", "reply", "response", "said", "returned", "got", "received", "server",
        "responded", "with", "failed", "rejected", "error:", "fault", "client", "refused", "login", "message", "esmtp",
    ]

    private func reply(at place: Int) -> (FoundReply, Int)? {
        guard let code = code(at: place), Self.known.contains(code), isFree(before: place) else { return nil }
        let separator = line.at(place + 3)
        guard separator.map({ !$0.isAlphanumeric && $0 != UInt8(ascii: ".") && $0 != UInt8(ascii: "/") }) ?? true
        else { return nil }
        let start = textStart(after: place + 3)
        if let enhanced = EnhancedCodeReader.read(line, at: start) {
            return made(code, enhanced.code, from: enhanced.end, openedAt: start, separator)
        }
        guard isPlausible(code, at: place, textAt: start) else { return nil }
        return made(code, nil, from: start, openedAt: start, separator)
    }

    /// An enhanced code that lost its reply code, as in `["5.7.1 Authentication failed"]`.
    private func bareReply(at place: Int) -> (FoundReply, Int)? {
        guard let first = line.at(place), first == UInt8(ascii: "4") || first == UInt8(ascii: "5"),
            place == 0 || line[place - 1].isQuote || "[(:> ".utf8.contains(line[place - 1]),
            let (enhanced, end) = EnhancedCodeReader.read(line, at: place),
            let subject = line.at(place + 2), (UInt8(ascii: "1")...UInt8(ascii: "7")).contains(subject),
            line.at(place + 3) == UInt8(ascii: "."), let next = line.at(end), next.isLetter, !isVersion(before: place)
        else { return nil }
        return made(nil, enhanced, from: end, openedAt: place, 0x20)
    }

    private func made(
        _ code: Int?, _ enhanced: String?, from start: Int, openedAt: Int, _ separator: UInt8?
    ) -> (FoundReply, Int) {
        let end = textEnd(from: start, openedAt: openedAt)
        var text = line.text(start..<end)
        if let code { text = Self.unsqueezed(text, code: code, enhanced) }
        let reply = ServerReply(code: code, enhancedCode: enhanced, text: ServerText(text.trimmedBlanks))
        // A list of lines run together may hold a second reply with another code: it is looked at again.
        return (
            FoundReply(
                reply: reply, service: .smtp, line: number, goesOn: separator == UInt8(ascii: "-")), start
        )
    }

    private func code(at place: Int) -> Int? {
        guard place + 3 <= line.count, (UInt8(ascii: "2")...UInt8(ascii: "5")).contains(line[place]),
            line[place + 1].isDigit, line[place + 2].isDigit
        else { return nil }
        return Int(line.text(place..<(place + 3)))
    }

    private func isFree(before place: Int) -> Bool {
        guard place > 0 else { return true }
        let before = line[place - 1]
        // Letters may stand before when lines were run together: `XOAUTH2250-SIZE` is cut elsewhere.
        return !before.isAlphanumeric && !"._/+%$@".utf8.contains(before)
    }

    /// Where the text begins: behind the separator, quotes, brackets and the `b` of Python's octets.
    private func textStart(after place: Int) -> Int {
        var start = place
        while let octet = line.at(start), octet.isBlank || "-,:)]}=(".utf8.contains(octet) || octet.isQuote {
            start += 1
        }
        if line.at(start) == UInt8(ascii: "b"), line.at(start + 1)?.isQuote == true { start += 2 }
        return start
    }

    /// Text that was opened by a quotation mark ends with it.
    private func textEnd(from start: Int, openedAt: Int) -> Int {
        var opening: UInt8?
        if openedAt > 0, let before = line.at(openedAt - 1), before.isQuote { opening = before }
        guard let opening else { return min(line.count, start + Self.textLimit) }
        var end = start
        while let octet = line.at(end), octet != opening, end - start < 2 * Self.textLimit { end += 1 }
        return end
    }

    private func isPlausible(_ code: Int, at place: Int, textAt start: Int) -> Bool {
        let next = line.at(start)
        let hasText = next.map { $0.isLetter || "<#[".utf8.contains($0) || $0 >= 0x80 } ?? false
        let word = wordBefore(place)
        let isHTTP =
            ["http/1", "http/2", "http", "status"].contains { word.hasPrefix($0) } && code >= 500 && code < 505
        if isHTTP || looksLikeHTTP(start) { return false }
        if Self.telling.contains(code) { return hasText || Self.announcing.contains(word) || isAlone(place) }
        if code < 400 { return hasText && (isOpened(place) || place == 0) }
        guard hasText else { return Self.announcing.contains(word) && code >= 550 }
        return isOpened(place) || Self.announcing.contains(word)
    }

    /// Whether the code is at the start of the line or behind something that opens a quotation.
    private func isOpened(_ place: Int) -> Bool {
        var before = place - 1
        while before >= 0, line[before].isBlank { before -= 1 }
        guard before >= 0 else { return true }
        return line[before].isQuote || "(:>[={|,;".utf8.contains(line[before])
    }

    private func isAlone(_ place: Int) -> Bool { line.count - place < 6 && place < 4 }

    private func wordBefore(_ place: Int) -> String {
        var end = place
        while end > 0, !line[end - 1].isAlphanumeric, place - end < 8 { end -= 1 }
        var start = end
        while start > 0, line[start - 1].isAlphanumeric || line[start - 1] == UInt8(ascii: "/") { start -= 1 }
        return line.text(start..<end).lowercased()
    }

    private func isVersion(before place: Int) -> Bool {
        ["version", "v", "php", "linux", "server", "node", "python", "to", "from"].contains(wordBefore(place))
    }

    private func looksLikeHTTP(_ start: Int) -> Bool {
        let reasons: [StaticString] = [
            "service unavailable\n", "bad gateway", "gateway time", "internal server error", "misdirected request",
            "http", "not implemented\n", "means ", "is ", "to equal", "indicates", "stands for", "error means",
            "errors ",
        ]
        return reasons.contains { line.has($0, at: start) }
    }

    /// Debuggers print the lines of a reply without their ends: `534-5.7.14 one534-5.7.14 two`.
    private static func unsqueezed(_ text: String, code: Int, _ enhanced: String?) -> String {
        let tail = enhanced.map { $0 + " " } ?? ""
        return text.replacing("\(code)-\(tail)", with: " ").replacing(
            "\(code) \(tail.isEmpty ? "\u{0}" : tail)", with: " ")
    }
}

extension String {
    /// The text without blanks and quotation marks at its ends.
    var trimmedBlanks: String {
        let isOuter: (Character) -> Bool = { $0 == " " || $0 == "\"" || $0 == "'" || $0 == "`" }
        return String(drop(while: isOuter).reversed().drop(while: isOuter).reversed())
    }
}
