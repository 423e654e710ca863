/// Finds what a client said to log in: the commands of SMTP, IMAP and POP3, and the answers to challenges.
struct CommandMask {
    private let text: MaskText
    private let octets: [UInt8]
    private let line: Range<Int>
    private let words: [Range<Int>]
    private let isAfterUser: Bool

    /// Where the secrets in it are.
    static func ranges(in text: MaskText) -> [Range<Int>] {
        var result: [Range<Int>] = []
        var awaitsLiteral = false
        var challenge = ChallengeMask(text: text)
        var isAfterUser = false
        for line in text.lines {
            let words = text.words(line)
            let mask = CommandMask(
                text: text, octets: text.octets, line: line, words: words, isAfterUser: isAfterUser)
            result += mask.arguments
            if awaitsLiteral, !mask.isContinuation {
                result.append(line)
                awaitsLiteral = mask.announcesLiteral
            } else if mask.isLogin {
                awaitsLiteral = mask.announcesLiteral
            }
            if let answer = challenge.answer(line, words) { result.append(answer) }
            if !words.isEmpty { isAfterUser = mask.isUser || isAfterUser && mask.isPositive }
        }
        return result.filter { !$0.isEmpty }
    }

    /// The names of mechanisms, in small letters.
    static let mechanisms: Set<String> = [
        "plain", "login", "xoauth2", "oauthbearer", "cram-md5", "digest-md5", "ntlm", "gssapi", "scram-sha-1",
        "scram-sha-256", "xoauth", "plain-clienttoken", "external", "anonymous", "scram-sha-512",
    ]

    private var arguments: [Range<Int>] {
        var result: [Range<Int>] = []
        for number in words.indices where isCommand(words[number]) {
            switch text.bare(words[number]) {
            case "auth", "authenticate":
                guard number + 2 < words.count, Self.mechanisms.contains(text.bare(words[number + 1])),
                    let blob = blob(words[number + 2])
                else { continue }
                result.append(blob)
            case "bearer", "basic":
                guard number + 1 < words.count, let blob = blob(words[number + 1]), blob.count >= 8 else { continue }
                result.append(blob)
            case "login":
                guard let arguments = loginArguments(number) else { continue }
                result.append(arguments)
                return result
            case "pass":
                guard let password = passArgument(number) else { continue }
                result.append(password)
                return result
            default: continue
            }
        }
        return result
    }

    /// Most words are none: a look at the first letters is enough.
    private func isCommand(_ word: Range<Int>) -> Bool {
        var start = word.lowerBound
        while start < word.upperBound, octets[start].isQuote || octets[start] == UInt8(ascii: "(") { start += 1 }
        if octets.at(start) == UInt8(ascii: "b"), octets.at(start + 1)?.isQuote == true { start += 2 }
        let commands: [StaticString] = ["auth", "login", "bearer", "basic", "pass"]
        return commands.contains { octets.has($0, at: start) }
    }

    // MARK: IMAP

    /// The arguments of IMAP's `LOGIN`: behind a tag, or in a quotation that begins with the command.
    private func loginArguments(_ number: Int) -> Range<Int>? {
        guard number + 1 < words.count else { return nil }
        let first = words[number + 1]
        let next = text.bare(first)
        guard !Self.mechanisms.contains(next), !isMasked(first) else { return nil }
        let opening = octets[words[number].lowerBound]
        if opening.isQuote {
            guard octets[words[number].upperBound - 1] != opening, !SecretWords.sentence.contains(next),
                !Self.nouns.contains(next)
            else { return nil }
            let end = octets[first.lowerBound..<line.upperBound].firstIndex(of: opening) ?? line.upperBound
            return first.lowerBound < end ? first.lowerBound..<end : nil
        }
        if number + 3 == words.count, isSpeaker(before: number), octets[words[number]].contains(word: "LOGIN"),
            text.isSurelySecret(words[number + 2])
        {
            return first.lowerBound..<line.upperBound
        }
        guard number > 0, number + 2 < words.count || octets[first.upperBound - 1] == UInt8(ascii: "}"),
            isTag(words[number - 1], isFirst: isSpeaker(before: number - 1), arguments: first)
        else { return nil }
        return first.lowerBound..<line.upperBound
    }

