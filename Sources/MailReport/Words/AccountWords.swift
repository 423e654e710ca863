import MailModel

/// The account and its settings in words; what is not known is said.
enum AccountWords {
    /// Who hosts it, by name, else by id.
    static func provider(_ provider: ProviderIdentification) -> String? { provider.name ?? provider.id }

    /// Whether there are mailboxes.
    static func hosting(_ hosting: MailHosting) -> String {
        switch hosting {
        case .hosted: "the domain has mailboxes"
        case .notHosted: "the domain takes no mail"
        case .forwarding: "the domain only forwards mail"
        case .unknown: "not known"
        }
    }

    /// What somebody learnt.
    static func matter(_ matter: Disclosure.Matter) -> String {
        switch matter {
        case .names: "names that were looked up"
        case .domain: "the domain"
        case .connection: "a connection, without a login"
        case .login: "the user name, and the secret over verified TLS"
        }
    }

    /// One side of the settings: `smtp.example.com:587, STARTTLS, username jane@example.com`
    static func side(_ service: MailService, of settings: AccountSettings) -> String {
        let endpoint = settings.endpoint(for: service)
        let security = endpoint.security == .tls ? "TLS" : "STARTTLS"
        let username = settings.username(for: service).map { "username \($0)" } ?? "username not known"
        return "\(endpoint.host):\(endpoint.port), \(security), \(username)"
    }
}
