/// Reads what stands where a secret is expected, and tells it from the words of a sentence.
struct ValueReader {
    let text: MaskText
    let octets: [UInt8]
    let line: Range<Int>

    /// Behind blanks, backslashes, emphasis and tags that open a value.
    ///
    /// - Parameter place: Behind the separator.
    /// - Returns: Where the value begins.
    func afterOpeners(_ place: Int) -> Int {
        var place = place
        while place < line.upperBound {
            if octets[place] == UInt8(ascii: "<"), let end = tagEnd(place) {
                place = end
            } else if octets[place] == UInt8(ascii: "\\"), octets.at(place + 1)?.isQuote == true {
                return place
            } else if octets[place].isBlank || octets[place] == UInt8(ascii: "\\") || isEmphasis(place) {
                place += 1
            } else {
                break
            }
        }
        return place
    }

    /// A value that a sign assigns.
    ///
    /// - Parameters:
    ///   - place: Where it begins.
    ///   - isSetting: Whether it is one of a setting, and not of a sentence.
    ///   - takesLine: Whether it goes on to the end of the line, blanks and all.
    ///   - isStrict: Whether it must look like a secret.
    ///   - isPassword: Whether a password is meant.
    /// - Returns: The value, nil when there is none.
    func assigned(at place: Int, isSetting: Bool, takesLine: Bool, isStrict: Bool, isPassword: Bool) -> Range<Int>? {
        guard place < line.upperBound, !isReference(place), !isMasked(place) else { return nil }
        if let (inside, _) = text.quotation(at: place, before: line.upperBound) {
            let isComplaint =
                isSetting
                ? SecretWords.complaints.contains(text.bare(inside)) || inside.count > 24 && isWords(inside)
                : isWords(inside)
            return inside.isEmpty || isComplaint || isStars(inside) ? nil : inside
        }
        let opening = octets[place] == UInt8(ascii: "\\") ? place + 1 : place
        if octets[opening].isQuote {
            // It was never closed: the text was cut.
            let rest = (opening + 1)..<line.upperBound
            return rest.isEmpty || isWords(rest) ? nil : rest
        }
        guard let word = bareWord(at: place), !isStars(word), !isBlockMark(word) else { return nil }
        let scheme = text.bare(word)
        if !isPassword, Self.schemes.contains(scheme) { return credentials(behind: word) }
        let first = trimmed(word)
        if takesLine, isPassphrase(place..<line.upperBound) { return lineValue(from: place, word: word) }
        guard !isPlain(first, isSetting: isSetting), !isStrict || text.looksSecret(first) else { return nil }
        if takesLine { return lineValue(from: place, word: word) }
        return word
    }

    /// What a sentence says of a password: "my password is ...", "with password ...", or nothing between them in a
    /// setting of fetchmail, msmtp or .netrc.
    ///
    /// - Parameters:
    ///   - label: The label.
    ///   - place: What stands behind it.
    /// - Returns: The secret, nil when the sentence says something else.
    func spoken(behind label: LabelMask.Found, at place: Int) -> Range<Int>? {
        for copula in SecretWords.attachedCopulas where octets[place...].starts(with: copula.utf8) {
            return ascii(from: afterOpeners(place + copula.utf8.count))
        }
        let place = octets[label.end].isBlank ? text.afterBlanks(label.end, before: line.upperBound) : place
        let head = place..<min(line.upperBound, place + 200)
        if octets[label.end..<place].contains(0x09), let word = bareWord(at: place), word.upperBound == line.upperBound,
            !isPlain(word, isSetting: false), text.isLineStart(label.identifier, in: line)
        {
            return word
        }
        let words = text.words(head)
        guard let first = words.first, place > label.end else { return nil }
        if isOption(label) { return isSentence(first) ? nil : text.unquoted(first) }
        if octets[first.lowerBound].isQuote, octets[label.end].isBlank {
            guard let (inside, _) = text.quotation(at: first.lowerBound, before: line.upperBound) else { return nil }
            return inside.isEmpty || isWords(inside) ? nil : inside
        }
        if let said = said(words, label) { return said }
        if label.isPassword, text.isSurelySecret(trimmed(first)), !isMasked(first.lowerBound) { return trimmed(first) }
        return label.isPassword && followsSettings(label, first) ? bareWord(at: first.lowerBound) : nil
    }

