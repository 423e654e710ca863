/// The facts that a check can bring home.
public enum CheckFacts: Hashable, Sendable {
    /// A look-up.
    case dns(DNSResponse)
    /// Finding and connecting to a host.
    case connection(ConnectionFacts)
    /// A TLS handshake.
    case tls(TLSFacts)
    /// What the server offers.
    case capabilities(CapabilityFacts)
    /// A login.
    case login(LoginFacts)
    /// The mailbox.
    case mailbox(MailboxFacts)
    /// What else was tried, since the planned endpoint failed before the login.
    case alternatives(AlternativesFacts)
    /// The SPF record.
    case spf(SPFFacts)
    /// The DMARC record.
    case dmarc(DMARCFacts)
    /// The DKIM keys.
    case dkim(DKIMFacts)
    /// The MTA-STS policy.
    case mtaSTS(MTASTSFacts)
    /// The TLS-RPT record.
    case tlsRPT(TLSRPTFacts)
    /// A test message.
    case delivery(DeliveryFacts)
    /// Connections to hosts that do answer, made for comparison.
    case control(ControlFacts)
}

/// One check's result: facts and how it ended, without a judgement.
public struct Observation: Hashable, Sendable {
    /// Which check.
    public var id: CheckID
    /// The stage it belongs to.
    public var stage: Stage
    /// Where it looked, nil for DNS.
    public var endpoint: Endpoint?
    /// How it ended.
    public var outcome: CheckOutcome
    /// What it saw, also when it ended early.
    public var facts: CheckFacts?
    /// How long it took, nil when it did not run.
    public var duration: Duration?

    /// Makes an observation.
    public init(
        id: CheckID, stage: Stage, endpoint: Endpoint? = nil, outcome: CheckOutcome, facts: CheckFacts? = nil,
        duration: Duration? = nil
    ) {
        self.id = id
        self.stage = stage
        self.endpoint = endpoint
        self.outcome = outcome
        self.facts = facts
        self.duration = duration
    }

    /// The side it belongs to, nil for DNS.
    public var service: MailService? { endpoint?.service }
}
