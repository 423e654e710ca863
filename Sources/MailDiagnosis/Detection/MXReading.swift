public import MailModel
public import ProviderCatalog

/// What the mail exchangers of a domain say, all of them, read with the catalogue.
public struct MXReading: Sendable {
    /// The answer.
    public let response: DNSResponse
    /// Each exchanger in order of preference, with the profile that its name belongs to.
    public let exchangers: [(name: String, profile: ProviderProfile?)]

    /// Reads an answer.
    ///
    /// - Parameters:
    ///   - response: The answer to the MX question.
    ///   - catalog: The profiles.
    public init(_ response: DNSResponse, catalog: Catalog) {
        self.response = response
        exchangers = response.records.compactMap { record in
            guard case .mx(_, let exchange) = record, !exchange.isEmpty else { return nil }
            return (exchange, catalog.profile(mx: exchange))
        }
    }

    /// Whether the domain declares that it takes no mail (RFC 7505).
    public var isNull: Bool { response.records == [.mx(preference: 0, exchange: "")] || nullAmongFew }

    /// Whether the domain is missing from the DNS.
    public var nameIsMissing: Bool { response.outcome == .nameNotFound }

    /// The first exchanger whose profile has mailboxes. One whose servers are not known settles nothing.
    public var mailbox: ProviderProfile? {
        first { $0.kind == .noIMAP || $0.kind.hasServers && !$0.imap.isEmpty && !$0.smtp.isEmpty }
    }

    /// The first exchanger that is a security gateway.
    public var gateway: ProviderProfile? { first { $0.kind == .gateway } }

    /// The forwarding service, when every exchanger belongs to one.
    public var forwarder: ProviderProfile? {
        guard !exchangers.isEmpty, exchangers.allSatisfy({ $0.profile?.kind == .forwarding }) else { return nil }
        return first { $0.kind == .forwarding }
    }

    private var nullAmongFew: Bool {
        guard case .records(let records) = response.outcome, !records.isEmpty else { return false }
        return exchangers.isEmpty
    }

    private func first(where fits: (ProviderProfile) -> Bool) -> ProviderProfile? {
        exchangers.lazy.compactMap(\.profile).first(where: fits)
    }
}
