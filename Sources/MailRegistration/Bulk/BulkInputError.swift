/// Why accounts cannot go into one request.
public enum BulkInputError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The API takes 1 to 100.
    case count(Int)
    /// Two items have the same address; the numbers are their places, counted from 0.
    case duplicate(Int, Int)

    /// What is wrong, in words.
    public var description: String {
        switch self {
        case .count(let count): "inboxes must hold 1 to 100 accounts, not \(count)"
        case .duplicate(let first, let second): "inboxes[\(second)].email_address is that of inboxes[\(first)]"
        }
    }
}
