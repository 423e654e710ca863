import MailDiagnosis
import MailModel
import MailTestSupport
import ProviderCatalog
import Testing

/// A mailbox, and what its daily limit must be.
struct LimitSituation: Sendable, CustomTestStringConvertible {
    let name: String
    var stage: MailboxStage?
    var age: Int?
    var inbox: FolderHistory?
    var sent: FolderHistory?
    var domainAge: Int?
    var records: [PublishedRecordState] = [.unknown, .unknown, .unknown]
    var throttled = false
    var trial = false
    var provider: String?
    var domain = "example.com"

    let number: Int
    let band: ClosedRange<Int>
    let told: MailboxStage
    var cap: Int?
    /// Reasons that must be among those told.
    var because: [String] = []

    var testDescription: String { name }

    func evidence() throws -> DailyLimitEvidence {
        var evidence = DailyLimitEvidence()
        evidence.statedStage = stage
        evidence.statedAge = age
        evidence.inbox = inbox
        evidence.sent = sent
        evidence.domainAge = domainAge
        (evidence.spf, evidence.dkim, evidence.dmarc) = (records[0], records[1], records[2])
        evidence.wasThrottled = throttled
        evidence.isTrial = trial
        evidence.domain = try DomainName(domain)
        if let provider {
            evidence.profile = try RepositoryCatalog.catalog().profile(id: provider)
            evidence.inboxType = evidence.profile?.inboxType
        }
        return evidence
    }

    static let passing: [PublishedRecordState] = [.pass, .pass, .pass]

    static func folder(_ messages: Int?, _ oldest: Int?) -> FolderHistory {
        FolderHistory(messages: messages, oldestAge: oldest)
    }
}
