import MailConnect
import MailModel

/// What detection said about one row of the corpus.
struct CorpusAnswer: Sendable, CustomStringConvertible {
    var row: CorpusRow
    var inboxType: InboxType?
    var identification: ProviderIdentification

    /// From here on an answer counts as confident.
    static let confident = 0.8

    var hasInboxType: Bool { inboxType == row.inboxType }
    var hasProvider: Bool { identification.id == row.provider }
    var hasGateway: Bool { identification.gateway?.id == row.gateway }

    /// Whether it is sure of something that is not so. Saying nothing is never wrong.
    var isConfidentlyWrong: Bool {
        guard identification.confidence >= Self.confident else { return false }
        let namesAnother = identification.id != nil && !hasProvider
        let saysAnotherType = inboxType != nil && !hasInboxType
        return namesAnother || saysAnotherType || deniesMail
    }

    private var deniesMail: Bool {
        guard let hosting = row.hosting, identification.hosting != .unknown else { return false }
        return hosting != identification.hosting
    }

    /// `gateway-03.test: microsoft365 OUTLOOK_365 behind mimecast, 0.4; should be ...`
    var description: String {
        let said = "\(identification.id ?? "-") \(inboxType?.rawValue ?? "-") \(identification.gateway?.id ?? "-")"
        let wanted = "\(row.provider ?? "-") \(row.inboxType?.rawValue ?? "-") \(row.gateway ?? "-")"
        return "\(row.domain): \(said) \(identification.confidence); should be \(wanted)"
    }
}
