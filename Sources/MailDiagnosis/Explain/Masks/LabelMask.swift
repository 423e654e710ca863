/// Finds values that stand behind a name such as `password=`, in settings, programs, JSON, XML, tables and sentences.
struct LabelMask {
    private let text: MaskText
    private let octets: [UInt8]
    private let line: Range<Int>

    /// Where they are.
    static func ranges(in text: MaskText) -> [Range<Int>] {
        var result: [Range<Int>] = []
        // A value can be on the line behind its label.
        var known = 0
        for (number, line) in text.lines.enumerated() where line.upperBound > known {
            let following = number + 1 < text.lines.count ? text.lines[number + 1] : nil
            let mask = LabelMask(text: text, octets: text.octets, line: line)
            var place = max(known, line.lowerBound)
            while place < line.upperBound {
                guard let label = mask.label(at: place) else {
                    place += 1
                    continue
                }
                if let value = mask.value(behind: label) ?? following.flatMap({ mask.value(on: $0, behind: label) }),
                    !mask.isMask(value)
                {
                    result.append(value)
                    known = value.upperBound
                    place = max(place + 1, value.upperBound)
                } else {
                    place = label.end
                }
            }
        }
        return result
    }

    /// A label that stands in the line.
    struct Found {
        /// Where it begins.
        var start: Int
        /// Where the value, or what leads to it, may begin.
        var end: Int
        /// Where the identifier begins of which it is the last part.
        var identifier: Int
        /// Whether it is a password; else a token or key.
        var isPassword: Bool
    }

    // MARK: Labels

    private func label(at place: Int) -> Found? {
        for label in SecretWords.labels[Int(octets[place].lowered)] where stands(label, at: place) {
            let start = text.identifierStart(place, in: line)
            if label.isWord, !isWordStart(place, label), !endsName(place, start) { continue }
            if label.isWord, isOtherName(start..<(place + label.octets.count)) { continue }
            guard var end = labelEnd(place + label.octets.count, label) else { continue }
            while end < line.upperBound, octets[end].isDigit, end - place < MaskText.reach { end += 1 }
            return Found(start: place, end: end, identifier: start, isPassword: label.isPassword)
        }
        return nil
    }

    private func stands(_ label: SecretWords.Label, at place: Int) -> Bool {
        guard place + label.octets.count <= line.upperBound else { return false }
        for (offset, octet) in label.octets.enumerated() {
            let found = octets[place + offset]
            guard found == octet || !label.isExact && found.lowered == octet else { return false }
        }
        return true
    }

    /// `Pass` begins a word in `UserPass`, and `pass` does not in `bypass`.
    private func isWordStart(_ place: Int, _ label: SecretWords.Label) -> Bool {
        guard place > line.lowerBound else { return true }
        let before = octets[place - 1]
        if label.isExact { return true }
        return !before.isLetter && before < 0x80 || before.isLower && octets[place].isUpper
    }

    /// `LastPass`, and the directory in which a shell is.
    private func isOtherName(_ name: Range<Int>) -> Bool {
        if SecretWords.otherNames.contains(octets.text(name).lowercased()) { return true }
        guard octets.has("pwd", at: name.lowerBound), name.count == 3, name.upperBound + 1 < line.upperBound else {
            return false
        }
        let value = text.afterBlanks(name.upperBound + 1, before: line.upperBound)
        return value < line.upperBound && "/~".utf8.contains(octets[value])
    }

    /// `remotepass=`: in the name of a setting a label may be the end of a word.
    private func endsName(_ place: Int, _ start: Int) -> Bool {
        guard octets[place].lowered == UInt8(ascii: "p"), place - start <= 12 else { return false }
        let end = place + (octets.has("pass", at: place) ? 4 : 3)
        guard octets.has("pass", at: place) || octets.has("pwd", at: place) else { return false }
        let next = text.afterBlanks(end, before: line.upperBound)
        guard next < line.upperBound, "=:\"'".utf8.contains(octets[next]) else { return false }
        return true
    }

    /// Where a label ends: the word ends there, or goes on with what a setting of the same secret is called.
    private func labelEnd(_ end: Int, _ label: SecretWords.Label) -> Int? {
        guard end < line.upperBound else { return end }
        for suffix in SecretWords.suffixes where octets.has(suffix, at: end) { return end + suffix.utf8CodeUnitCount }
        let next = octets[end]
        if label.isExact { return end }
        return next.isLetter || next == UInt8(ascii: "_") && octets.at(end + 1)?.isDigit != true
            || next == UInt8(ascii: "-") && octets.at(end + 1)?.isLetter == true ? nil : end
    }

