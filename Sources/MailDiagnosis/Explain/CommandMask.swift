/// Finds what a client said to log in, and user names with passwords in web addresses.
enum CommandMask {
    /// Where the secrets in it are.
    static func ranges(in text: [UInt8]) -> [Range<Int>] {
        var result: [Range<Int>] = []
        var start = 0
        var isChallenged = false
        var awaitsLiteral = false
        for line in text.split(separator: 0x0A, omittingEmptySubsequences: false) {
            let range = start..<(start + line.count)
            result += words(text, range)
            if awaitsLiteral, !isContinuation(text, range) {
                result.append(range)
                awaitsLiteral = announcesLiteral(text, range)
            } else if isLogin(text, range) {
                awaitsLiteral = announcesLiteral(text, range)
            }
            let answer = soleWord(text, range)
            let isSaid = answer.map { isAnswer(text, $0, challenged: isChallenged) } ?? false
            if let answer, isSaid { result.append(answer) }
            isChallenged = isChallenge(text, range) || (isChallenged && !isSaid && range.isEmpty)
            start = range.upperBound + 1
        }
        return result + addresses(text)
    }

    private static let mechanisms: Set<String> = [
        "plain", "login", "xoauth2", "oauthbearer", "cram-md5", "digest-md5", "ntlm", "gssapi", "scram-sha-1",
        "scram-sha-256", "xoauth", "plain-clienttoken",
    ]

    private static func words(_ text: [UInt8], _ line: Range<Int>) -> [Range<Int>] {
        var result: [Range<Int>] = []
        let tokens = tokens(text, line)
        for (number, token) in tokens.enumerated() where isCommand(text, token) {
            let word = bare(text, token).lowercased()
            if ["auth", "authenticate"].contains(word), number + 2 < tokens.count,
                mechanisms.contains(bare(text, tokens[number + 1]).lowercased()),
                let blob = blob(text, tokens[number + 2])
            {
                result.append(blob)
            }
            if ["bearer", "basic"].contains(word), number + 1 < tokens.count, let blob = blob(text, tokens[number + 1]),
                blob.count >= 8
            {
                result.append(blob)
            }
            if word == "login", number + 2 < tokens.count || text[token.lowerBound].isQuote,
                let arguments = loginArguments(text, line, tokens, number)
            {
                result.append(arguments)
            }
        }
        return result
    }

    private static func isCommand(_ text: [UInt8], _ token: Range<Int>) -> Bool {
        var start = token.lowerBound
        while start < token.upperBound, text[start].isQuote { start += 1 }
        let commands: [StaticString] = ["auth", "login", "bearer", "basic"]
        return commands.contains { text.has($0, at: start) }
    }

    /// The arguments of IMAP's `LOGIN`: behind a tag, or in a quotation that begins with the command.
    private static func loginArguments(
        _ text: [UInt8], _ line: Range<Int>, _ tokens: [Range<Int>], _ number: Int
    ) -> Range<Int>? {
        let token = tokens[number]
        guard number + 1 < tokens.count else { return nil }
        let first = tokens[number + 1]
        let next = bare(text, first).lowercased()
        let sentence = [
            "failed", "failed.", "invalid", "error", "denied", "disabled", "not", "is", "completed", "ok", "plain",
            "to", "fail.",
        ]
        guard !sentence.contains(next), !mechanisms.contains(next) else { return nil }
        if text[token.lowerBound].isQuote {
            let quote = text[token.lowerBound]
            let end = (first.lowerBound..<line.upperBound).first { text[$0] == quote } ?? line.upperBound
            return first.lowerBound..<end
        }
        guard number > 0 else { return nil }
        let tag = bare(text, tokens[number - 1]).utf8
        guard (1...12).contains(tag.count), tag.allSatisfy(\.isAlphanumeric), tag.contains(where: \.isDigit) else {
            return nil
        }
        return first.lowerBound..<line.upperBound
    }

    /// The blob in a word; a plain word of small or of capital letters is none.
    private static func blob(_ text: [UInt8], _ token: Range<Int>) -> Range<Int>? {
        var start = token.lowerBound
        while start < token.upperBound, text[start].isQuote { start += 1 }
        var end = start
        while end < token.upperBound, text[end].isBase64 || "=-._~".utf8.contains(text[end]) { end += 1 }
        let blob = text[start..<end]
        let isWord = blob.allSatisfy(\.isLower) || blob.allSatisfy(\.isUpper)
        return blob.count >= 4 && !isWord && !mechanisms.contains(text.text(start..<end).lowercased())
            ? start..<end : nil
    }