    /// A cell of a table.
    func cell(from place: Int) -> Range<Int>? {
        let end = octets[place..<line.upperBound].firstIndex(of: UInt8(ascii: "|")) ?? line.upperBound
        let inside = text.unquoted(place..<end)
        return inside.isEmpty || isWords(inside) || inside.allSatisfy({ "-:".utf8.contains(octets[$0]) }) ? nil : inside
    }

    /// Whether a range holds a sentence about a secret, and no secret.
    ///
    /// - Parameter range: The range.
    /// - Returns: True when its first word, or half of its words, are such words.
    func isWords(_ range: Range<Int>) -> Bool {
        let words = text.words(range.lowerBound..<min(range.upperBound, range.lowerBound + 400))
        guard let first = words.first else { return true }
        let known = words.count { SecretWords.sentence.contains(text.bare($0)) }
        return words.count == 1
            ? isPlain(trimmed(first), isSetting: false)
            : known * 2 >= words.count
                || known > 0 && SecretWords.sentence.contains(text.bare(first))
                    && !words.contains(where: text.looksSecret)
    }

    /// Words that are no sentence: among them one that looks like a secret, or four plain ones and more, as generators of
    /// passphrases make them.
    private func isPassphrase(_ range: Range<Int>) -> Bool {
        let words = text.words(range.lowerBound..<min(range.upperBound, range.lowerBound + 100))
        let known = words.count { SecretWords.sentence.contains(text.bare($0)) }
        if words.count > 1, known * 2 < words.count, words.contains(where: text.looksSecret) { return true }
        return (4...8).contains(words.count) && words.last?.upperBound == range.upperBound
            && words.allSatisfy { word in (3...12).contains(word.count) && octets[word].allSatisfy(\.isLower) }
            && known <= 1
    }

    // MARK: Sentences

    /// "is X", "I use is X", "for jane@example.com is X".
    private func said(_ words: [Range<Int>], _ label: LabelMask.Found) -> Range<Int>? {
        guard label.isPassword else { return nil }
        let copula = words.prefix(6).firstIndex {
            SecretWords.copulas.contains(text.bare($0)) || octets[$0.upperBound - 1] == UInt8(ascii: ":")
        }
        guard let copula, copula + 1 < words.count else { return nil }
        let word = words[copula + 1]
        let value = afterOpeners(word.lowerBound)
        guard value < line.upperBound else { return nil }
        if let (inside, _) = text.quotation(at: value, before: line.upperBound) {
            return inside.isEmpty || isWords(inside) ? nil : inside
        }
        let bare = trimmed(word)
        if isSentence(bare) || isMasked(bare.lowerBound) { return nil }
        if text.looksSecret(bare) { return bare }
        // A word of letters alone: only right behind "password is", and only at the end of what is said.
        let isLast = copula + 2 == words.count || words[copula + 1].upperBound != bare.upperBound
        let saidSo = ["is", "was"].contains(text.bare(words[copula])) && copula == 0
        return saidSo && isLast && bare.count >= 4 && !isAdjective(bare) ? bare : nil
    }

    /// An English word about a state: disabled, working, invisible.
    private func isAdjective(_ word: Range<Int>) -> Bool {
        let word = text.bare(word)
        return ["ed", "ing", "able", "ible", "ful", "less", "ive", "ory", "ic", "ly", "ent", "ant", "al", "ous"]
            .contains {
                word.hasSuffix($0)
            }
    }

    /// `machine h login u password p`, `user u pass p`, `password p` among the lines of a settings file.
    private func followsSettings(_ label: LabelMask.Found, _ first: Range<Int>) -> Bool {
        let word = trimmed(first)
        guard !isSentence(word), !isMasked(word.lowerBound) else { return false }
        let before = text.words(max(line.lowerBound, label.identifier - 200)..<label.identifier).map(text.bare)
        if before.suffix(2).first.map({ ["login", "user", "username", "account"].contains($0) }) == true {
            return true
        }
        if before.last == "with" || before.last == "and" { return text.looksSecret(word) }
        guard before.isEmpty, octets[label.start].isLower || text.looksSecret(word) else { return false }
        let isWhole = text.words(first.upperBound..<min(line.upperBound, first.upperBound + 64)).isEmpty
        return isWhole && (text.looksSecret(word) || isAmongSettings)
    }