    // MARK: Values

    private func value(behind label: Found) -> Range<Int>? {
        if let value = attributeValue(behind: label) ?? elementValue(behind: label) { return value }
        let isQuotedName = label.end < line.upperBound && (octets[label.end].isQuote || isEscapedQuote(label.end))
        var place = afterClosers(label.end)
        guard place < line.upperBound else { return nil }
        let reader = ValueReader(text: text, octets: octets, line: line)
        if let pair = pairedValue(behind: label, at: place) { return reader.isWords(pair) ? nil : pair }
        if let next = separatorEnd(place).map(behindType) {
            place = reader.afterOpeners(next)
            // "`password=`, which": the mark that stands before the label closes here.
            let mark = label.identifier > line.lowerBound ? octets[label.identifier - 1] : 0
            if !isQuotedName, mark.isQuote, place < line.upperBound, octets[place] == mark { return nil }
            let isSetting =
                octets[next - 1] == UInt8(ascii: "=") || isQuotedName || octets[next - 1] == UInt8(ascii: ">")
            let begins = text.isLineStart(label.identifier, in: line)
            return reader.assigned(
                at: place, isSetting: isSetting, takesLine: begins && !isQuotedName,
                isStrict: isStrict(label, isSetting) || isQuotedName && octets[next - 1] == UInt8(ascii: ":"),
                isPassword: label.isPassword)
        }
        if octets[place] == UInt8(ascii: "|"), octets[line.lowerBound] == UInt8(ascii: "|") {
            return reader.cell(from: place + 1)
        }
        return reader.spoken(behind: label, at: place)
    }

    /// A value that stands alone on the line behind `Password:`.
    private func value(on next: Range<Int>, behind label: Found) -> Range<Int>? {
        var place = afterClosers(label.end)
        guard label.isPassword, let end = separatorEnd(place) else { return nil }
        place = end
        while place < line.upperBound, octets[place].isBlank || "*_>|-".utf8.contains(octets[place]) { place += 1 }
        guard place == line.upperBound else { return nil }
        let words = text.words(next.lowerBound..<min(next.upperBound, next.lowerBound + 256))
        guard words.count == 1, let word = words.first, word.upperBound == next.upperBound || next.count < 256,
            !SecretWords.sentence.contains(text.bare(word)), octets[word.upperBound - 1] != UInt8(ascii: ":"),
            text.looksSecret(word)
        else { return nil }
        return text.unquoted(word)
    }

    /// In sentences about errors, and for tokens, a word must look like a secret: "invalid password: please try again".
    private func isStrict(_ label: Found, _ isSetting: Bool) -> Bool {
        if isSetting { return false }
        guard label.isPassword else { return true }
        var end = label.identifier
        while end > line.lowerBound, label.identifier - end < MaskText.reach, octets[end - 1].isBlank { end -= 1 }
        var start = end
        while start > line.lowerBound, end - start < MaskText.reach, octets[start - 1].isLetter { start -= 1 }
        return start < end && SecretWords.sentence.contains(octets.text(start..<end).lowercased())
    }

    /// Behind the quotation mark, the bracket or the emphasis that closes a label, a note in parentheses, and blanks.
    private func afterClosers(_ place: Int) -> Int {
        var place = place
        while place < line.upperBound,
            octets[place].isQuote || octets[place].isBlank || "]*\\".utf8.contains(octets[place])
        {
            place += 1
        }
        guard place < line.upperBound, octets[place] == UInt8(ascii: "(") else { return place }
        let limit = min(line.upperBound, place + MaskText.reach)
        guard let close = octets[place..<limit].firstIndex(of: UInt8(ascii: ")")),
            separatorEnd(text.afterBlanks(close + 1, before: line.upperBound)) != nil
        else { return place }
        return text.afterBlanks(close + 1, before: line.upperBound)
    }

    private func isEscapedQuote(_ place: Int) -> Bool {
        octets[place] == UInt8(ascii: "\\") && octets.at(place + 1)?.isQuote == true
    }

    /// Behind `:`, `=`, `=>`, `:=`, `==`, and the full-width signs.
    private func separatorEnd(_ place: Int) -> Int? {
        guard place < line.upperBound else { return nil }
        for sign in ["：", "＝"] where octets[place...].starts(with: sign.utf8) { return place + 3 }
        guard ":=".utf8.contains(octets[place]) else { return nil }
        var end = place + 1
        while end < line.upperBound, end - place < 3, "=>".utf8.contains(octets[end]) { end += 1 }
        return end
    }

