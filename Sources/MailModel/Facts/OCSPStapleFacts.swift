public import FoundationEssentials
public import MailJSON

/// What a server's stapled OCSP response says of its certificate (RFC 6960). Nobody has checked its signature.
public struct OCSPStapleFacts: Hashable, Sendable {
    /// The status of the certificate.
    public enum Status: String, Hashable, Sendable, CaseIterable {
        /// Not revoked.
        case good
        /// Revoked.
        case revoked
        /// The responder does not know the certificate.
        case unknown
        /// The response cannot be read, or is an error.
        case unreadable
    }

    /// The status.
    public var status: Status
    /// When the responder knew it to be so.
    public var thisUpdate: Date?
    /// When there will be news.
    public var nextUpdate: Date?

    /// Makes facts.
    public init(status: Status, thisUpdate: Date? = nil, nextUpdate: Date? = nil) {
        self.status = status
        self.thisUpdate = thisUpdate
        self.nextUpdate = nextUpdate
    }

    /// A response that says nothing.
    public static let unreadable = OCSPStapleFacts(status: .unreadable)
}

extension OCSPStapleFacts {
    /// How it stands in a report.
    public static let json = JSONDescription<OCSPStapleFacts>.object(
        OCSPStapleFacts.init,
        .field("status", \.status, .word("a status of a certificate"), "The status of the certificate."),
        .field("this_update", \.thisUpdate, .optional(.date), "When the responder knew it to be so."),
        .field("next_update", \.nextUpdate, .optional(.date), "When there will be news."),
        about: "What a stapled OCSP response says; nobody has checked its signature.")
}