    /// Whether the line before or behind is one of a settings file too: `host smtp.example.com`.
    private var isAmongSettings: Bool {
        let around = [
            max(0, line.lowerBound - 120)..<max(0, line.lowerBound - 1),
            min(octets.count, line.upperBound + 1)..<min(octets.count, line.upperBound + 120),
        ]
        let before = octets[around[0]].split(separator: 0x0A).last
        let behind = octets[around[1]].split(separator: 0x0A).first
        return [before, behind].contains { line in
            guard let line else { return false }
            let words = String(decoding: line, as: UTF8.self).lowercased().split(separator: " ")
            return words.count == 2
                && ["user", "host", "auth", "from", "port", "tls", "account", "login", "machine", "tls_starttls"]
                    .contains(words[0])
        }
    }

    // MARK: Words

    private static let schemes: Set<String> = [
        "basic", "bearer", "digest", "plain", "login", "xoauth2", "token", "apikey", "negotiate", "ntlm",
    ]

    /// `Authorization: Bearer ...`
    private func credentials(behind scheme: Range<Int>) -> Range<Int>? {
        let words = text.words(scheme.upperBound..<min(line.upperBound, scheme.upperBound + 4_096))
        guard let word = words.first.map(trimmed), !isSentence(word) else { return nil }
        return text.looksSecret(word) || word.count >= 16 ? word : nil
    }

    private func ascii(from place: Int) -> Range<Int>? {
        if let (inside, _) = text.quotation(at: place, before: line.upperBound) { return inside.isEmpty ? nil : inside }
        var end = place
        while end < line.upperBound, (0x21...0x7E).contains(octets[end]) { end += 1 }
        let word = trimmed(place..<end)
        return word.count >= 4 && !isSentence(word) && !isMasked(place) ? word : nil
    }

    /// A value that goes on to the end of its line; a comma or a quotation mark that ends a setting is none of it.
    private func lineValue(from place: Int, word: Range<Int>) -> Range<Int> {
        var end = line.upperBound
        while end > word.upperBound, octets[end - 1].isBlank || ",;".utf8.contains(octets[end - 1]) { end -= 1 }
        return place..<max(end, word.upperBound)
    }

    /// A word up to a blank, or up to a sign that ends the value: what follows such a sign tells.
    private func bareWord(at place: Int) -> Range<Int>? {
        var end = place
        while end < line.upperBound, octets[end] > 0x20, !endsValue(end) { end += 1 }
        return end > place ? place..<end : nil
    }

