public import MailModel
public import ProviderCatalog

/// Everything that a daily limit may rest on. What is not known stays nil or `unknown`; nothing of it is required.
public struct DailyLimitEvidence: Hashable, Sendable {
    /// What the user says of the mailbox.
    public var statedStage: MailboxStage?
    /// Its age in days, as the user says.
    public var statedAge: Int?
    /// Whether the user says that the provider's account is a trial.
    public var isTrial = false
    /// What INBOX shows.
    public var inbox: FolderHistory?
    /// What the folder of sent mail shows.
    public var sent: FolderHistory?
    /// The age in days of the registered domain.
    public var domainAge: Int?
    /// The domain's SPF record.
    public var spf = PublishedRecordState.unknown
    /// The domain's DKIM key.
    public var dkim = PublishedRecordState.unknown
    /// The domain's DMARC record.
    public var dmarc = PublishedRecordState.unknown
    /// Whether the provider held the run back.
    public var wasThrottled = false
    /// The provider, for its limits; nil when it is not known.
    public var profile: ProviderProfile?
    /// What kind of mailbox it is; nil when it is not known.
    public var inboxType: InboxType?
    /// The domain of the address.
    public var domain: DomainName?

    /// No evidence at all.
    public init() {}

    /// The three records with their names, in the order in which they are told.
    var records: [(name: String, state: PublishedRecordState)] { [("SPF", spf), ("DKIM", dkim), ("DMARC", dmarc)] }
}
