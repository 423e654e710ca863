/// Finds secrets on command lines whose options have no name that tells it (`curl -u user:secret`, `swaks -ap secret`), and
/// in the lines of settings files that have no names at all.
enum ShellMask {
    /// Where they are.
    static func ranges(in text: MaskText) -> [Range<Int>] {
        text.lines.flatMap { line -> [Range<Int>] in
            let words = text.words(line)
            if words.count == 1 { return [pair(text, words[0])].compactMap(\.self) }
            guard words.count >= 2 else { return [] }
            return options(text, line, words)
                + [mapEntry(text, line, words), secureString(text, line, words)].compactMap(\.self)
        }
    }

    /// Options whose value is a secret, without their dashes, by the programs that have them; none for any program.
    private static let options: [String: Set<String>] = [
        "ap": [], "xp": [], "pw": [], "oauth2-bearer": [], "auth-pass": [], "apass": [],
        "p": ["testsaslauthd", "sshpass", "smtp-cli", "doveadm", "fetchmail", "mailsend", "swaks"],
    ]
    /// Options whose value is a user name, a colon and a secret.
    private static let pairs: Set<String> = ["u", "user", "proxy-user", "U"]
    /// Commands that take a user name and a secret behind them.
    private static let positional: [[String]] = [["doveadm", "auth", "test"], ["doveadm", "auth", "login"]]

    private static func options(_ text: MaskText, _ line: Range<Int>, _ words: [Range<Int>]) -> [Range<Int>] {
        let octets = text.octets
        let isCommand = words.contains {
            octets[$0.lowerBound] == UInt8(ascii: "-") || octets.has("doveadm", at: $0.lowerBound)
        }
        guard isCommand else { return [] }
        var result: [Range<Int>] = []
        var programs: Set<String> = []
        for (number, word) in words.enumerated() {
            guard octets[word.lowerBound] == UInt8(ascii: "-") else {
                if word.count <= 24 { programs.insert(program(text.bare(word))) }
                continue
            }
            let (option, attached) = option(text, word)
            let value = attached ?? (number + 1 < words.count ? argument(text, words[number + 1], line) : nil)
            guard let value, !value.isEmpty else { continue }
            if let owners = options[option], owners.isEmpty || !owners.isDisjoint(with: programs) {
                if owners.isEmpty, SecretWords.sentence.contains(text.bare(value)) { continue }
                result.append(value)
            } else if pairs.contains(option) {
                if let secret = secret(text, value, isCurl: programs.contains("curl")) { result.append(secret) }
            }
        }
        return result + (positional.contains { programs.isSuperset(of: $0) } ? last(text, words) : [])
    }

    /// The name of a program without its path.
    private static func program(_ word: String) -> String { word.split(separator: "/").last.map(String.init) ?? word }

    /// The option without its dashes, and the value that is attached to it by `=`, or to `-u` by nothing.
    private static func option(_ text: MaskText, _ word: Range<Int>) -> (String, Range<Int>?) {
        let octets = text.octets
        let limit = min(word.upperBound, word.lowerBound + 24)
        let dashes = octets[word.lowerBound..<limit].prefix(2).prefix { $0 == UInt8(ascii: "-") }.count
        let start = word.lowerBound + dashes
        if let sign = octets[start..<limit].firstIndex(of: UInt8(ascii: "=")) {
            return (octets.text(start..<sign), text.unquoted((sign + 1)..<word.upperBound))
        }
        if dashes == 1, word.count > 3, octets.has("-u", at: word.lowerBound), octets[word].contains(UInt8(ascii: ":"))
        {
            return ("u", (word.lowerBound + 2)..<word.upperBound)
        }
        return (octets.text(start..<limit), nil)
    }

    /// A word, or what stands in quotation marks.
    private static func argument(_ text: MaskText, _ word: Range<Int>, _ line: Range<Int>) -> Range<Int> {
        text.quotation(at: word.lowerBound, before: line.upperBound)?.inside ?? word
    }

    /// What stands behind the colon of `user:secret`; without curl before it only what looks like that.
    private static func secret(_ text: MaskText, _ value: Range<Int>, isCurl: Bool) -> Range<Int>? {
        let octets = text.octets
        guard let colon = octets[value].firstIndex(of: UInt8(ascii: ":")), colon > value.lowerBound else { return nil }
        let secret = (colon + 1)..<value.upperBound
        guard !secret.isEmpty, octets[secret.lowerBound] != UInt8(ascii: "/"),
            octets[secret.lowerBound] != UInt8(ascii: "$"),
            !octets.hasExactly("[redacted]", at: secret.lowerBound)
        else { return nil }
        return isCurl || octets[secret].contains { !$0.isDigit } ? secret : nil
    }

