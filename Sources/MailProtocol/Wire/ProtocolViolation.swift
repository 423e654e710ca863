/// How a server can break the protocol or its limits. The raw values are the stable ids in `Failure.violation`.
enum ProtocolViolation: String, Hashable, Sendable, CaseIterable, Error {
    /// A line is longer than `Limits.lineLength`.
    case lineTooLong = "line_too_long"
    /// A reply has more lines, responses or octets than the limits allow.
    case replyTooLong = "reply_too_long"
    /// An IMAP literal is longer than `Limits.literalLength`.
    case literalTooLong = "literal_too_long"
    /// The first line is no SMTP reply (RFC 5321, section 4.2): another protocol is spoken here.
    case notSMTP = "not_smtp"
    /// The first line is no IMAP greeting (RFC 9051, section 7.1): another protocol is spoken here.
    case notIMAP = "not_imap"
    /// A later line does not follow the grammar.
    case malformedReply = "malformed_reply"
    /// The lines of one SMTP reply bear different codes (RFC 5321, section 4.2.1).
    case replyCodeMismatch = "reply_code_mismatch"
    /// A well-formed reply that has no meaning here, such as 250 in place of a greeting.
    case unexpectedReply = "unexpected_reply"
    /// A tag that we did not use (RFC 9051, section 2.2.1).
    case unknownTag = "unknown_tag"
    /// A continuation request that nobody waits for (RFC 9051, section 7.6).
    case unexpectedContinuation = "unexpected_continuation"
    /// One SASL challenge too many; the exchange was cancelled.
    case unexpectedChallenge = "unexpected_challenge"
    /// A SASL challenge that breaks the mechanism's grammar or limits; the exchange was cancelled.
    case badChallenge = "bad_challenge"
    /// The server could not prove that it knows the password (SCRAM, RFC 5802, section 5): it is not who it says.
    case serverNotProven = "server_not_proven"
    /// A success before the login was said to its end, or one that contradicts an error: nobody can have checked it.
    case earlySuccess = "early_success"
    /// A reply was there before the command that it answers.
    case earlyReply = "early_reply"
    /// IMAP says that we are logged in already (RFC 9051, section 7.1.4).
    case preauth = "preauth"
    /// The session was asked for a step that it cannot take now: the driver's mistake, not the server's.
    case outOfOrder = "out_of_order"
}
