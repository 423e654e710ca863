/// What a mail folder shows of a mailbox's past. No message is read for it.
public struct FolderHistory: Hashable, Sendable {
    /// The number of messages, nil when it is not known.
    public var messages: Int?
    /// The age in days of the oldest message, nil when there is none or it is not known.
    public var oldestAge: Int?

    /// Makes a history.
    public init(messages: Int? = nil, oldestAge: Int? = nil) {
        self.messages = messages
        self.oldestAge = oldestAge
    }
}