    /// A tag has a digit in it most often. Typed ones are `a` or `.`: then it is a command when it begins the line and
    /// two arguments end it, none of them a word of a sentence about a login.
    private func isTag(_ word: Range<Int>, isFirst: Bool, arguments first: Range<Int>) -> Bool {
        var tag = octets[word]
        if let cut = tag.lastIndex(where: { "<>'\"`:=]".utf8.contains($0) }) { tag = tag[(cut + 1)...] }
        guard (1...16).contains(tag.count) else { return false }
        let next = text.bare(first)
        let isSentence = SecretWords.sentence.contains(next) || Self.nouns.contains(next)
        // `535 Login fail` is a reply.
        if tag.count == 3, tag.allSatisfy(\.isDigit), "2345".utf8.contains(tag[tag.startIndex]) { return false }
        if tag.allSatisfy(\.isAlphanumeric), tag.contains(where: \.isDigit) { return !isSentence }
        guard isFirst || word == words[0], tag.count <= 8,
            tag.allSatisfy({ $0.isAlphanumeric || ".?!#$&-_".utf8.contains($0) })
        else { return false }
        let behind = words.filter { $0.lowerBound >= first.lowerBound }
        if octets[first.upperBound - 1] == UInt8(ascii: "}") { return true }
        guard behind.count == 2 || octets[first.lowerBound].isQuote || octets[behind[1].lowerBound].isQuote else {
            return false
        }
        return !isSentence && !SecretWords.sentence.contains(text.bare(behind[1]))
            && !Self.nouns.contains(text.bare(behind[1]))
    }

    /// What a login can be in a sentence: "a login attempt".
    private static let nouns: Set<String> = [
        "attempt", "attempts", "page", "name", "names", "window", "screen", "shell", "form", "prompt", "button",
        "process",
        "session", "sessions", "dialog", "link", "details", "information", "info", "problem", "problems", "box",
        "popup",
        "procedure", "step", "timeout", "time", "times", "completed", "success", "successful", "successfully",
        "unsuccessful",
        "rate", "flow", "capability", "greeting", "id", "data", "config", "try", "tries", "item", "event", "events",
        "log",
        "refused.", "occurred", "appears", "opens", "happened", "detected", "notice", "alert", "bad",
    ]

    private var isLogin: Bool {
        words.contains { octets.has("login", at: $0.lowerBound) && text.bare($0) == "login" }
    }

    /// `{14}` or `{14+}` at the end of a line: the octets of an argument follow (RFC 9051, section 4.3).
    private var announcesLiteral: Bool {
        guard let last = words.last, octets[last.upperBound - 1] == UInt8(ascii: "}") else { return false }
        return octets[max(line.lowerBound, last.upperBound - 9)..<last.upperBound].contains(UInt8(ascii: "{"))
    }

    private var isContinuation: Bool {
        words.prefix(2).contains { word in octets[word].prefix(2).contains(UInt8(ascii: "+")) && word.count <= 2 }
    }

    // MARK: POP3

    /// `PASS secret` (RFC 1939, section 7) at the start of a line or behind who speaks; blanks are a part of it.
    private func passArgument(_ number: Int) -> Range<Int>? {
        let word = words[number]
        guard number + 1 < words.count, word.count <= 6 else { return nil }
        let first = words[number + 1]
        let isBehindUser = number >= 2 && ["user", "login"].contains(text.bare(words[number - 2]))
        let isCapital = octets[word].contains(word: "PASS")
        guard isBehindUser || isSpeaker(before: number), isCapital || isAfterUser || isBehindUser,
            !SecretWords.sentence.contains(text.bare(first))
                || words[(number + 1)...].prefix(8).contains(where: text.looksSecret),
            !isMasked(first), octets[word.upperBound - 1] != UInt8(ascii: ":")
        else { return nil }
        if octets[word.lowerBound].isQuote,
            let end = octets[first.lowerBound..<line.upperBound].firstIndex(of: octets[word.lowerBound])
        {
            return first.lowerBound..<end
        }
        return first.lowerBound..<line.upperBound
    }

    /// `+OK`, the answer to USER.
    private var isPositive: Bool { words.prefix(4).contains { octets.hasExactly("+OK", at: $0.lowerBound) } }

    private var isUser: Bool {
        words.prefix(4).contains { octets.has("user", at: $0.lowerBound) && text.bare($0) == "user" }
    }

    /// Whether all that stands before a word is who speaks, and when: `C:`, `>>>`, `10:00:01 <`.
    private func isSpeaker(before number: Int) -> Bool {
        guard number > 0 else { return true }
        guard number <= 4, let last = words[..<number].last else { return false }
        return words[..<number].allSatisfy { word in
            word.count <= 24 && (word == last ? ":>]<=~-*".utf8.contains(octets[word.upperBound - 1]) : true)
        }
    }

