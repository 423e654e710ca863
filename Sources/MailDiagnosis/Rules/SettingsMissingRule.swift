import MailModel

/// The domain has mail, and no server could be found for it.
struct SettingsMissingRule: DiagnosisRule {
    func findings(in input: DiagnosisInput) -> [Finding] {
        guard input.search != .found, ![.forwarding, .notHosted].contains(input.provider.hosting),
            Self.takesMail(input.observations)
        else { return [] }
        let whole = input.search == .nothing
        return [
            Finding(
                id: .wrongHost, severity: .error, confidence: whole ? 0.6 : 0.4, service: nil, stage: .dns,
                summary: "No mail servers could be found for this domain.",
                detail: input.provider.gateway.map {
                    "Its mail exchangers belong to \($0.name), a gateway; the mailbox is behind it."
                }
                    ?? (whole
                        ? "Neither the catalogue, nor the DNS, nor the usual host names lead to a server with a login."
                        : "Not everybody who could know them answered; the evidence says who."),
                evidence: ["catalogue", "mx", "srv", "probe"],
                remedy: Remedy(
                    who: .user,
                    steps: [
                        "Look the server names up in the provider's help or in a mail program that works.",
                        "Give them with --smtp HOST:PORT and --imap HOST:PORT.",
                    ]),
                retry: whole ? .no : .afterSeconds(300))
        ]
    }

    /// Whether the exchangers were heard of and do not say that there is no mail.
    private static func takesMail(_ observations: [Observation]) -> Bool {
        guard let mx = observations.first(where: { $0.id == .dnsMX }), case .dns(let response)? = mx.facts else {
            return false
        }
        switch response.outcome {
        case .noData: return true
        case .records(let records): return records != [.mx(preference: 0, exchange: "")]
        default: return false
        }
    }
}
