public import MailJSON

/// How a server can break the protocol or its limits. Closed for this version; the raw values are what reports hold.
public enum ProtocolViolation: Hashable, Sendable, CaseIterable, RawRepresentable, Error {
    /// A line is longer than any server needs.
    case lineTooLong
    /// A reply has more lines, responses or octets than any server needs.
    case replyTooLong
    /// An IMAP literal is longer than any server needs.
    case literalTooLong
    /// The first octets are a TLS record (RFC 8446, section 5.1) where a greeting in plaintext belongs.
    case tlsRecord
    /// The first line is no SMTP reply (RFC 5321, section 4.2): another protocol is spoken here.
    case notSMTP
    /// The first line is no IMAP greeting (RFC 9051, section 7.1): another protocol is spoken here.
    case notIMAP
    /// The server speaks IMAP of another version: neither `IMAP4rev1` nor `IMAP4rev2` is among its capabilities, one of
    /// which must be (RFC 3501, section 7.2.1; RFC 9051, section 7.2.2).
    case notIMAP4rev1
    /// A later line does not follow the grammar.
    case malformedReply
    /// The lines of one SMTP reply bear different codes (RFC 5321, section 4.2.1).
    case replyCodeMismatch
    /// A well-formed reply that has no meaning here, such as 250 in place of a greeting.
    case unexpectedReply
    /// A tag that we did not use (RFC 9051, section 2.2.1).
    case unknownTag
    /// A continuation request that nobody waits for (RFC 9051, section 7.6).
    case unexpectedContinuation
    /// One SASL challenge too many; the exchange was cancelled.
    case unexpectedChallenge
    /// A SASL challenge that breaks the mechanism's grammar or limits; the exchange was cancelled.
    case badChallenge
    /// The server could not prove that it knows the password (SCRAM, RFC 5802, section 5): it is not who it says.
    case serverNotProven
    /// A success before the login was said to its end, or one that contradicts an error: nobody can have checked it.
    case earlySuccess
    /// A reply was there before the command that it answers.
    case earlyReply
    /// Plaintext around STARTTLS that no sound server sends: an answer that was there before its command, or octets
    /// behind the go-ahead with no TLS after them (RFC 3207, section 6; CVE-2011-0411).
    case injectedPlaintext
    /// IMAP says that we are logged in already (RFC 9051, section 7.1.4).
    case preauth
    /// The session was asked for a step that it cannot take now: the driver's mistake, not the server's.
    case outOfOrder
    /// One that this version does not know, read from a report of a newer one.
    case other(String)

    /// Those that this version makes.
    public static let allCases: [ProtocolViolation] = [
        .lineTooLong, .replyTooLong, .literalTooLong, .tlsRecord, .notSMTP, .notIMAP, .notIMAP4rev1, .malformedReply,
        .replyCodeMismatch, .unexpectedReply, .unknownTag, .unexpectedContinuation, .unexpectedChallenge,
        .badChallenge, .serverNotProven, .earlySuccess, .earlyReply, .injectedPlaintext, .preauth, .outOfOrder,
    ]

    /// Reads an id. Every text is one, since a newer version may know more.
    ///
    /// - Parameter rawValue: The id.
    public init(rawValue: String) { self = Self.allCases.first { $0.rawValue == rawValue } ?? .other(rawValue) }

    /// The stable id.
    public var rawValue: String {
        switch self {
        case .lineTooLong: "line_too_long"
        case .replyTooLong: "reply_too_long"
        case .literalTooLong: "literal_too_long"
        case .tlsRecord: "tls_record"
        case .notSMTP: "not_smtp"
        case .notIMAP: "not_imap"
        case .notIMAP4rev1: "not_imap4rev1"
        case .malformedReply: "malformed_reply"
        case .replyCodeMismatch: "reply_code_mismatch"
        case .unexpectedReply: "unexpected_reply"
        case .unknownTag: "unknown_tag"
        case .unexpectedContinuation: "unexpected_continuation"
        case .unexpectedChallenge: "unexpected_challenge"
        case .badChallenge: "bad_challenge"
        case .serverNotProven: "server_not_proven"
        case .earlySuccess: "early_success"
        case .earlyReply: "early_reply"
        case .injectedPlaintext: "injected_plaintext"
        case .preauth: "preauth"
        case .outOfOrder: "out_of_order"
        case .other(let id): id
        }
    }
}

/// A user name or secret that a login cannot carry. Closed for this version; the raw values are what reports hold.
public enum UnusableCredential: Hashable, Sendable, CaseIterable, RawRepresentable, Error {
    /// There is no user name.
    case emptyUsername
    /// There is no password or token.
    case emptySecret
    /// The user name holds a character that ends a field or a line.
    case controlInUsername
    /// The password or token holds one.
    case controlInSecret
    /// Letters beyond ASCII, and the only mechanisms offered would need them prepared (RFC 4013).
    case needsPreparation
    /// The mechanism needs one-way functions that were not handed down.
    case noCryptography
    /// One that this version does not know, read from a report of a newer one.
    case other(String)

    /// Those that this version makes.
    public static let allCases: [UnusableCredential] = [
        .emptyUsername, .emptySecret, .controlInUsername, .controlInSecret, .needsPreparation, .noCryptography,
    ]

    /// Reads an id. Every text is one, since a newer version may know more.
    ///
    /// - Parameter rawValue: The id.
    public init(rawValue: String) { self = Self.allCases.first { $0.rawValue == rawValue } ?? .other(rawValue) }

    /// The stable id.
    public var rawValue: String {
        switch self {
        case .emptyUsername: "empty_username"
        case .emptySecret: "empty_secret"
        case .controlInUsername: "control_character_in_username"
        case .controlInSecret: "control_character_in_secret"
        case .needsPreparation: "beyond_ascii"
        case .noCryptography: "no_cryptography"
        case .other(let id): id
        }
    }
}

extension ProtocolViolation {
    /// How it stands in a report.
    public static let json = JSONDescription<String>.text
        .mapped(read: { ProtocolViolation(rawValue: $0) }, write: \.rawValue)
}

extension UnusableCredential {
    /// How it stands in a report.
    public static let json = JSONDescription<String>.text
        .mapped(read: { UnusableCredential(rawValue: $0) }, write: \.rawValue)
}
