import MailModel

/// Who hosts the account, and where it is reached.
extension JSONReport {
    static func provider(_ diagnosis: Diagnosis) -> JSONValue {
        let provider = diagnosis.provider
        return [
            "id": .optional(provider.id),
            "name": .optional(provider.name),
            "confidence": share(provider.confidence),
            "gateway": provider.gateway.map { ["id": .text($0.id), "name": .text($0.name)] } ?? .null,
            "mail_hosted": hosting(provider.hosting),
            "reason": .text(diagnosis.reason),
        ]
    }

    static func candidate(_ candidate: ProviderCandidate) -> JSONValue {
        [
            "id": .text(candidate.id),
            "name": .text(candidate.name),
            "inbox_type": .optional(candidate.inboxType?.rawValue),
            "confidence": share(candidate.confidence),
            "votes_for": .list(candidate.votesFor.map(vote)),
            "votes_against": .list(candidate.votesAgainst.map(vote)),
        ]
    }

    private static func vote(_ vote: EvidenceVote) -> JSONValue {
        ["source": .text(vote.source.rawValue), "weight": share(vote.weight), "detail": .text(vote.detail)]
    }

    static func disclosure(_ disclosure: Disclosure) -> JSONValue {
        [
            "party": .text(disclosure.party),
            "learnt": .text(disclosure.matter.rawValue),
            "third_party": .flag(disclosure.isThirdParty),
        ]
    }

    private static func hosting(_ hosting: MailHosting) -> JSONValue {
        switch hosting {
        case .hosted: .flag(true)
        case .notHosted: .flag(false)
        case .forwarding: .text("forwarding")
        case .unknown: .null
        }
    }

    static func settings(_ settings: AccountSettings) -> JSONValue {
        [
            "smtp_host": .text(settings.smtp.host),
            "smtp_port": .integer(settings.smtp.port),
            "smtp_security": .text(settings.smtp.security.rawValue),
            "smtp_username": .optional(settings.smtpUsername),
            // There is no endpoint without TLS: the API's flag covers STARTTLS and implicit TLS alike.
            "smtp_use_tls": .flag(true),
            "imap_host": .text(settings.imap.host),
            "imap_port": .integer(settings.imap.port),
            "imap_security": .text(settings.imap.security.rawValue),
            "imap_username": .optional(settings.imapUsername),
            "imap_use_ssl": .flag(settings.imap.port == 993 || settings.imap.security == .tls),
            "source": .text(settings.source.rawValue),
        ]
    }
}
