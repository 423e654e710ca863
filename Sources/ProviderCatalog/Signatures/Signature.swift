public import MailModel

/// What a server says when something is the matter, and what that means.
public struct Signature: Hashable, Sendable {
    /// Where a signature of a provider counts.
    public enum Context: String, Hashable, Sendable, CaseIterable {
        /// Only when the account is at this provider: the words alone could be anybody's.
        case provider
        /// Everywhere: nobody else says these words.
        case any
    }

    /// The id, such as `dovecot.imap.failed`.
    public var id: String
    /// The ids of the providers whose words these are; empty when they are anybody's.
    public var providers: [String]
    /// Where a signature of a provider counts.
    public var context: Context
    /// The server software whose words these are.
    public var software: String?
    /// The side, nil for both.
    public var service: MailService?
    /// The stage at which they are said, nil for any.
    public var stage: Stage?
    /// What the reply must be like.
    public var pattern: ReplyPattern
    /// What its text must contain.
    public var needles: [Needle]
    /// The cause.
    public var finding: FindingID
    /// How much it matters.
    public var severity: Severity
    /// How sure it is, 0...1.
    public var confidence: Double
    /// One sentence that names the cause.
    public var summary: String
    /// More on it.
    public var detail: String
    /// What to do.
    public var remedy: Remedy
    /// Whether trying again makes sense.
    public var retry: RetryAdvice
    /// Where the words were seen.
    public var source: String
    /// When that was looked up.
    public var date: CatalogDate
    /// Replies that it matches.
    public var examples: [SignatureExample]

    /// How many octets of text it asks for.
    public var needleLength: Int { needles.reduce(0) { $0 + $1.folded.length } }
}