    private static func last(_ text: MaskText, _ words: [Range<Int>]) -> [Range<Int>] {
        guard words.count >= 5, let word = words.last, octets(text, word) != "[redacted]" else { return [] }
        return [text.unquoted(word)]
    }

    private static func octets(_ text: MaskText, _ word: Range<Int>) -> String { text.octets.text(word) }

    /// PowerShell's `ConvertTo-SecureString secret -AsPlainText`.
    private static func secureString(_ text: MaskText, _ line: Range<Int>, _ words: [Range<Int>]) -> Range<Int>? {
        let command =
            words.firstIndex { text.octets.has("convertto-securestring", at: $0.lowerBound) }
            ?? words.firstIndex { text.octets.has("(convertto-securestring", at: $0.lowerBound) }
        guard let command else { return nil }
        let flags: Set<String> = ["-string", "-asplaintext", "-force"]
        guard let word = words[(command + 1)...].first(where: { !flags.contains(text.bare($0)) }),
            !"$(-[|".utf8.contains(text.octets[word.lowerBound])
        else { return nil }
        let value = argument(text, word, line)
        return value.isEmpty ? nil : value
    }

    /// `jane@example.com:secret`, a line of its own.
    private static func pair(_ text: MaskText, _ word: Range<Int>) -> Range<Int>? {
        guard word.count <= 320, let colon = text.octets[word].firstIndex(of: UInt8(ascii: ":")) else { return nil }
        let secret = (colon + 1)..<word.upperBound
        return text.isAddress(word.lowerBound..<colon) && text.isSurelySecret(secret) ? secret : nil
    }

    /// A line of Postfix's `sasl_passwd`: `[smtp.example.com]:587 user:secret`, `smtp.example.com user@example.com:secret`.
    private static func mapEntry(_ text: MaskText, _ line: Range<Int>, _ words: [Range<Int>]) -> Range<Int>? {
        let octets = text.octets
        guard words.count >= 2, words[0].count <= 260 else { return nil }
        let key = octets[words[0]]
        let value = words[1].lowerBound..<(words.last?.upperBound ?? words[1].upperBound)
        let isBracketed = key.first == UInt8(ascii: "[") && key.contains(UInt8(ascii: "]"))
        guard isBracketed || words.count == 2 && isHost(key) else { return nil }
        guard let colon = octets[words[1]].firstIndex(of: UInt8(ascii: ":")), colon > words[1].lowerBound,
            colon + 1 < words[1].upperBound
        else { return nil }
        let user = octets[words[1].lowerBound..<colon]
        let secret = (colon + 1)..<value.upperBound
        guard octets[secret.lowerBound] != UInt8(ascii: "/"), !octets.hasExactly("[redacted]", at: secret.lowerBound),
            user.allSatisfy({ $0.isAlphanumeric || "@._-+=%".utf8.contains($0) })
        else { return nil }
        // `[notice] smtp: ...`, `[smtp.example.com]:587 status:deferred`
        if isBracketed, !key.contains(UInt8(ascii: ".")) { return nil }
        guard words.count == 2 else { return nil }
        return user.contains(UInt8(ascii: "@")) || text.looksSecret(secret) ? secret : nil
    }

    /// `smtp.example.com`, `smtp.example.com:587`, `@example.com`, `jane@example.com`
    private static func isHost(_ key: ArraySlice<UInt8>) -> Bool {
        key.contains(UInt8(ascii: ".")) && key.last?.isAlphanumeric == true
            && key.allSatisfy { $0.isAlphanumeric || ".-_@:".utf8.contains($0) } && key.contains(where: \.isLetter)
    }
}

/// Finds the passwords in web addresses: `scheme://user:password@host`.
enum AddressMask {
    /// Where they are.
    static func ranges(in text: MaskText) -> [Range<Int>] {
        let octets = text.octets
        return octets.indices.compactMap { place in
            guard octets[place] == UInt8(ascii: ":"), octets.hasExactly("://", at: place) else { return nil }
            var colon: Int?
            var last: Int?
            var end = place + 3
            // An @ in the password itself: the last one before the host ends it.
            while let octet = octets.at(end), octet > 0x20, !"/\"'`<>?#".utf8.contains(octet) {
                if octet == UInt8(ascii: ":"), colon == nil, last == nil { colon = end }
                if octet == UInt8(ascii: "@") { last = end }
                end += 1
            }
            guard let colon, let last, last > colon + 1 else { return nil }
            return (colon + 1)..<last
        }
    }
}
