/// Reads an enhanced status code (RFC 3463, section 2): class, subject, detail.
enum EnhancedCodeReader {
    /// The code at a place, with or without a number sign before it.
    ///
    /// - Parameters:
    ///   - line: The line.
    ///   - place: The place.
    /// - Returns: The code and where the text behind it begins; nil when there is none.
    static func read(_ line: [UInt8], at place: Int) -> (code: String, end: Int)? {
        let start = line.at(place) == UInt8(ascii: "#") ? place + 1 : place
        guard let first = line.at(start), "245".utf8.contains(first) else { return nil }
        var end = start + 1
        for _ in 0..<2 {
            guard line.at(end) == UInt8(ascii: ".") else { return nil }
            let digits = (1...3).prefix { line.at(end + $0)?.isDigit == true }.count
            guard digits > 0 else { return nil }
            end += 1 + digits
        }
        if let next = line.at(end), next.isAlphanumeric || next == UInt8(ascii: ".") { return nil }
        let code = line.text(start..<end)
        while let next = line.at(end), next.isBlank || next == UInt8(ascii: ":") || next == UInt8(ascii: ">") {
            end += 1
        }
        return (code, end)
    }
}
