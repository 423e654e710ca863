public import MailModel
public import ProviderCatalog

/// Judges saved evidence again, with the catalogue of today. Pure.
public enum Rejudgement {
    /// Judges.
    ///
    /// - Parameters:
    ///   - diagnosis: The evidence; its findings and verdict are replaced.
    ///   - catalog: What is known of providers.
    /// - Returns: The same evidence with new findings and a new verdict. Certificates are judged by the day of the run.
    public static func judged(_ diagnosis: Diagnosis, catalog: Catalog) -> Diagnosis {
        var diagnosis = diagnosis
        diagnosis.findings = Judge.findings(
            for: DiagnosisInput(
                observations: diagnosis.observations, provider: diagnosis.provider,
                profile: diagnosis.provider.id.flatMap { catalog.profile(id: $0) }, signatures: catalog.signatures,
                now: diagnosis.startedAt, search: SettingsSearch(diagnosis),
                interceptors: catalog.interceptors))
        diagnosis.verdict = VerdictRule.verdict(findings: diagnosis.findings, observations: diagnosis.observations)
        return diagnosis
    }
}
