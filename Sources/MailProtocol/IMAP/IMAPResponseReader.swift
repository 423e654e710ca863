import MailModel

/// Cuts whole responses out of the server's octets, with the literals inside them (RFC 9051, section 4.3).
///
/// It counts what one command brings: a server that talks without end is stopped.
struct IMAPResponseReader: Sendable {
    /// What the buffer holds.
    enum Event: Hashable, Sendable {
        /// A whole response.
        case response(IMAPRawResponse)
        /// No whole response yet.
        case incomplete
        /// Too much of something, and the octets at which it was seen.
        case violation(ProtocolViolation, text: [UInt8])
    }

    private let limits: SessionConfiguration.Limits
    private var lines: [[UInt8]] = []
    private var marker: IMAPLiteralMarker?
    private var literalCount: Int?
    private var literal: [UInt8] = []
    private var octets = 0
    private var responses = 0

    /// Makes a reader that waits for the first octet of a response.
    ///
    /// - Parameter limits: How much one command may bring.
    init(limits: SessionConfiguration.Limits) { self.limits = limits }

    /// Starts to count anew: a command has been answered.
    mutating func beginCommand() {
        octets = 0
        responses = 0
    }

    /// Takes the next response.
    ///
    /// - Parameter buffer: What came from the server.
    /// - Returns: The response, or why there is none.
    mutating func next(from buffer: inout LineSplitter) -> Event {
        while true {
            if let count = literalCount {
                guard let taken = buffer.take(count) else { return .incomplete }
                literal = taken
                literalCount = nil
            }
            switch buffer.nextLine() {
            case .incomplete: return .incomplete
            case .tooLong(let prefix): return .violation(.lineTooLong, text: prefix)
            case .line(let line): if let event = take(line) { return event }
            }
        }
    }

    private mutating func take(_ line: [UInt8]) -> Event? {
        let piece = literal + line
        lines.append(piece)
        var marker = self.marker ?? IMAPLiteralMarker(first: piece)
        if self.marker != nil { marker.goOn(piece) }
        self.marker = marker
        octets += literal.count + line.count + ASCII.lineEnd.count
        literal = []
        guard octets <= limits.octetsPerReply else { return .violation(.replyTooLong, text: line) }
        if let count = marker.count(atEndOf: piece) {
            guard count <= limits.literalLength, lines.count < limits.linesPerReply else {
                return .violation(.literalTooLong, text: line)
            }
            literalCount = count
            return nil
        }
        responses += 1
        guard responses <= limits.linesPerReply else { return .violation(.replyTooLong, text: line) }
        defer {
            lines = []
            self.marker = nil
        }
        return .response(IMAPRawResponse(lines: lines))
    }
}

/// One whole response as it came, literals included, before anybody reads its grammar.
struct IMAPRawResponse: Hashable, Sendable {
    /// Its lines; each but the first begins with the literal that the line before announced.
    var lines: [[UInt8]]

    /// The octets as sent, without the last line end.
    var octets: [UInt8] { Array(lines.joined(separator: ASCII.lineEnd)) }
}

/// `{n}` or `{n+}` at the end of a line: n octets follow that belong to the same response (RFC 9051, section 4.3).
///
/// Free text is no place for a literal: `* OK see {1}` is a whole response. In a status response one can stand only inside
/// the brackets of the response code, and in a continuation request nowhere. Each line is read once, however many there are.
struct IMAPLiteralMarker: Sendable {
    private var isAnywhere = false
    private var code: IMAPCodeScanner?

    /// Reads the first line of a response.
    ///
    /// - Parameter first: The line.
    init(first: [UInt8]) {
        if first.first == UInt8(ascii: "+") { return }
        guard let text = IMAPStatusResponse.split(first)?.text else {
            isAnywhere = true
            return
        }
        guard text.first == UInt8(ascii: "[") else { return }
        code = IMAPCodeScanner()
        _ = code?.end(in: text)
    }

    /// Reads a further line of it.
    ///
    /// - Parameter line: The line, with the literal at its head.
    mutating func goOn(_ line: [UInt8]) { _ = code?.end(in: ASCII.lineEnd + line) }

    /// The length that a line announces.
    ///
    /// - Parameter line: The line that was read last.
    /// - Returns: The number of octets, nil when the response ends here. Numbers beyond 32 bits give `Int.max`.
    func count(atEndOf line: [UInt8]) -> Int? {
        isAnywhere || code?.isOpen == true ? Self.announced(line) : nil
    }

    private static func announced(_ line: [UInt8]) -> Int? {
        guard line.last == UInt8(ascii: "}"), let open = line.lastIndex(of: UInt8(ascii: "{")) else { return nil }
        var digits = line[(open + 1)..<(line.count - 1)]
        if digits.last == UInt8(ascii: "+") { digits.removeLast() }
        guard !digits.isEmpty, digits.allSatisfy({ ASCII.digit($0) != nil }) else { return nil }
        return ASCII.number(digits) ?? .max
    }
}
