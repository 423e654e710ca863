import MailModel

/// The domain takes no mail: a null MX (RFC 7505), a name that does not exist, or mail that is only passed on.
struct NoMailRule: DiagnosisRule {
    func findings(in input: DiagnosisInput) -> [Finding] {
        guard let observation = input.observations.first(where: { $0.id == .dnsMX }),
            case .dns(let response)? = observation.facts
        else { return [] }
        // Settings from elsewhere are tried all the same: what the servers say then weighs more.
        let severity: Severity = input.search == .found ? .warning : .error
        switch response.outcome {
        case .nameNotFound:
            return [
                Finding(
                    .noMailForDomain, severity: severity, confidence: 0.95, on: observation,
                    .nameNotFound(response.name))
            ]
        case .records(let records) where records.contains(.mx(preference: 0, exchange: "")) && records.count == 1:
            return [
                Finding(
                    .noMailForDomain, severity: severity, confidence: 0.99, on: observation, .nullMX(response.name))
            ]
        case .records where input.provider.hosting == .notHosted, .noData where input.provider.hosting == .notHosted:
            return [
                Finding(
                    .noMailForDomain, severity: severity, confidence: 0.9, on: observation,
                    .nobody(response.name, service: input.provider.name))
            ]
        default: break
        }
        guard input.provider.hosting == .forwarding else { return [] }
        return [
            Finding(
                .forwardingOnly, severity: severity, confidence: 0.9, on: observation,
                .forwarding(response.name, service: input.provider.name ?? "a forwarding service"))
        ]
    }
}

extension FindingWords {
    fileprivate static func nameNotFound(_ domain: String) -> Self {
        FindingWords(
            summary: "The domain \(domain) does not exist in the DNS.",
            detail: "The resolver answered NXDOMAIN: nobody can have a mailbox there.",
            remedy: Remedy(
                who: .user,
                steps: [
                    "Check the spelling of the address.",
                    "If it is right, ask the domain's administrator whether the registration has lapsed.",
                ]))
    }

    fileprivate static func nullMX(_ domain: String) -> Self {
        FindingWords(
            summary: "The domain \(domain) says that it takes no mail (null MX).",
            detail: "A single MX record with the target \".\" declares that the domain has no mailboxes.",
            remedy: Remedy(
                who: .user, steps: ["Use the address of a domain that receives mail."],
                links: ["https://www.rfc-editor.org/rfc/rfc7505"]))
    }

    fileprivate static func nobody(_ domain: String, service: String?) -> Self {
        FindingWords(
            summary: service.map { "Mail for \(domain) goes to \($0), a service for programs: there is no mailbox." }
                ?? "Nothing takes mail for \(domain).",
            detail: service == nil
                ? "There is no mail exchanger that could exist, and no address that could stand in for one."
                : "All mail exchangers of the domain belong to a service that hands mail to programs.",
            remedy: Remedy(
                who: .user,
                steps: [
                    "Use the address of a mailbox.",
                    "If the domain has mailboxes elsewhere, their servers must be named.", .nameEndpoint(nil),
                ]))
    }

    fileprivate static func forwarding(_ domain: String, service: String) -> Self {
        FindingWords(
            summary: "Mail for \(domain) is only forwarded, by \(service): there is no mailbox to connect.",
            detail: "All mail exchangers of the domain belong to a service that passes mail on to another address.",
            remedy: Remedy(
                who: .user,
                steps: [
                    "Connect the mailbox that the mail is forwarded to.",
                    "If the domain has mailboxes elsewhere, their servers must be named.", .nameEndpoint(nil),
                ]))
    }
}

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
                    ?? Self.detail(input.search),
                evidence: ["catalogue", "mx", "srv", "probe"],
                remedy: Remedy(
                    who: .user,
                    steps: [
                        "Look the server names up in the provider's help or in a mail program that works.",
                        .nameEndpoint(nil),
                    ]),
                retry: input.search == .inconclusive ? .afterSeconds(300) : .no)
        ]
    }

    private static func detail(_ search: SettingsSearch) -> String {
        switch search {
        case .limited:
            "Everybody who was asked answered and names none; settings files and live servers were not all asked."
        case .inconclusive: "Not everybody who could know them answered; the evidence says who."
        case .nothing, .found:
            "Neither the catalogue, nor the DNS, nor the usual host names lead to a server with a login."
        }
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
