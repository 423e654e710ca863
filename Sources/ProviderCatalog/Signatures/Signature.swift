public import MailJSON
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

/// The causes that words of a server, of a TLS library or of an operating system can show.
enum SignatureFindings {
    /// All of them.
    static let all: [FindingID] = [
        .badCredentials, .appPasswordRequired, .basicAuthDisabled, .smtpAuthDisabledTenant, .smtpAuthDisabledMailbox,
        .imapDisabled, .oauthRequired, .accountLocked, .tooManyLogins,
        .rateLimited, .ipBlocked, .tlsRequired, .plaintextRefused, .certInvalid, .certNameMismatch, .certExpired,
        .wrongPort, .wrongHost, .dnsFailure, .connectTimeout, .connectRefused, .mailboxNotLicensed, .mailboxMissing,
        .regionBlocked, .captchaOrWebLoginRequired, .conditionalAccessOrMFA, .senderNotAllowed, .quotaExceeded,
        .serverBusy, .protocolMismatch, .tlsVersionMismatch, .proxyOrAntivirusInterception, .starttlsStripped,
        .noMailForDomain, .forwardingOnly, .notAnAccountProblem, .unknownReply,
    ]

    /// The same, to look one up.
    static let known = Set(all)
}

extension Signature {
    /// How it stands in its file.
    public static let json = JSONDescription<Signature>.object(
        Signature.init(
            id:providers:context:software:service:stage:pattern:needles:finding:severity:confidence:summary:detail:
            remedy:
            retry:source:date:examples:),
        .field("id", \.id, .text(pattern: #"^[a-z0-9_]+(\.[a-z0-9_]+)+$"#, length: 1...200), "Its name, in parts."),
        .field(
            "provider", \.providers, providers, missing: [],
            "Whose words these are; left out when they are anybody's."),
        .field(
            "context", \.context, .word("a context"), missing: .provider,
            "any: the words are unmistakable and count at every provider."),
        .field("software", \.software, .optional(.filledText), missing: nil, "The server software that says them."),
        .field("service", \.service, .optional(.word("smtp or imap")), missing: nil, "The side; left out for both."),
        .field("stage", \.stage, .optional(Stage.json), missing: nil, "When they are said; left out for any stage."),
        .inline(\.pattern, ReplyPattern.json),
        .field(
            "needles", \.needles, .list(Needle.json),
            "All must stand in the text; case and runs of white space do not matter."),
        .field("finding", \.finding, finding, "The cause."),
        .field("severity", \.severity, .word("a severity"), missing: .error, "How much it matters."),
        .field("confidence", \.confidence, .fraction, "How sure it is."),
        .field("summary", \.summary, .filledText, "One sentence that names the cause."),
        .field("detail", \.detail, .filledText, "More on it."),
        .field("remedy", \.remedy, remedy, "What to do, and who must do it."),
        .field("retry", \.retry, RetryAdvice.json, "Whether trying again makes sense."),
        .field("source", \.source, .filledText, "Where the words were seen."),
        .field("date", \.date, CatalogDate.json, "When the fact was last looked up."),
        .field(
            "examples", \.examples, .list(SignatureExample.json),
            "Real replies that this signature matches before all others.")
    ).checked { signature throws(JSONMistake) in
        guard !signature.pattern.isEmpty || !signature.needles.isEmpty else {
            throw JSONMistake(.badValue, at: "needles", "without a needle and a code it would match everything")
        }
    }

    /// One id, or a list of them.
    private static let providers = JSONDescription<[String]>(
        schema: [
            "oneOf": [
                ["type": "null"], ["type": "string", "minLength": 1],
                ["type": "array", "minItems": 1, "items": ["type": "string", "minLength": 1]],
            ]
        ]
    ) { ids in
        switch ids.count {
        case 0: .null
        case 1: .text(ids[0])
        default: .texts(ids)
        }
    } read: { value, mode throws(JSONMistake) in
        switch value {
        case .null: return []
        case .text: return [try JSONDescription<String>.filledText.read(value, mode)]
        default: return try JSONDescription<[String]>.filledTexts.read(value, mode)
        }
    }

    private static let finding = FindingID.json
        .annotated(["enum": .texts(SignatureFindings.all.map(\.description))])
        .checked { id throws(JSONMistake) in
            guard SignatureFindings.known.contains(id) else {
                throw JSONMistake(.badValue, "\(id) is not a cause that words of a server can show")
            }
        }

    /// Words, or the kind of a step that needs no particulars.
    private static let step = JSONDescription<String>.filledText.mapped(
        read: { RemedyStep(catalogue: $0) },
        write: { step in if case .text(let words) = step { words } else { step.kind } })

    private static let remedy = JSONDescription<Remedy>.object(
        Remedy.init(who:steps:links:),
        .field("who", \.who, .owner, "Who must act."),
        .field("steps", \.steps, .list(step, atLeast: 1), "What to do, one step a line."),
        .field("links", \.links, .links, "Where it is explained."))
}

extension Needle {
    /// How it stands in a signature.
    static let json = JSONDescription<String>.filledText.mapped(read: { Needle($0) }, write: \.description)
}

extension SignatureExample {
    /// How it stands in a signature.
    static let json = JSONDescription<String>.filledText.mapped(read: { SignatureExample($0) }, write: \.text)
}