    /// The last word of a line that is nothing else but who speaks: `CLIENT -> SERVER: xxx`, `C: xxx`, `>>> xxx`.
    private static func soleWord(_ text: [UInt8], _ line: Range<Int>) -> Range<Int>? {
        guard let last = tokens(text, line).last else { return nil }
        var range = last
        while range.lowerBound < range.upperBound,
            text[range.lowerBound].isQuote
                || text[range.lowerBound] == UInt8(ascii: "b") && text.at(range.lowerBound + 1)?.isQuote == true
        {
            range = (range.lowerBound + 1)..<range.upperBound
        }
        var end = range.lowerBound
        while end < range.upperBound, text[end].isBase64 || text[end] == UInt8(ascii: "=") { end += 1 }
        return end - range.lowerBound >= 4 && (end - range.lowerBound) % 4 == 0 ? range.lowerBound..<end : nil
    }

    private static func isAnswer(_ text: [UInt8], _ answer: Range<Int>, challenged: Bool) -> Bool {
        var start = answer.lowerBound
        while start > 0, text[start - 1] != 0x0A { start -= 1 }
        let before = text.text(start..<answer.lowerBound).trimmedBlanks
        let word = text.text(answer)
        guard !["QUIT", "DATA", "NOOP", "RSET", "AUTH", "STARTTLS", "IDLE", "DONE"].contains(word.uppercased()),
            BlobMask.decoded(word) != nil
        else { return false }
        let speakers = [
            "client -> server:", "c:", ">>>", "->", "~>", "send:", "sent:", "sending:", "=>", "smtp >>>", "client:",
        ]
        if challenged {
            return before.isEmpty || speakers.contains { before.lowercased().hasSuffix($0) } || before.hasSuffix(":")
                || before.hasSuffix(">")
        }
        let isSpoken = speakers.contains { before.lowercased().hasSuffix($0) }
        return isSpoken
            && (word.hasSuffix("=") || (word.utf8.contains(where: \.isUpper) && word.utf8.contains(where: \.isLower)))
    }

    /// `334 ...` or `+ ...`: the next thing that the client says is a secret.
    private static func isChallenge(_ text: [UInt8], _ line: Range<Int>) -> Bool {
        tokens(text, line).contains { token in
            guard token.count <= 8, text[token.lowerBound...].prefix(2).contains(where: { "3+".utf8.contains($0) })
            else { return text.hasExactly("334\\", at: token.lowerBound) }
            let word = bare(text, token)
            return word == "334" || word.hasPrefix("334\\") || word == "+" || word.hasPrefix("334-")
        }
    }

    private static func isLogin(_ text: [UInt8], _ line: Range<Int>) -> Bool {
        line.contains { text.has(" login ", at: $0) }
    }

    /// `{14}` or `{14+}` at the end of a line: the octets of an argument follow (RFC 9051, section 4.3).
    private static func announcesLiteral(_ text: [UInt8], _ line: Range<Int>) -> Bool {
        guard let last = line.last(where: { text[$0] > 0x20 }), text[last] == UInt8(ascii: "}") else { return false }
        return text[max(line.lowerBound, last - 8)..<last].contains(UInt8(ascii: "{"))
    }

    private static func isContinuation(_ text: [UInt8], _ line: Range<Int>) -> Bool {
        tokens(text, line).prefix(2).contains { bare(text, $0) == "+" }
    }

    /// The passwords in `scheme://user:password@host`.
    private static func addresses(_ text: [UInt8]) -> [Range<Int>] {
        text.indices.compactMap { place in
            guard text.hasExactly("://", at: place) else { return nil }
            var colon: Int?
            var end = place + 3
            while let octet = text.at(end), octet > 0x20, !"/\"'`<>?#".utf8.contains(octet), octet != UInt8(ascii: "@")
            {
                if octet == UInt8(ascii: ":"), colon == nil { colon = end }
                end += 1
            }
            guard let colon, text.at(end) == UInt8(ascii: "@"), end > colon + 1 else { return nil }
            // An @ in the password itself: the last one before the host ends it.
            var last = end
            var look = end + 1
            while let octet = text.at(look), octet > 0x20, !"/\"'`<>?#".utf8.contains(octet) {
                if octet == UInt8(ascii: "@") { last = look }
                look += 1
            }
            return (colon + 1)..<last
        }
    }

    private static func tokens(_ text: [UInt8], _ line: Range<Int>) -> [Range<Int>] {
        var result: [Range<Int>] = []
        var place = line.lowerBound
        while place < line.upperBound {
            while place < line.upperBound, text[place] <= 0x20 { place += 1 }
            let start = place
            while place < line.upperBound, text[place] > 0x20 { place += 1 }
            if place > start { result.append(start..<place) }
        }
        return result
    }

    /// A token without quotation marks; empty for one that is too long for a command.
    private static func bare(_ text: [UInt8], _ token: Range<Int>) -> String {
        token.count > 24 ? "" : text.text(token).trimmedBlanks
    }
}
