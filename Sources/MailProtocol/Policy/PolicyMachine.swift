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

/// A list of `tag=value` pairs with semicolons between them, the shape that several kinds of TXT record share
/// (RFC 6376, section 3.2).
struct TagList: Hashable, Sendable {
    /// One pair; a part without `=` has no name.
    struct Tag: Hashable, Sendable {
        let name: String
        let value: String
    }

    /// The pairs, in order, without blanks and line ends around names and values. Empty parts are left out.
    let tags: [Tag]

    /// Reads a record.
    ///
    /// - Parameter record: The record's text; nothing is read above 8 KiB.
    init(_ record: String) {
        let octets = record.utf8.count <= DiscoveryLimits.record ? Array(record.utf8) : []
        tags = octets.split(separator: UInt8(ascii: ";")).compactMap { part in
            let part = Self.trimmed(part)
            guard !part.isEmpty else { return nil }
            guard let equals = part.firstIndex(of: UInt8(ascii: "=")) else {
                return Tag(name: "", value: String(decoding: part, as: UTF8.self))
            }
            let name = Self.trimmed(part[..<equals])
            let value = Self.trimmed(part[(equals + 1)...])
            return Tag(name: String(decoding: name, as: UTF8.self), value: String(decoding: value, as: UTF8.self))
        }
    }

    /// Whether the first tag is `v` with this very value.
    ///
    /// - Parameter version: Such as `DMARC1`.
    /// - Returns: False for every other record.
    func begins(version: String) -> Bool { tags.first == Tag(name: "v", value: version) }

    /// The values of a tag.
    ///
    /// - Parameter name: The tag's name.
    /// - Returns: Its values, in order; more than one breaks the rules of every such record.
    func values(_ name: String) -> [String] { tags.filter { $0.name == name }.map(\.value) }

    /// Whether a tag stands there twice, which makes a whole DKIM record void (RFC 6376, section 3.2).
    var hasDuplicates: Bool { Set(tags.map(\.name)).count < tags.count }

    /// The octets of folding white space (RFC 6376, section 2.8).
    static func isBlank(_ octet: UInt8) -> Bool {
        octet == ASCII.space || octet == 0x09 || octet == ASCII.carriageReturn || octet == ASCII.lineFeed
    }

    private static func trimmed(_ octets: some BidirectionalCollection<UInt8>) -> [UInt8] {
        Array(octets.drop(while: isBlank).reversed().drop(while: isBlank).reversed())
    }
}
