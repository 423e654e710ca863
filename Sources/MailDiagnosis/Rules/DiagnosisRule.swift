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
        CertificateRule(),
        StartTLSMissingRule(),
        InjectionRule(),
        MechanismRule(),
        ReplyRule(),
        SettingsMissingRule(),
        PasswordNotGivenRule(),
        BrokenCheckRule(),
    ]
}
