/// `{n}` or `{n+}` at the end of a line: n octets follow that belong to the same response (RFC 9051, section 4.3).
enum IMAPLiteralMarker {
    /// The length announced by the last line of an unfinished response.
    ///
    /// Free text is no place for a literal: `* OK see {1}` is a whole response. In a status response one can stand only
    /// inside the brackets of the response code, and in a continuation request nowhere.
    ///
    /// - Parameter lines: The lines of the response so far.
    /// - Returns: The number of octets, nil when the response ends here. Numbers beyond 32 bits give `Int.max`.
    static func count(atEndOf lines: [[UInt8]]) -> Int? {
        guard let first = lines.first, let last = lines.last, let count = announced(last) else { return nil }
        if first.first == UInt8(ascii: "+") { return nil }
        guard let text = IMAPStatusResponse.split(Array(lines.joined(separator: ASCII.lineEnd)))?.text else {
            return count
        }
        let isInsideCode = text.first == UInt8(ascii: "[") && IMAPResponseCode.end(in: text) == nil
        return isInsideCode ? count : nil
    }

    private static func announced(_ line: [UInt8]) -> Int? {
        guard line.last == UInt8(ascii: "}"), let open = line.lastIndex(of: UInt8(ascii: "{")) else { return nil }
        var digits = line[(open + 1)..<(line.count - 1)]
        if digits.last == UInt8(ascii: "+") { digits.removeLast() }
        guard !digits.isEmpty, digits.allSatisfy({ ASCII.digit($0) != nil }) else { return nil }
        return ASCII.number(digits) ?? .max
    }
}
