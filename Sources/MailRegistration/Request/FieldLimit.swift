/// What the API documents that a field may be.
public enum FieldLimit: Hashable, Sendable, CustomStringConvertible {
    /// A text of so many Unicode code points.
    case characters(ClosedRange<Int>)
    /// A number in that range.
    case range(ClosedRange<Int>)
    /// A number with no stated maximum.
    case atLeast(Int)

    /// Whether a measure keeps the limit.
    ///
    /// - Parameter measure: The number, or the count of code points.
    /// - Returns: True when it does.
    func allows(_ measure: Int) -> Bool {
        switch self {
        case .characters(let range), .range(let range): range.contains(measure)
        case .atLeast(let minimum): measure >= minimum
        }
    }

    /// What is allowed, in words that follow "must be".
    public var description: String {
        switch self {
        case .characters(let range): "\(range.lowerBound) to \(range.upperBound) characters long"
        case .range(let range): "between \(range.lowerBound) and \(range.upperBound)"
        case .atLeast(let minimum): "\(minimum) or more"
        }
    }
}