    /// Behind the type that programs write between a name and its value: `password: String = "..."`.
    private func behindType(_ place: Int) -> Int {
        guard octets[place - 1] == UInt8(ascii: ":") else { return place }
        let limit = min(line.upperBound, place + 32)
        var end = text.afterBlanks(place, before: limit)
        while end < limit, octets[end].isAlphanumeric || "&?<>.'".utf8.contains(octets[end]) { end += 1 }
        end = text.afterBlanks(end, before: limit)
        guard end < limit, octets[end] == UInt8(ascii: "="), end > place + 1 else { return place }
        return end + 1
    }

    /// `put("mail.smtp.password", "...")`, `define('SMTP_PASS', '...')`
    private func pairedValue(behind label: Found, at place: Int) -> Range<Int>? {
        guard octets[place] == UInt8(ascii: ","), place > label.end, label.identifier >= line.lowerBound + 2,
            octets[label.identifier - 1].isQuote, "([".utf8.contains(octets[label.identifier - 2])
        else { return nil }
        let start = text.afterBlanks(place + 1, before: line.upperBound)
        guard let (inside, _) = text.quotation(at: start, before: line.upperBound), !inside.isEmpty else { return nil }
        return inside
    }

    // MARK: Markup

    /// `<add key="password" value="...">`, `<input name="password" value="...">`.
    private func attributeValue(behind label: Found) -> Range<Int>? {
        guard label.end < line.upperBound, octets[label.end].isQuote else { return nil }
        let limit = min(line.upperBound, label.end + 256)
        guard label.identifier > 0, octets[label.identifier - 1].isQuote, label.identifier > 1,
            octets[label.identifier - 2] == UInt8(ascii: "=")
        else { return nil }
        var place = label.end
        while place < limit, octets[place] != UInt8(ascii: ">") {
            if octets.has("value=", at: place), let (inside, _) = text.quotation(at: place + 6, before: line.upperBound)
            {
                return inside.isEmpty ? nil : inside
            }
            place += 1
        }
        // `<property name="password">...</property>`
        guard place < limit, octets[place] == UInt8(ascii: ">"),
            let end = octets[(place + 1)..<line.upperBound].prefix(4_096).firstIndex(of: UInt8(ascii: "<"))
        else { return nil }
        let inside = (place + 1)..<end
        return inside.isEmpty || ValueReader(text: text, octets: octets, line: line).isWords(inside) ? nil : inside
    }

    /// `<password>...</password>`, `<key>Password</key><string>...</string>`, `<td>Password:</td><td>...</td>`.
    private func elementValue(behind label: Found) -> Range<Int>? {
        let limit = min(octets.count, label.end + 256)
        let isElement = label.identifier > 0 && octets[label.identifier - 1] == UInt8(ascii: "<") || isPrefixed(label)
        guard let start = isElement ? tagEnd(label.end, before: limit) : behindTags(label.end, before: limit),
            start < limit, octets[start] != UInt8(ascii: "<"),
            let end = octets[start...].prefix(4_096).firstIndex(of: UInt8(ascii: "<")),
            end - start < 256 || !octets[start..<end].contains(0x0A)
        else { return nil }
        return ValueReader(text: text, octets: octets, line: line).isWords(start..<end) ? nil : start..<end
    }

    /// Behind the `>` of a tag that goes on at a place, and blanks.
    private func tagEnd(_ place: Int, before limit: Int) -> Int? {
        guard place < limit, let end = octets[place..<limit].firstIndex(where: { "<>".utf8.contains($0) }),
            octets[end] == UInt8(ascii: ">")
        else { return nil }
        return octets[(end + 1)..<limit].firstIndex { $0 > 0x20 }
    }

    /// Behind one or more tags that begin at a place, a colon before them or not.
    private func behindTags(_ place: Int, before limit: Int) -> Int? {
        var place = place < limit && octets[place] == UInt8(ascii: ":") ? place + 1 : place
        guard place < limit, octets[place] == UInt8(ascii: "<") else { return nil }
        while place < limit, octets[place] == UInt8(ascii: "<") {
            guard let next = tagEnd(place + 1, before: limit) else { return nil }
            place = next
        }
        return place
    }

    /// `<ns:password`
    private func isPrefixed(_ label: Found) -> Bool {
        octets[label.identifier..<label.start].contains(UInt8(ascii: ":")) && label.identifier > 0
            && octets[label.identifier - 1] == UInt8(ascii: "<")
    }

    private func isMask(_ value: Range<Int>) -> Bool {
        octets.hasExactly("[redacted]", at: value.lowerBound) && value.count == 10
    }
}
