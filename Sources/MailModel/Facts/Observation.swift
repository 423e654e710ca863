public import MailJSON

/// The facts that a check can bring home. They are indirect: whatever waits with an observation in hand has a word for them, and
/// not room for the largest.
public indirect enum CheckFacts: Hashable, Sendable {
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

extension CheckFacts {
    /// How they stand in a report.
    public static let json = JSONDescription<CheckFacts>.union(
        "a kind of facts",
        [
            Case.dns, Case.connection, Case.tls, Case.capabilities, Case.login, Case.mailbox, Case.alternatives,
            Case.spf, Case.dmarc, Case.dkim, Case.mtaSTS, Case.tlsRPT, Case.delivery, Case.control,
        ], about: "What a check saw."
    ) { facts in
        switch facts {
        case .dns(let facts): Case.dns(facts)
        case .connection(let facts): Case.connection(facts)
        case .tls(let facts): Case.tls(facts)
        case .capabilities(let facts): Case.capabilities(facts)
        case .login(let facts): Case.login(facts)
        case .mailbox(let facts): Case.mailbox(facts)
        case .alternatives(let facts): Case.alternatives(facts)
        case .spf(let facts): Case.spf(facts)
        case .dmarc(let facts): Case.dmarc(facts)
        case .dkim(let facts): Case.dkim(facts)
        case .mtaSTS(let facts): Case.mtaSTS(facts)
        case .tlsRPT(let facts): Case.tlsRPT(facts)
        case .delivery(let facts): Case.delivery(facts)
        case .control(let facts): Case.control(facts)
        }
    }

    private enum Case {
        static let dns = JSONCase("dns", CheckFacts.dns, .payload("lookup", DNSResponse.json, "The look-up."))
        static let connection = JSONCase("connection", CheckFacts.connection, .members(ConnectionFacts.json))
        static let tls = JSONCase("tls", CheckFacts.tls, .members(TLSFacts.json))
        static let capabilities = JSONCase("capabilities", CheckFacts.capabilities, .members(CapabilityFacts.json))
        static let login = JSONCase("login", CheckFacts.login, .members(LoginFacts.json))
        static let mailbox = JSONCase("mailbox", CheckFacts.mailbox, .members(MailboxFacts.json))
        static let alternatives = JSONCase("alternatives", CheckFacts.alternatives, .members(AlternativesFacts.json))
        static let spf = JSONCase("spf", CheckFacts.spf, .members(SPFFacts.json))
        static let dmarc = JSONCase("dmarc", CheckFacts.dmarc, .members(DMARCFacts.json))
        static let dkim = JSONCase("dkim", CheckFacts.dkim, .members(DKIMFacts.json))
        static let mtaSTS = JSONCase("mta_sts", CheckFacts.mtaSTS, .members(MTASTSFacts.json))
        static let tlsRPT = JSONCase("tls_rpt", CheckFacts.tlsRPT, .members(TLSRPTFacts.json))
        static let control = JSONCase("control", CheckFacts.control, .members(ControlFacts.json))
        static let delivery = JSONCase("delivery", CheckFacts.delivery, .members(DeliveryFacts.json))
    }

    /// The same about the side of the check that saw them; nil where there is no side and one is needed.
    fileprivate func at(_ service: MailService?) -> CheckFacts? {
        guard case .alternatives(let facts) = self else { return self }
        return service.map { .alternatives(facts.at($0)) }
    }
}

extension Observation {
    /// What the check saw and how it ended, which stand together in a report.
    private struct Seen {
        var outcome: CheckOutcome
        var facts: CheckFacts?

        static let json = JSONDescription<Seen>.object(
            Seen.init,
            .inline(\.outcome, CheckOutcome.json),
            .field(
                "facts", \.facts, .known(CheckFacts.json),
                "What it saw, also when it ended early; kind names the case, the other keys are its fields."))
    }

    private struct Members {
        var id: CheckID
        var endpoint: Endpoint?
        var stage: Stage
        var duration: Duration?
        var seen: Seen
    }

    /// How it stands in a report, without title and status, which a report works out.
    public static let json = JSONDescription<Members>.object(
        Members.init,
        .field("id", \.id, CheckID.json, "Which check."),
        .inline(\.endpoint, Endpoint.placed),
        .field("stage", \.stage, Stage.json, "The stage it belongs to."),
        .field("duration_ms", \.duration, .optional(.milliseconds), "How long it took, null when it did not run."),
        .field("observations", \.seen, Seen.json, "All that the check saw."),
        order: ["id", "protocol", "stage", "endpoint", "duration_ms", "observations"]
    ).mapped { members -> Observation in
        Observation(
            id: members.id, stage: members.stage, endpoint: members.endpoint, outcome: members.seen.outcome,
            facts: members.seen.facts?.at(members.endpoint?.service), duration: members.duration)
    } write: { (check: Observation) -> Members in
        Members(
            id: check.id, endpoint: check.endpoint, stage: check.stage, duration: check.duration,
            seen: Seen(outcome: check.outcome, facts: check.facts))
    }
}
