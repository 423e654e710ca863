/// Finds secrets by what they look like, wherever they stand: keys in PEM, tokens of known kinds.
enum TokenMask {
    /// Where they are.
    static func ranges(in text: MaskText) -> [Range<Int>] { tokens(text.octets) + keys(text.octets) }

    private static func tokens(_ text: [UInt8]) -> [Range<Int>] {
        var result: [Range<Int>] = []
        var place = 0
        while place < text.count {
            // Nor behind a sign that a token may hold: what was looked through once is not looked through again.
            let isStart = place == 0 || !text[place - 1].isAlphanumeric && !"_-.".utf8.contains(text[place - 1])
            guard isStart, let end = tokenEnd(text, place) else {
                place += 1
                continue
            }
            result.append(place..<end)
            place = end
        }
        return result
    }

    private static func tokenEnd(_ text: [UInt8], _ place: Int) -> Int? {
        for (prefix, least, signs) in SecretWords.tokenPrefixes where text.hasExactly(prefix, at: place) {
            let start = place + prefix.utf8CodeUnitCount
            var end = start
            while let octet = text.at(end), octet.isAlphanumeric || signs.utf8.contains(octet) { end += 1 }
            while end > start, text[end - 1] == UInt8(ascii: ".") { end -= 1 }
            let isMixed = text[start..<end].contains { $0.isDigit || $0.isUpper }
            if end - place >= least, isMixed { return end }
        }
        return nil
    }

    /// A private key in PEM (RFC 7468), from its first line to its last; where that is missing, to the end of what can
    /// belong to it. Line ends may be written as `\n`.
    private static func keys(_ text: [UInt8]) -> [Range<Int>] {
        var result: [Range<Int>] = []
        var place = 0
        while place < text.count {
            guard text[place] == UInt8(ascii: "-"), text.hasExactly("-----BEGIN ", at: place),
                let head = privateHead(text, place)
            else {
                place += 1
                continue
            }
            let end = keyEnd(text, head)
            result.append(place..<end)
            place = end
        }
        return result
    }

    /// Where the line `-----BEGIN ... PRIVATE KEY-----` ends; nil for other things in PEM.
    private static func privateHead(_ text: [UInt8], _ place: Int) -> Int? {
        var end = place + 11
        while let octet = text.at(end), octet.isUpper || octet.isDigit || octet == 0x20, end - place < 64 { end += 1 }
        guard text.hasExactly("-----", at: end), text[place..<end].contains(word: "PRIVATE KEY") else { return nil }
        return end + 5
    }

    private static func keyEnd(_ text: [UInt8], _ head: Int) -> Int {
        var end = head
        while let octet = text.at(end) {
            if octet == UInt8(ascii: "-"), text.hasExactly("-----END ", at: end) {
                var last = end + 9
                while let octet = text.at(last), octet.isUpper || octet.isDigit || octet == 0x20 { last += 1 }
                return text.hasExactly("-----", at: last) ? last + 5 : last
            }
            // Headers of an encrypted key hold colons, commas and dashes.
            guard octet.isBase64 || octet <= 0x20 || "=\\:,-\"'+>|".utf8.contains(octet) else { break }
            if octet == UInt8(ascii: "-"), text.hasExactly("-----BEGIN ", at: end) { break }
            end += 1
        }
        return end
    }
}
