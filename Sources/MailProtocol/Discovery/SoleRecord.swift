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
