/// Finds the ports in a text: `host:587`, `port 587`, `port: 587`, `'port' => 587`.
enum PortReader {
    /// The ports.
    ///
    /// - Parameter text: The text in small letters.
    /// - Returns: Numbers of 1...65535 that stand where a port stands.
    static func ports(in text: [UInt8]) -> Set<Int> {
        var result: Set<Int> = []
        var place = 0
        while place < text.count {
            if text[place] == UInt8(ascii: ":"), isHostEnd(text, place), let port = number(text, place + 1) {
                result.insert(port)
            } else if text.has("port", at: place), let port = number(text, skipped(text, place + 4)) {
                result.insert(port)
            }
            place += 1
        }
        return result
    }

    /// A host or an address stands before the colon, and no clock.
    private static func isHostEnd(_ text: [UInt8], _ place: Int) -> Bool {
        var start = place
        var hasDot = false
        while start > 0, text[start - 1].isAlphanumeric || ".-]".utf8.contains(text[start - 1]), place - start < 80 {
            start -= 1
            if text[start] == UInt8(ascii: ".") || text[start] == UInt8(ascii: "]") { hasDot = true }
        }
        let word = text.text(start..<place)
        // `index.js:605` is a place in a program.
        let sources = [
            ".js", ".py", ".java", ".cs", ".go", ".rb", ".php", ".ts", ".c", ".rs", ".lua", ".pm", ".mjs", ".cjs",
        ]
        return (hasDot || word == "localhost") && !sources.contains { word.hasSuffix($0) }
    }

    private static func skipped(_ text: [UInt8], _ place: Int) -> Int {
        var place = place
        while let octet = text.at(place), octet.isBlank || octet.isQuote || ":=>(#".utf8.contains(octet) { place += 1 }
        return place
    }

    private static func number(_ text: [UInt8], _ place: Int) -> Int? {
        var end = place
        while let octet = text.at(end), octet.isDigit, end - place < 6 { end += 1 }
        if let next = text.at(end), next.isAlphanumeric { return nil }
        guard let port = Int(text.text(place..<end)), (1...65_535).contains(port) else { return nil }
        return port
    }
}
