public import MailJSON

/// What became of the test message that a mailbox sent to itself.
public struct DeliveryFacts: Hashable, Sendable {
    /// One method of `Authentication-Results` (RFC 8601, section 2.7).
    public struct Method: Hashable, Sendable {
        /// `spf`, `dkim`, `dmarc`, ...
        public var name: String
        /// `pass`, `fail`, `none`, ...
        public var result: String

        /// Makes facts.
        public init(name: String, result: String) {
            self.name = name
            self.result = result
        }
    }

    /// The server's last word on the submission.
    public var accepted: ServerReply?
    /// In which mailbox it was seen; nil when it was not seen in time.
    public var arrivedIn: ServerText?
    /// How long it took from the submission until it was seen.
    public var delay: Duration?
    /// Who speaks in the header that was believed: the one that the receiving server put on top.
    public var authority: ServerText?
    /// What that header says.
    public var methods: [Method]

    /// Makes facts.
    public init(
        accepted: ServerReply? = nil, arrivedIn: ServerText? = nil, delay: Duration? = nil,
        authority: ServerText? = nil, methods: [Method] = []
    ) {
        self.accepted = accepted
        self.arrivedIn = arrivedIn
        self.delay = delay
        self.authority = authority
        self.methods = methods
    }
}

extension DeliveryFacts.Method {
    /// How it stands in a report.
    public static let json = JSONDescription<DeliveryFacts.Method>.object(
        DeliveryFacts.Method.init,
        .field("name", \.name, .text, "spf, dkim, dmarc, ..."),
        .field("result", \.result, .text, "pass, fail, none, ..."))
}

extension DeliveryFacts {
    /// How it stands in a report.
    public static let json = JSONDescription<DeliveryFacts>.object(
        DeliveryFacts.init,
        .field("accepted", \.accepted, .optional(ServerReply.json), "The server's last word on the submission."),
        .field("arrived_in", \.arrivedIn, .optional(.serverText), "The mailbox where it was seen; null: not in time."),
        .field("delay_ms", \.delay, .optional(.milliseconds), "How long it took until it was seen."),
        .field("authority", \.authority, .optional(.serverText), "Who speaks in the header that was believed."),
        .field("methods", \.methods, .list(Method.json), "What that header says."))
}
