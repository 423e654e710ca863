/// Cuts lines out of a stream of octets, however the stream is cut itself.
///
/// A line ends with LF or CRLF; neither is part of the line handed out. NUL and every other octet are data. A line is
/// given up as soon as `limit` octets of it came without its end.
struct LineSplitter: Sendable {
    /// What the buffer holds.
    enum Event: Hashable, Sendable {
        /// A whole line, without its end.
        case line([UInt8])
        /// No whole line yet.
        case incomplete
        /// No line end within the limit; the first octets of the line.
        case tooLong(prefix: [UInt8])
    }

    /// Octets allowed in one line, its end included.
    let limit: Int

    private var buffer: [UInt8] = []
    private var start = 0
    private var scanned = 0

    /// Makes a splitter with nothing in it.
    ///
    /// - Parameter limit: Octets allowed in one line, its end included.
    init(limit: Int) { self.limit = limit }

    /// Octets not yet handed out.
    var count: Int { buffer.count - start }

    /// The first octets not yet handed out.
    ///
    /// - Parameter count: How many at most.
    /// - Returns: As many as are there.
    func head(_ count: Int) -> [UInt8] { Array(buffer[start...].prefix(count)) }

    /// What was not yet handed out.
    var waiting: [UInt8] { Array(buffer[start...]) }

    /// The first waiting line of a kind, whole or not.
    ///
    /// - Parameter condition: Says which; it gets the line without its end.
    /// - Returns: The line, nil when there is none.
    func firstWaiting(where condition: ([UInt8]) -> Bool) -> [UInt8]? {
        waiting.split(separator: ASCII.lineFeed).map { line in
            line.last == ASCII.carriageReturn ? Array(line.dropLast()) : Array(line)
        }.first(where: condition)
    }

    /// Adds what came from the peer.
    ///
    /// - Parameter octets: Any number of octets.
    mutating func append(_ octets: [UInt8]) {
        buffer.removeFirst(start)
        scanned -= start
        start = 0
        buffer += octets
    }

    /// Takes the next line.
    ///
    /// - Returns: The line, or why there is none. The answer does not depend on how the octets were cut.
    mutating func nextLine() -> Event {
        let end = min(buffer.count, start + limit)
        guard let lineFeed = buffer[scanned..<end].firstIndex(of: ASCII.lineFeed) else {
            scanned = end
            return count >= limit ? .tooLong(prefix: Array(buffer[start..<end])) : .incomplete
        }
        var line = buffer[start..<lineFeed]
        while line.last == ASCII.carriageReturn { line.removeLast() }
        start = lineFeed + 1
        scanned = start
        return .line(Array(line))
    }

    /// Takes a number of octets whatever they are: an IMAP literal.
    ///
    /// - Parameter count: How many.
    /// - Returns: The octets, nil when not all of them are here yet.
    mutating func take(_ count: Int) -> [UInt8]? {
        guard self.count >= count else { return nil }
        defer {
            start += count
            scanned = start
        }
        return Array(buffer[start..<start + count])
    }

    /// Throws away all that was not handed out.
    ///
    /// - Returns: How many octets that were.
    mutating func discardAll() -> Int {
        defer {
            buffer.removeAll()
            start = 0
            scanned = 0
        }
        return count
    }
}

/// The octets that the grammars of SMTP and IMAP are written in.
enum ASCII {
    static let lineFeed: UInt8 = 0x0A
    static let carriageReturn: UInt8 = 0x0D
    static let space: UInt8 = 0x20
    static let lineEnd: [UInt8] = [carriageReturn, lineFeed]

    /// The number that a digit stands for.
    ///
    /// - Parameter octet: Any octet.
    /// - Returns: 0...9, nil when it is no digit.
    static func digit(_ octet: UInt8) -> Int? {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(octet) ? Int(octet - UInt8(ascii: "0")) : nil
    }

    /// A whole number in decimal digits.
    ///
    /// - Parameter octets: Digits only.
    /// - Returns: The number, nil for anything else and above what 32 bits hold (`number` of RFC 9051, section 9).
    static func number(_ octets: some Collection<UInt8>) -> Int? {
        guard (1...10).contains(octets.count) else { return nil }
        var result = 0
        for octet in octets {
            guard let digit = digit(octet) else { return nil }
            result = result * 10 + digit
        }
        return result <= Int(UInt32.max) ? result : nil
    }

    /// A keyword in upper case, so that two spellings of it are one.
    ///
    /// - Parameter octets: The keyword as sent.
    /// - Returns: The text, its letters a-z in upper case and nothing else changed.
    static func keyword(_ octets: some Collection<UInt8>) -> String {
        let upper = octets.map { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) ? $0 - 0x20 : $0 }
        return String(decoding: upper, as: UTF8.self)
    }

    /// The octets without blanks at both ends.
    ///
    /// - Parameter octets: Any octets.
    /// - Returns: What is left when spaces and tabs are taken off.
    static func trimmed(_ octets: some BidirectionalCollection<UInt8>) -> [UInt8] {
        let isBlank = { (octet: UInt8) in octet == space || octet == 0x09 }
        return Array(octets.drop(while: isBlank).reversed().drop(while: isBlank).reversed())
    }
}
