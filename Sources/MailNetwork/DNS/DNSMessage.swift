internal import MailModel

/// The parts of an answer that matter here: the response code and the answer section (RFC 1035, section 4.1).
struct DNSMessage {
    /// More records than this in an answer are refused, not cut off: a part of an SPF or MX set would mislead.
    static let maximumRecords = 1_000
    /// The longest text of one TXT record; a strong DKIM key takes about a kilobyte.
    static let maximumTextLength = 16_384

    /// One record, its data still on the wire.
    struct Answer {
        /// The owner.
        var owner: String
        /// The type's number (RFC 1035, section 3.2.2).
        var type: Int
        /// Where its data lies in the message.
        var data: Range<Int>
    }

    /// The RCODE of the header.
    let responseCode: Int
    /// The records of class IN, in the server's order.
    let answers: [Answer]
    /// The whole message.
    let octets: [UInt8]

    /// Reads a message.
    ///
    /// - Parameter octets: The whole message, as it came.
    /// - Throws: `DNSMessageError` for the first thing that is wrong.
    init(_ octets: [UInt8]) throws(DNSMessageError) {
        var reader = DNSReader(octets)
        _ = try reader.skip(2)
        responseCode = try reader.readNumber() & 0xF
        let (questions, answers) = (try reader.readNumber(), try reader.readNumber())
        guard answers <= Self.maximumRecords else { throw .tooManyRecords }
        _ = try reader.skip(4)
        for _ in 0..<questions {
            _ = try reader.readName()
            _ = try reader.skip(4)
        }
        self.answers = try Self.readAnswers(answers, from: &reader)
        self.octets = octets
    }

    private static func readAnswers(
        _ count: Int, from reader: inout DNSReader
    ) throws(DNSMessageError) -> [Answer] {
        var answers: [Answer] = []
        for _ in 0..<count {
            let owner = try reader.readName()
            let (type, recordClass) = (try reader.readNumber(), try reader.readNumber())
            _ = try reader.skip(4)
            let length = try reader.readNumber()
            let data = try reader.skip(length)
            if recordClass == 1 { answers.append(Answer(owner: owner, type: type, data: data)) }
        }
        return answers
    }
}
