public import MailModel

/// One record that a DNS peer serves.
public struct DNSZoneRecord: Hashable, Sendable {
    /// The owner: lower case, without a trailing dot.
    public var name: String
    /// The record.
    public var record: DNSRecord
    /// How long it may be cached, in seconds.
    public var timeToLive: UInt32

    /// Makes a record.
    ///
    /// - Parameters:
    ///   - name: The owner, in any case, with or without a trailing dot.
    ///   - record: The record.
    ///   - timeToLive: How long it may be cached, in seconds.
    public init(_ name: String, _ record: DNSRecord, timeToLive: UInt32 = 60) {
        self.name = DNSZone.canonical(name)
        self.record = record
        self.timeToLive = timeToLive
    }
}
