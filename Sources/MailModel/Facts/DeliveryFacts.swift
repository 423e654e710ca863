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
