/// How a record that vouches for a domain's mail stands, the best first.
public enum PublishedRecordState: String, Hashable, Sendable, CaseIterable {
    /// It is there and in order.
    case pass
    /// Nobody could or did look.
    case unknown
    /// There is none.
    case missing
    /// It is there and does not do its work: it cannot be read, or it forbids what the mailbox does.
    case failing

    /// Whether something is known to be wrong.
    var isBad: Bool { self == .missing || self == .failing }
}
