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

    /// What is wrong, in words for a person.
    var reason: String {
        switch self {
        case .cutShort: "the answer is cut short"
        case .badName: "the answer holds a broken name"
        case .badRecord: "the answer holds a broken record"
        case .tooManyRecords: "the answer holds more than \(DNSMessage.maximumRecords) records"
        case .textTooLong: "the answer holds a text longer than \(DNSMessage.maximumTextLength) octets"
        case .aliasLoop: "the aliases in the answer lead nowhere"
        }
    }
}
