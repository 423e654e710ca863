/// Reads the fields of a DNS message (RFC 1035, section 4.1). Every read is checked against the message's end.
struct DNSReader {
    /// The whole message.
    let octets: [UInt8]
    /// Where the next read begins.
    private(set) var position: Int

    /// Begins to read.
    ///
    /// - Parameters:
    ///   - octets: The whole message: a compressed name may point anywhere before itself.
    ///   - position: Where to begin.
    init(_ octets: [UInt8], at position: Int = 0) {
        self.octets = octets
        self.position = position
    }

    /// Reads one octet.
    mutating func readOctet() throws(DNSMessageError) -> Int {
        guard position < octets.count else { throw .cutShort }
        defer { position += 1 }
        return Int(octets[position])
    }

    /// Reads a 16-bit number.
    mutating func readNumber() throws(DNSMessageError) -> Int {
        let high = try readOctet()
        return try high << 8 | readOctet()
    }

    /// Reads a 32-bit number of seconds. One with its highest bit set counts as zero (RFC 2181, section 8).
    mutating func readSeconds() throws(DNSMessageError) -> Int {
        let high = try readNumber()
        let low = try readNumber()
        return high >= 0x8000 ? 0 : high << 16 | low
    }

    /// Steps over octets and says where they were.
    mutating func skip(_ count: Int) throws(DNSMessageError) -> Range<Int> {
        guard count >= 0, octets.count - position >= count else { throw .cutShort }
        defer { position += count }
        return position..<position + count
    }

    /// Reads a name, compressed or not: lower case, no trailing dot, the root is "".
    ///
    /// A pointer must lead before the place where the name, or the part that was pointed to last, began; so every name
    /// ends. Octets that would be mistaken for something else are written as `\NNN`, a dot inside a label as `\.`.
    mutating func readName() throws(DNSMessageError) -> String {
        var labels: [String] = []
        var (cursor, lowest, length) = (position, position, 1)
        var afterFirstPointer: Int?
        while true {
            guard cursor < octets.count else { throw .cutShort }
            let octet = Int(octets[cursor])
            if octet == 0 { break }
            if octet >= 0xC0 {
                guard cursor + 1 < octets.count else { throw .cutShort }
                let target = (octet & 0x3F) << 8 | Int(octets[cursor + 1])
                guard target < lowest else { throw .badName }
                afterFirstPointer = afterFirstPointer ?? cursor + 2
                (cursor, lowest) = (target, target)
            } else {
                length += octet + 1
                guard octet < 0x40, length <= 255 else { throw .badName }
                guard cursor + octet < octets.count else { throw .cutShort }
                labels.append(Self.text(ofLabel: octets[cursor + 1...cursor + octet]))
                cursor += octet + 1
            }
        }
        position = afterFirstPointer ?? cursor + 1
        return labels.joined(separator: ".")
    }

    private static func text(ofLabel label: ArraySlice<UInt8>) -> String {
        var text = ""
        for octet in label {
            switch octet {
            case UInt8(ascii: "."), UInt8(ascii: "\\"): text += "\\" + String(UnicodeScalar(octet))
            case 0x21...0x7E: text.unicodeScalars.append(UnicodeScalar(octet))
            default:
                let digits = String(octet)
                text += "\\" + String(repeating: "0", count: 3 - digits.count) + digits
            }
        }
        return text.lowercased()
    }
}

/// Why an answer makes no sense (RFC 1035, section 4, and limits of ours).
enum DNSMessageError: Error, Hashable, Sendable {
    /// It ends in the middle of something.
    case cutShort
    /// A name is longer than allowed, or its compression pointers do not lead backwards.
    case badName
    /// A record's data has not the form of its type.
    case badRecord
    /// More records than are read.
    case tooManyRecords
    /// A text longer than is read.
    case textTooLong
    /// The aliases lead in a circle, or there are too many of them.
    case aliasLoop
    /// It is a question, not an answer.
    case noAnswer
    /// It answers another question than the one that was asked.
    case otherQuestion
    /// It holds records, and none of them belongs to the name that was asked for.
    case otherOwner
    /// Something is left out of it (TC, RFC 1035, section 4.1.1), although it came over TCP.
    case truncated

    /// What is wrong, in words for a person.
    var reason: String {
        switch self {
        case .cutShort: "the answer is cut short"
        case .badName: "the answer holds a broken name"
        case .badRecord: "the answer holds a broken record"
        case .tooManyRecords: "the answer holds more than \(DNSMessage.maximumRecords) records"
        case .textTooLong: "the answer holds a text longer than \(DNSMessage.maximumTextLength) octets"
        case .aliasLoop: "the aliases lead nowhere"
        case .noAnswer: "what came back is no answer"
        case .otherQuestion: "the answer is one to another question"
        case .otherOwner: "the answer is about another name"
        case .truncated: "the answer is truncated, over TCP too"
        }
    }
}
