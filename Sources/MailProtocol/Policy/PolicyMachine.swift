public import MailModel

/// A look-up that a machine wants to be made.
public struct DNSQuestion: Hashable, Sendable {
    /// The name, lower case, in A-labels.
    public let name: String
    /// The type of record.
    public let type: DNSRecordType

    /// Makes a question.
    ///
    /// - Parameters:
    ///   - name: The name, lower case, in A-labels.
    ///   - type: The type of record.
    public init(_ name: String, _ type: DNSRecordType) {
        self.name = name
        self.type = type
    }
}

/// A machine that does no I/O: it says what to ask, is handed the answers in any order, and says what to ask then.
///
/// ```
/// while !machine.questions.isEmpty { ask them side by side; machine.take(each answer) }
/// ```
///
/// It comes to its end whatever the answers are, and asks no question twice.
public protocol PolicyMachine: Sendable {
    /// What to ask now; empty at the end. A question stays in it until it is answered.
    var questions: [DNSQuestion] { get }

    /// Takes an answer.
    ///
    /// - Parameter response: The answer to a question that was asked, under the name of the question, whatever it says;
    ///   others are ignored.
    mutating func take(_ response: DNSResponse)
}

/// What a search among TXT records found, where the rules allow one record only.
public enum SoleRecord<Record: Hashable & Sendable>: Hashable, Sendable {
    /// None.
    case none
    /// One.
    case one(Record)
    /// So many, which counts as an error (RFC 7208, section 4.5) or as none (RFC 7489, section 6.6.3).
    case several(Int)

    /// The record, nil unless there is exactly one.
    public var record: Record? {
        if case .one(let record) = self { record } else { nil }
    }

    /// How many there are.
    public var count: Int {
        switch self {
        case .none: 0
        case .one: 1
        case .several(let count): count
        }
    }

    /// Sorts what was found.
    ///
    /// - Parameter records: All the records that match.
    init(_ records: [Record]) {
        switch records.count {
        case 0: self = .none
        case 1: self = .one(records[0])
        default: self = .several(records.count)
        }
    }
}
