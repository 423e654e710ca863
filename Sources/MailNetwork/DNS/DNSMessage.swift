internal import MailModel

/// The parts of an answer that matter here: header, question, answers and the SOA (RFC 1035, section 4.1).
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
        /// For how many seconds it may be kept.
        var ttl: Int
        /// Where its data lies in the message.
        var data: Range<Int>
    }

    /// Whether it calls itself an answer (QR).
    let isResponse: Bool
    /// Whether something was left out of it (TC).
    let isTruncated: Bool
    /// The RCODE of the header.
    let responseCode: Int
    /// The first question that it repeats, nil when it repeats none.
    let question: (name: String, type: Int)?
    /// The records of class IN, in the server's order.
    let answers: [Answer]
    /// For how many seconds a "no" may be kept, by the SOA of the authority section (RFC 2308, section 5).
    let negativeTTL: Int?
    /// The whole message.
    let octets: [UInt8]

    /// Reads a message.
    ///
    /// - Parameter octets: The whole message, as it came.
    /// - Throws: `DNSMessageError` for the first thing that is wrong.
    init(_ octets: [UInt8]) throws(DNSMessageError) {
        var reader = DNSReader(octets)
        _ = try reader.skip(2)
        let flags = try reader.readNumber()
        isResponse = flags & 0x8000 != 0
        isTruncated = flags & 0x0200 != 0
        responseCode = flags & 0xF
        let (questions, answers) = (try reader.readNumber(), try reader.readNumber())
        guard answers <= Self.maximumRecords else { throw .tooManyRecords }
        let authorities = try reader.readNumber()
        _ = try reader.skip(2)
        var first: (name: String, type: Int)?
        for _ in 0..<questions {
            let question = (name: try reader.readName(), type: try reader.readNumber())
            first = first ?? question
            _ = try reader.skip(2)
        }
        question = first
        self.answers = try Self.readRecords(answers, from: &reader)
        negativeTTL = Self.negativeTTL(min(authorities, Self.maximumRecords), from: reader)
        self.octets = octets
    }

    private static func readRecords(
        _ count: Int, from reader: inout DNSReader
    ) throws(DNSMessageError) -> [Answer] {
        var answers: [Answer] = []
        for _ in 0..<count {
            let owner = try reader.readName()
            let (type, recordClass) = (try reader.readNumber(), try reader.readNumber())
            let ttl = try reader.readSeconds()
            let length = try reader.readNumber()
            let data = try reader.skip(length)
            if recordClass == 1 { answers.append(Answer(owner: owner, type: type, ttl: ttl, data: data)) }
        }
        return answers
    }

    /// What is wrong with the authority section spoils no answer: it only tells for how long a "no" holds.
    private static func negativeTTL(_ count: Int, from reader: DNSReader) -> Int? {
        var reader = reader
        guard let authorities = try? readRecords(count, from: &reader),
            let soa = authorities.first(where: { $0.type == 6 })
        else { return nil }
        var data = DNSReader(reader.octets, at: soa.data.lowerBound)
        guard (try? data.readName()) != nil, (try? data.readName()) != nil, (try? data.skip(16)) != nil,
            let minimum = try? data.readSeconds(), data.position == soa.data.upperBound
        else { return nil }
        return min(soa.ttl, minimum)
    }
}

/// What a message says about a question.
struct DNSAnswer: Sendable {
    /// What it comes to.
    var outcome: DNSOutcome
    /// For how long it may be kept; nil when the message does not say.
    var ttl: Duration?
    /// The name to ask next: the server told an alias and nothing of where it leads.
    var alias: String?
}
