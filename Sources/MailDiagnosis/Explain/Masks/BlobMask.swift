import FoundationEssentials

/// Finds blobs: base64 that holds readable text, tokens, and app passwords shown in groups.
enum BlobMask {
    /// Where they are.
    static func ranges(in text: [UInt8]) -> [Range<Int>] {
        var result: [Range<Int>] = []
        var place = 0
        while place < text.count {
            guard text[place].isBase64 else {
                place += 1
                continue
            }
            // `#011` is how syslog writes a tab.
            if place > 0, text[place - 1] == UInt8(ascii: "#"), text.has("011", at: place) { place += 3 }
            var end = place
            while let octet = text.at(end), octet.isBase64 || octet == UInt8(ascii: "-") || octet == UInt8(ascii: "_") {
                end += 1
            }
            if isToken(text, place, end) {
                while let octet = text.at(end), octet.isBase64 || ".-_=".utf8.contains(octet) { end += 1 }
                result.append(place..<end)
            } else {
                result += pieces(text, place..<end)
            }
            place = max(end, place + 1)
        }
        return result
    }

    /// A JSON Web Token (RFC 7519), or another one in three parts.
    private static func isToken(_ text: [UInt8], _ start: Int, _ end: Int) -> Bool {
        text.hasExactly("eyJ", at: start) && text.at(end) == UInt8(ascii: ".") && text.at(end + 1)?.isBase64 == true
    }

    /// The base64 in a run; a path or a name with dashes is looked at part by part.
    private static func pieces(_ text: [UInt8], _ run: Range<Int>) -> [Range<Int>] {
        var result: [Range<Int>] = []
        var start = run.lowerBound
        for place in run.lowerBound...run.upperBound {
            let isCut = place == run.upperBound || text[place] == UInt8(ascii: "-") || text[place] == UInt8(ascii: "_")
            guard isCut else { continue }
            var end = place
            while place == run.upperBound, text.at(end) == UInt8(ascii: "="), end - place < 2 { end += 1 }
            if isSecret(text, start..<end) { result.append(start..<end) }
            start = place + 1
        }
        return result
    }

    private static func isSecret(_ text: [UInt8], _ range: Range<Int>) -> Bool {
        let isPadded = range.upperBound > range.lowerBound && text[range.upperBound - 1] == UInt8(ascii: "=")
        guard range.count >= (isPadded ? 8 : 12), range.count <= 16_384 else { return false }
        let blob = text[range]
        guard isPadded || (blob.contains(where: \.isUpper) && blob.contains(where: \.isLower)) else { return false }
        return decoded(text.text(range)).map(isReadable) ?? false
    }

    /// What a blob holds, nil when it is no base64.
    static func decoded(_ blob: String) -> [UInt8]? {
        let filled = blob + String(repeating: "=", count: (4 - blob.utf8.count % 4) % 4)
        return Data(base64Encoded: filled).map(Array.init)
    }

    /// Text with the separators of SASL; a server's JSON and its prompts are no secrets.
    static func isReadable(_ octets: [UInt8]) -> Bool {
        guard let first = octets.first, first != UInt8(ascii: "{") else { return false }
        let text = String(decoding: octets, as: UTF8.self).lowercased()
        if ["username:", "password:", "user name", "username", "password"].contains(text) { return false }
        return octets.allSatisfy { (0x20...0x7E).contains($0) || $0 <= 0x01 || $0 == 0x0A || $0 == 0x0D }
    }
}

/// Finds app passwords: sixteen small letters in one word or in four groups, next to a word such as "password".
enum AppPasswordMask {
    /// How far before it the word may stand.
    private static let reach = 80

    /// Where they are.
    static func ranges(in text: [UInt8]) -> [Range<Int>] {
        var result: [Range<Int>] = []
        var place = 0
        while place < text.count {
            guard text[place].isLower || text[place].isDigit, place == 0 || !text[place - 1].isAlphanumeric,
                let end = end(of: place, in: text), isNamed(place, end, in: text)
            else {
                place += 1
                continue
            }
            result.append(place..<end)
            place = end
        }
        return result
    }

    /// Where an app password ends that begins at a place. In one word it has letters alone, in groups digits too.
    private static func end(of start: Int, in text: [UInt8]) -> Int? {
        // All groups are set apart in the same way, or none is.
        let separator = text.at(start + 4).flatMap { $0.isAlphanumeric ? nil : $0 }
        if let separator, separator != 0x20, separator != UInt8(ascii: "-") { return nil }
        var place = start
        var words = 0
        for group in 0..<4 {
            if group > 0, let separator {
                guard text.at(place) == separator else { return nil }
                place += 1
            }
            for _ in 0..<4 {
                guard let octet = text.at(place), octet.isLower || separator != nil && octet.isDigit else { return nil }
                place += 1
            }
            if separator != nil, SecretWords.fourLetterWords.contains(text.text((place - 4)..<place)) { words += 1 }
        }
        guard text.at(place)?.isAlphanumeric != true, words < 2, text[start..<place].contains(where: \.isLower) else {
            return nil
        }
        let isWord = separator == nil && SecretWords.wordEnds.contains { text.text(start..<place).hasSuffix($0) }
        return isWord ? nil : place
    }

    private static func isNamed(_ start: Int, _ end: Int, in text: [UInt8]) -> Bool {
        let before = text[max(0, start - reach)..<start].map(\.lowered)
        let words: [StaticString] = ["pass", "pwd", "app code", "secret"]
        if before.indices.contains(where: { place in words.contains { before.has($0, at: place) } }) { return true }
        // A line of its own, as it is copied.
        let startsLine = start == 0 || text[start - 1] == 0x0A
        return startsLine && (end == text.count || text[end] == 0x0A) && end - start == 19
    }
}

/// Reads what servers say in base64: the error challenge of XOAUTH2 and OAUTHBEARER (RFC 7628, section 3.2.2).
enum BlobReader {
    /// The challenges of a text decoded, each on a line of its own.
    ///
    /// - Parameter text: The text.
    /// - Returns: The JSON of each; empty when there is none.
    static func challenges(in text: String) -> String {
        var result = ""
        for word in text.split(whereSeparator: { !$0.isASCII || !($0.isLetter || $0.isNumber || "+/=".contains($0)) }) {
            guard word.hasPrefix("eyJ"), word.utf8.count >= 12, word.utf8.count < 4_096,
                let octets = BlobMask.decoded(String(word.prefix { $0 != "=" }))
            else { continue }
            result += "\n" + String(decoding: octets, as: UTF8.self)
        }
        return result
    }
}
