public import Foundation
public import MailModel

/// One attempt as the journal keeps it. It holds no secret.
public struct JournalEntry: Hashable, Sendable {
    /// How an attempt stands.
    public enum State: String, Hashable, Sendable {
        /// The API said that it registered the account.
        case registered
        /// The API said that it had the account already.
        case alreadyRegistered = "already_registered"
        /// The API said no.
        case refused
        /// Nothing left the machine.
        case notSent = "not_sent"
        /// The request may have left, and no answer is known: it was cut off, or it is still under way.
        case unknown

        /// Whether the account is at the API.
        public var isThere: Bool { self == .registered || self == .alreadyRegistered }
    }

    /// Its number in this journal.
    public var id: Int64
    /// The address, in lower case.
    public var address: String
    /// Where the API lives.
    public var apiBase: String
    /// When the request was about to leave.
    public var attemptedAt: Date
    /// When its end was written down; nil when it never was.
    public var answeredAt: Date?
    /// How it stands. An attempt without an answer is unknown.
    public var state: State
    /// Why, in a sentence.
    public var reason: String?
    /// The HTTP status.
    public var httpStatus: Int?
    /// The API's id of the account.
    public var inboxID: String?
    /// The API's status of the account, as sent.
    public var overallStatus: String?
    /// The daily limit that was sent, or that came back.
    public var dailyLimit: Int?
    /// When the API says that it created the account.
    public var createdAt: Date?
    /// The fields of the request that are no secret.
    public var settings: [RequestField]
    /// Tells whether user names or passwords changed, and nothing else.
    public var fingerprint: String
    /// Tells whether the API's key changed.
    public var keyTag: String
}
