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
        lines.append(literal + line)
        octets += literal.count + line.count + ASCII.lineEnd.count
        literal = []
        guard octets <= limits.octetsPerReply else { return .violation(.replyTooLong, text: line) }
        if let count = IMAPLiteralMarker.count(atEndOf: lines) {
            guard count <= limits.literalLength, lines.count < limits.linesPerReply else {
                return .violation(.literalTooLong, text: line)
            }
            literalCount = count
            return nil
        }
        responses += 1
        guard responses <= limits.linesPerReply else { return .violation(.replyTooLong, text: line) }
        defer { lines = [] }
        return .response(IMAPRawResponse(lines: lines))
    }
}