    private func isMasked(_ word: Range<Int>) -> Bool { octets.hasExactly("[redacted]", at: word.lowerBound) }

    // MARK: SMTP

    /// The blob in a word; a plain word of small or of capital letters is none.
    private func blob(_ word: Range<Int>) -> Range<Int>? {
        var start = word.lowerBound
        while start < word.upperBound, octets[start].isQuote { start += 1 }
        var end = start
        while end < word.upperBound, octets[end].isBase64 || "=-._~".utf8.contains(octets[end]) { end += 1 }
        let blob = octets[start..<end]
        let isWord = blob.allSatisfy(\.isLower) || blob.allSatisfy(\.isUpper)
        return blob.count >= 4 && !isWord && !Self.mechanisms.contains(octets.text(start..<end).lowercased())
            ? start..<end : nil
    }
}

/// Finds what a client answers to a challenge of SASL: `334 ...` or `+ ...`, then base64 on a line of its own.
struct ChallengeMask {
    private let text: MaskText
    private var isChallenged = false

    /// Begins before the first line.
    ///
    /// - Parameter text: The text.
    init(text: MaskText) { self.text = text }

    /// Takes the next line.
    ///
    /// - Parameters:
    ///   - line: The line.
    ///   - words: Its words.
    /// - Returns: The answer that stands in it, nil when it holds none.
    mutating func answer(_ line: Range<Int>, _ words: [Range<Int>]) -> Range<Int>? {
        let sole = words.last.flatMap(soleWord)
        let isSaid = sole.map { isAnswer($0, in: line, words) } ?? false
        isChallenged = isChallenge(words) || (isChallenged && !isSaid && words.isEmpty)
        return isSaid ? sole : nil
    }

    /// The last word of a line that is nothing else but who speaks: `CLIENT -> SERVER: xxx`, `C: xxx`, `>>> xxx`.
    private func soleWord(_ last: Range<Int>) -> Range<Int>? {
        let octets = text.octets
        var start = last.lowerBound
        while start < last.upperBound,
            octets[start].isQuote || octets[start] == UInt8(ascii: "b") && octets.at(start + 1)?.isQuote == true
        {
            start += 1
        }
        var end = start
        while end < last.upperBound, octets[end].isBase64 || octets[end] == UInt8(ascii: "=") { end += 1 }
        return end - start >= 4 && (end - start) % 4 == 0 ? start..<end : nil
    }

    private static let speakers = [
        "client -> server:", "c:", ">>>", "->", "~>", "send:", "sent:", "sending:", "=>", "smtp >>>", "client:",
    ]
    private static let commands: Set<String> = ["QUIT", "DATA", "NOOP", "RSET", "AUTH", "STARTTLS", "IDLE", "DONE"]

    private func isAnswer(_ answer: Range<Int>, in line: Range<Int>, _ words: [Range<Int>]) -> Bool {
        let word = text.octets.text(answer)
        guard !Self.commands.contains(word.uppercased()), BlobMask.decoded(word) != nil else { return false }
        let start = max(line.lowerBound, answer.lowerBound - MaskText.reach)
        let before = text.octets.text(start..<answer.lowerBound).trimmedBlanks.lowercased()
        let isSpoken = Self.speakers.contains { before.hasSuffix($0) }
        if isChallenged {
            return words.count == 1 && before.isEmpty || isSpoken || before.hasSuffix(":") || before.hasSuffix(">")
                || before == "b"
        }
        let isMixed = word.utf8.contains(where: \.isUpper) && word.utf8.contains(where: \.isLower)
        return isSpoken && (word.hasSuffix("=") || isMixed && BlobMask.decoded(word).map(BlobMask.isReadable) == true)
    }

    /// `334 ...` or `+ ...`: the next thing that the client says is a secret.
    private func isChallenge(_ words: [Range<Int>]) -> Bool {
        words.contains { word in
            guard word.count <= 8, text.octets[word].prefix(2).contains(where: { "3+b'\"".utf8.contains($0) }) else {
                return false
            }
            let bare = text.octets.text(word).trimmedBlanks
            return bare == "334" || bare == "+" || bare.hasPrefix("334-") || bare.hasSuffix("'334") || bare == "b'+"
        }
    }
}
