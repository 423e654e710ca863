/// Reads the words of a data response one after the other (RFC 9051, section 9). Each step gives nil where the grammar
/// says otherwise.
struct IMAPScanner {
    private let octets: [UInt8]
    private var position = 0

    /// Makes a scanner at the first octet.
    ///
    /// - Parameter octets: A whole response, literals included.
    init(_ octets: [UInt8]) { self.octets = octets }

    /// What was not read yet.
    var rest: ArraySlice<UInt8> { octets[position...] }

    /// Skips one octet.
    ///
    /// - Parameter octet: The octet that has to come.
    /// - Returns: Whether it came.
    mutating func skip(_ octet: UInt8) -> Bool {
        guard position < octets.count, octets[position] == octet else { return false }
        position += 1
        return true
    }

    /// Skips spaces, of which some servers send too many.
    mutating func skipSpaces() { while skip(ASCII.space) {} }

    /// Takes a word: all up to a space or parenthesis.
    ///
    /// - Returns: At least one octet, or nil.
    mutating func word() -> [UInt8]? {
        let word = rest.prefix(while: { $0 != ASCII.space && $0 != UInt8(ascii: "(") && $0 != UInt8(ascii: ")") })
        position += word.count
        return word.isEmpty ? nil : Array(word)
    }

    /// Takes an `astring`: a quoted string, a literal or a word.
    ///
    /// - Returns: Its value.
    mutating func string() -> [UInt8]? {
        switch rest.first {
        case UInt8(ascii: "\""): quoted()
        case UInt8(ascii: "{"), UInt8(ascii: "~"): literal() ?? word()
        default: word()
        }
    }

    /// Takes words between parentheses.
    ///
    /// - Parameter element: Reads one of them.
    /// - Returns: What was read; nil when a parenthesis is missing.
    mutating func list(of element: (inout IMAPScanner) -> [UInt8]?) -> [[UInt8]]? {
        guard skip(UInt8(ascii: "(")) else { return nil }
        var result: [[UInt8]] = []
        while true {
            skipSpaces()
            if skip(UInt8(ascii: ")")) { return result }
            guard let next = element(&self) else { return nil }
            result.append(next)
        }
    }

    private mutating func quoted() -> [UInt8]? {
        position += 1
        var result: [UInt8] = []
        while position < octets.count {
            let isEscape = octets[position] == UInt8(ascii: "\\") && position + 1 < octets.count
            if isEscape { position += 1 }
            let octet = octets[position]
            position += 1
            if octet == UInt8(ascii: "\""), !isEscape { return result }
            result.append(octet)
        }
        return nil
    }

    private mutating func literal() -> [UInt8]? {
        guard let lineFeed = rest.firstIndex(of: ASCII.lineFeed) else { return nil }
        let digits = octets[position..<lineFeed].filter { ASCII.digit($0) != nil }
        guard let count = ASCII.number(digits), count <= octets.count - lineFeed - 1 else { return nil }
        position = lineFeed + 1 + count
        return Array(octets[(lineFeed + 1)..<position])
    }
}
