public import MailModel

/// One kind of judgement: facts in, findings out. A rule does no I/O and reads neither clock nor environment.
public protocol DiagnosisRule: Sendable {
    /// Judges.
    ///
    /// - Parameter input: The facts.
    /// - Returns: What they mean, by this rule; empty when it has nothing to say.
    func findings(in input: DiagnosisInput) -> [Finding]
}

/// All rules, in the order in which they are asked.
public enum DiagnosisRules {
    /// The registry.
    public static let all: [any DiagnosisRule] = [
        NoMailRule(),
        ResolverTroubleRule(),
        HostNotFoundRule(),
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
        BrokenCheckRule(),
    ]
}

/// A second look at all findings together: what one side shows about the other, and what follows from what.
public protocol FindingRefinement: Sendable {
    /// Changes findings; it makes no new causes up.
    ///
    /// - Parameters:
    ///   - findings: What the rules said.
    ///   - input: The facts.
    /// - Returns: The findings to tell.
    func refine(_ findings: [Finding], in input: DiagnosisInput) -> [Finding]
}

extension DiagnosisRules {
    /// The refinements, in the order in which they are asked.
    public static let refinements: [any FindingRefinement] = [
        AlternativeRefinement(),
        OneSideRefinement(),
        PasswordKindRefinement(),
        ResolverFolding(),
    ]
}
