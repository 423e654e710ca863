/// Finds values that stand behind a name such as `password=`, in settings, programs, JSON, XML and command lines.
enum KeyMask {
    /// Where they are.
    static func ranges(in text: [UInt8]) -> [Range<Int>] {
        var result: [Range<Int>] = []
        var place = 0
        while place < text.count {
            guard let end = nameEnd(text, at: place), let value = value(text, behind: end, name: place) else {
                place += 1
                continue
            }
            result.append(value)
            place = max(place + 1, value.upperBound)
        }
        return result
    }

    private static let names: [StaticString] = [
        "password", "passwd", "passphrase", "passwort", "pass", "pwd", "secret", "token", "api_key", "apikey",
        "api-key", "authorization",
    ]
    /// Words that a sentence goes on with; no value.
    private static let plain: Set<String> = [
        "incorrect", "invalid", "wrong", "rejected", "required", "failed", "authentication", "not", "expired", "is",
        "was", "must", "command", "error", "for", "user", "yes", "no", "true", "false", "null", "none", "undefined",
        "hidden", "login", "access", "denied", "nil", "empty", "please", "check", "normal", "encrypted", "bearer",
        "basic",
        "unknown", "smtp", "imap", "string", "plain", "mismatch", "or", "and", "the", "account", "server",
    ]

    /// Where a name ends that begins at a place; digits may follow: `password2`.
    private static func nameEnd(_ text: [UInt8], at place: Int) -> Int? {
        guard let name = names.first(where: { text.has($0, at: place) }) else { return nil }
        if name.utf8CodeUnitCount == 4 || name.utf8CodeUnitCount == 3, place > 0, text[place - 1].isLower { return nil }
        var end = place + name.utf8CodeUnitCount
        while text.at(end)?.isDigit == true { end += 1 }
        return end
    }

    private static func value(_ text: [UInt8], behind end: Int, name: Int) -> Range<Int>? {
        var place = end
        while let octet = text.at(place),
            octet.isQuote || octet == UInt8(ascii: "]") || octet.isBlank
                || octet == UInt8(ascii: "\\")
        {
            place += 1
        }
        guard let separator = text.at(place) else { return nil }
        if separator == UInt8(ascii: ">"), place == end { return element(text, from: place + 1) }
        if !":=".utf8.contains(separator) { return isOption(text, name) ? word(text, from: place, always: true) : nil }
        place += 1
        if text.at(place) == UInt8(ascii: ">") || text.at(place) == UInt8(ascii: "=") { place += 1 }
        while text.at(place)?.isBlank == true || text.at(place) == UInt8(ascii: "\\") { place += 1 }
        guard let first = text.at(place) else { return nil }
        if first.isQuote { return quoted(text, from: place) }
        guard let word = word(text, from: place, always: false), beginsLine(text, name) else {
            return word(text, from: place, always: false)
        }
        // A line of settings: the value goes on to its end, spaces and all.
        let end = text[word.upperBound...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? text.count
        return word.lowerBound..<end
    }

    private static func quoted(_ text: [UInt8], from place: Int) -> Range<Int>? {
        var end = place + 1
        while let octet = text.at(end), octet != text[place], octet != 0x0A { end += 1 }
        return end > place + 1 ? (place + 1)..<end : nil
    }

    private static func element(_ text: [UInt8], from place: Int) -> Range<Int>? {
        var end = place
        while let octet = text.at(end), octet != UInt8(ascii: "<"), octet != 0x0A { end += 1 }
        return end > place && text.at(end) == UInt8(ascii: "<") ? place..<end : nil
    }

    private static func word(_ text: [UInt8], from place: Int, always: Bool) -> Range<Int>? {
        var end = place
        while let octet = text.at(end), octet > 0x20, !",;&)\"'`<".utf8.contains(octet) { end += 1 }
        guard end > place else { return nil }
        let word = text.text(place..<end)
        // "password: 535 5.7.8 ..." is a reply and no value.
        let isCode = word.utf8.count == 3 && word.utf8.allSatisfy(\.isDigit)
        return !always && (isCode || plain.contains(word.lowercased().trimmedDots)) ? nil : place..<end
    }

    /// Whether nothing stands before a name but the rest of its identifier.
    private static func beginsLine(_ text: [UInt8], _ name: Int) -> Bool {
        var start = name
        while start > 0, text[start - 1].isAlphanumeric || "_-.$".utf8.contains(text[start - 1]) { start -= 1 }
        while start > 0, text[start - 1].isBlank { start -= 1 }
        return start == 0 || text[start - 1] == 0x0A || text[start - 1] == 0x0D
    }

    /// `--password1 secret`.
    private static func isOption(_ text: [UInt8], _ name: Int) -> Bool {
        var start = name
        while start > 0, text[start - 1].isAlphanumeric || text[start - 1] == UInt8(ascii: "-") { start -= 1 }
        return start < name && text.at(start) == UInt8(ascii: "-") && text.at(start + 1) == UInt8(ascii: "-")
    }
}

extension String {
    fileprivate var trimmedDots: String { hasSuffix(".") ? String(dropLast()) : self }
}
