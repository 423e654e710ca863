internal import Foundation
internal import MailDiagnosis
internal import MailModel
internal import ProviderCatalog

extension DoctorRequest {
    /// What the user said and what the run saw, as far as a daily limit can rest on it.
    func limitEvidence(_ diagnosis: Diagnosis, profile: ProviderProfile?, domainAge: Int?) -> DailyLimitEvidence {
        var evidence = DailyLimitEvidence(
            observations: diagnosis.observations, findings: diagnosis.findings, at: diagnosis.startedAt)
        evidence.statedStage = mailboxStage
        evidence.statedAge = mailboxAge
        evidence.isTrial = isTrial
        evidence.domainAge = domainAge
        evidence.profile = profile
        evidence.inboxType = diagnosis.inboxType
        evidence.domain = diagnosis.domain
        return evidence
    }
}