    private func endsValue(_ place: Int) -> Bool {
        let next = place + 1 < line.upperBound ? octets[place + 1] : 0x20
        switch octets[place] {
        case UInt8(ascii: "<"): return octets.at(place + 1) == UInt8(ascii: "/") || octets.has("<br", at: place)
        case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "&"), UInt8(ascii: "|"):
            return next <= 0x20 || isAssignment(place + 1)
        case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"), UInt8(ascii: "\""), UInt8(ascii: "'"),
            UInt8(ascii: "`"):
            return next <= 0x20 || ",;)]}>'\"`.".utf8.contains(next)
        case UInt8(ascii: "\\"): return next.isQuote
        default: return false
        }
    }

    /// `,host=`, `&x=`
    private func isAssignment(_ place: Int) -> Bool {
        var end = place
        while end < line.upperBound, end - place < 24,
            octets[end].isAlphanumeric || "_-. \"'".utf8.contains(octets[end])
        {
            end += 1
        }
        return end > place && end < line.upperBound && "=:".utf8.contains(octets[end])
    }

    /// Without the stop of a sentence behind it.
    private func trimmed(_ word: Range<Int>) -> Range<Int> {
        var end = word.upperBound
        while end > word.lowerBound + 1, ".,;:!?)\"'`".utf8.contains(octets[end - 1]) { end -= 1 }
        return word.lowerBound..<end
    }

    private func isSentence(_ word: Range<Int>) -> Bool { SecretWords.sentence.contains(text.bare(word)) }

    /// A word of a sentence, or a reply's code: "password: 535 5.7.8 ...".
    private func isPlain(_ word: Range<Int>, isSetting: Bool) -> Bool {
        if isSentence(word) { return true }
        let isNumber = octets[word].allSatisfy(\.isDigit)
        return isNumber && (word.count == 3 || word.count < 3 && !isSetting)
    }

    private func isStars(_ range: Range<Int>) -> Bool {
        octets[range].allSatisfy { "*•xX#.".utf8.contains($0) || $0 >= 0x80 }
            && octets[range].contains(UInt8(ascii: "*"))
    }

    /// `>-`, `|`: in YAML the value stands on the lines below.
    private func isBlockMark(_ word: Range<Int>) -> Bool {
        word.count <= 2 && octets[word].allSatisfy { ">|-+".utf8.contains($0) }
    }

    private func isMasked(_ place: Int) -> Bool { octets.hasExactly("[redacted]", at: place) }

    /// A look-up of the secret elsewhere: `${SMTP_PASSWORD}`, `$PASS`, `process.env.X`, `<your password>`, `{`, `[`.
    private func isReference(_ place: Int) -> Bool {
        let heads: [StaticString] = [
            "${", "$(", "{{", "%(", "process.env", "os.environ", "os.getenv", "getenv(", "env(", "env[", "std::env",
            "system.getenv", "environment.", "environment[", "config(", "config[", "settings.", "input(", "getpass",
            "[\"", "['", "[]",
            "<your", "<password", "<pass", "<secret", "<hidden", "<redacted", "<token", "function", "self.", "this.",
            "req.", "new ",
        ]
        if heads.contains(where: { octets.has($0, at: place) }) { return true }
        let next = place + 1 < line.upperBound ? octets[place + 1] : 0x20
        switch octets[place] {
        case UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "("):
            return next <= 0x20 || next.isQuote || "}])".utf8.contains(next)
        case UInt8(ascii: "$"): return isName(from: place + 1)
        default: return false
        }
    }

    /// The name of a variable, to the end of the word: small letters, or capitals, never both.
    private func isName(from place: Int) -> Bool {
        var end = place
        while end < line.upperBound, octets[end].isLetter || octets[end] == UInt8(ascii: "_") { end += 1 }
        let name = octets[place..<end]
        guard name.count >= 2, end == line.upperBound || octets[end] <= 0x20 || ",;)\"'".utf8.contains(octets[end])
        else {
            return false
        }
        return name.allSatisfy { $0.isUpper || $0 == UInt8(ascii: "_") } || name.allSatisfy { !$0.isUpper }
    }

    private func isEmphasis(_ place: Int) -> Bool {
        octets[place] == UInt8(ascii: "*") && octets.at(place + 1) == UInt8(ascii: "*")
            || octets[place] == UInt8(ascii: "*") && place > 0 && octets[place - 1] == UInt8(ascii: "*")
    }

    private func tagEnd(_ place: Int) -> Int? {
        let limit = min(line.upperBound, place + 48)
        guard octets.at(place + 1)?.isLetter == true || octets.at(place + 1) == UInt8(ascii: "/"),
            let close = octets[place..<limit].firstIndex(of: UInt8(ascii: ">"))
        else { return nil }
        let name = octets.text((place + 1)..<close).lowercased()
        let tags = [
            "b", "/b", "i", "/i", "code", "strong", "/strong", "span", "/span", "em", "/em", "br", "br/", "tt", "/td",
            "td",
        ]
        return tags.contains(name.split(separator: " ").first.map(String.init) ?? "") ? close + 1 : nil
    }

    /// `--password1 secret`, `-password secret`.
    private func isOption(_ label: LabelMask.Found) -> Bool {
        label.identifier < label.start && octets[label.identifier] == UInt8(ascii: "-")
            || label.identifier == label.start && label.start > line.lowerBound
                && octets[label.start - 1] == UInt8(ascii: "-")
            || octets[label.identifier] == UInt8(ascii: "-")
    }
}
