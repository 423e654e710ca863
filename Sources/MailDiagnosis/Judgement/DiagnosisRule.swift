import MailModel

/// One kind of judgement: facts in, findings out. A rule does no I/O and reads neither clock nor environment.
protocol DiagnosisRule: Sendable {
    /// Judges.
    ///
    /// - Parameter input: The facts.
    /// - Returns: What they mean, by this rule; empty when it has nothing to say.
    func findings(in input: DiagnosisInput) -> [Finding]
}

/// A second look at all findings together: what one side shows about the other, and what follows from what.
protocol FindingRefinement: Sendable {
    /// Changes findings; it makes no new causes up.
    ///
    /// - Parameters:
    ///   - findings: What the rules said.
    ///   - input: The facts.
    /// - Returns: The findings to tell.
    func refine(_ findings: [Finding], in input: DiagnosisInput) -> [Finding]
}

/// All rules and refinements.
enum DiagnosisRules {
    /// The rules, in the order in which they are asked.
    static let all: [any DiagnosisRule] = [
        NoMailRule(),
        ResolverTroubleRule(),
        HostNotFoundRule(),
        AddressNotAllowedRule(),
        NotConnectedRule(),
        SilentServerRule(),
        ClosedConnectionRule(),
        ProtocolMismatchRule(),
        TLSHandshakeRule(),
        ClockSkewRule(),
        InterceptionRule(),
        CertificateRule(),
        RevokedCertificateRule(),
        StartTLSMissingRule(),
        InjectionRule(),
        UnsolicitedReplyRule(),
        CapabilityChangeRule(),
        ServerAlertRule(),
        MechanismRule(),
        ReferralRule(),
        ReplyRule(),
        UsernameFormRule(),
        LoginEndingRule(),
        StaleProfileRule(),
        QuotaRule(),
        DeliveryRule(),
        ControlCharacterRule(),
        SPFRule(),
        DMARCRule(),
        DKIMRule(),
        TransportPolicyRule(),
        SettingsMissingRule(),
        PasswordNotGivenRule(),
        PasswordBlanksRule(),
        OwnLimitRule(),
        BrokenCheckRule(),
    ]

    /// The refinements, in the order in which they are asked.
    static let refinements: [any FindingRefinement] = [
        AlternativeRefinement(),
        PasswordKindRefinement(),
        OneSideRefinement(),
        UsernameRefinement(),
        PasswordWayRefinement(),
        ResolverFolding(),
    ]
}

extension Finding {
    /// A finding that rests on one observation: side, stage and reference come from it.
    init(
        _ id: FindingID, severity: Severity = .error, confidence: Double, on observation: Observation,
        _ words: FindingWords
    ) {
        self.init(
            id: id, severity: severity, confidence: confidence, service: observation.service, stage: observation.stage,
            summary: words.summary, detail: words.detail, serverText: words.serverText,
            evidence: [observation.id.description], remedy: words.remedy, retry: words.retry)
    }
}

/// The wording of a finding, kept in the file of the rule that makes it.
struct FindingWords {
    var summary: String
    var detail: String
    var serverText: String?
    var remedy: Remedy
    var retry: RetryAdvice = .no
}

extension RemedyStep {
    /// For whatever may be the fault of the port.
    static let checkPortMode: RemedyStep =
        "Check that port and TLS mode fit: 587 and 143 begin in plaintext, 465 and 993 with TLS."
    /// For whatever may be the doing of somebody on the way.
    static let leaveInterference: RemedyStep =
        "Try from another network, without proxy, VPN or antivirus mail scanning."
    /// For whatever an attacker on the way could have put there.
    static let compareNetworks: RemedyStep =
        "Compare with another network: if it happens in one only, that network tampers with mail."
}

extension Observation {
    /// `SMTP` or `IMAP`, for sentences.
    var side: String { service?.label ?? "DNS" }

    /// `smtp.example.com, port 587`, for sentences.
    var place: String { endpoint.map { "\($0.host), port \($0.port)" } ?? "the resolver" }
}
