import Foundation

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
        return result + AppPasswordMask.ranges(in: text)
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
    private static func isReadable(_ octets: [UInt8]) -> Bool {
        guard let first = octets.first, first != UInt8(ascii: "{") else { return false }
        let text = String(decoding: octets, as: UTF8.self).lowercased()
        if ["username:", "password:", "user name", "username", "password"].contains(text) { return false }
        return octets.allSatisfy { (0x20...0x7E).contains($0) || $0 <= 0x01 || $0 == 0x0A || $0 == 0x0D }
    }
}
