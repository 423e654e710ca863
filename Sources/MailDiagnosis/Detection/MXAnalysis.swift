public import MailModel
public import ProviderCatalog

/// What the mail exchangers of a domain say, all of them, read with the catalogue.
public struct MXAnalysis: Sendable {
    /// One mail exchanger.
    public struct Exchanger: Sendable {
        /// Lower is tried first (RFC 5321, section 5.1).
        public var preference: Int
        /// The host name.
        public var name: String
        /// The profile that the name belongs to.
        public var profile: ProviderProfile?
        /// What it says about who hosts the mailbox, nil when nothing.
        public var kind: EvidenceWeights.Kind?
        /// Whether it bears the name of the domain itself, or one below it.
        public var isOfDomain = false
    }

    /// The answer.
    public let response: DNSResponse
    /// Each exchanger in order of preference.
    public private(set) var exchangers: [Exchanger]

    /// Reads an answer.
    ///
    /// - Parameters:
    ///   - response: The answer to the MX question.
    ///   - listed: The profile that lists the domain itself, if any.
    ///   - catalog: The profiles.
    public init(_ response: DNSResponse, listed: ProviderProfile? = nil, catalog: Catalog) {
        self.response = response
        let named = response.records.compactMap { record -> Exchanger? in
            guard case .mx(let preference, let name) = record, Self.canExist(name),
                !catalog.hints.takesNoMail(name)
            else { return nil }
            let isOfDomain = name == response.name || name.hasSuffix("." + response.name)
            return Exchanger(
                preference: preference, name: name, profile: catalog.profile(mx: name), isOfDomain: isOfDomain)
        }
        let first = named.first { $0.profile?.kind.hasMailboxes ?? false }
        exchangers = named.map { exchanger in
            var exchanger = exchanger
            exchanger.kind = Self.kind(of: exchanger, first: first, among: named, listed: listed)
            return exchanger
        }
    }

    /// Whether the domain declares that it takes no mail (RFC 7505), or names only hosts that cannot exist.
    public var isNull: Bool { !response.records.isEmpty && exchangers.isEmpty }

    /// Whether the domain is missing from the DNS.
    public var nameIsMissing: Bool { response.outcome == .nameNotFound }

    /// Whether the answer came and can be built on: a resolver in trouble is no reason to guess.
    public var isAnswered: Bool {
        switch response.outcome {
        case .records, .noData, .nameNotFound: true
        case .serverFailure, .refused, .timedOut, .broken, .cancelled: false
        }
    }

    /// The provider when every exchanger is its own, and its servers are known: then nothing is open.
    public var sole: ProviderProfile? {
        guard let profile = exchangers.first?.profile, profile.canBeReached else { return nil }
        return exchangers.allSatisfy { $0.profile?.isKin(to: profile) ?? false } ? profile : nil
    }

    /// The mailbox host when every exchanger is its own, and nothing is known of its servers.
    public var hostWithoutServers: ProviderProfile? {
        guard let profile = exchangers.first?.profile, profile.kind == .mailbox, !profile.canBeReached else {
            return nil
        }
        return exchangers.allSatisfy { $0.profile?.id == profile.id } ? profile : nil
    }

    /// The first exchanger that is a security gateway.
    public var gateway: ProviderProfile? { exchangers.lazy.compactMap(\.profile).first { $0.kind == .gateway } }

    /// The forwarding service, when every exchanger belongs to one.
    public var forwarder: ProviderProfile? { all(.forwarding) }

    /// The service that takes mail for programs, when every exchanger belongs to one.
    public var programs: ProviderProfile? { all(.sendingOnly) }

    /// Whether no exchanger with mailboxes is anybody's in the catalogue: a server of the domain's own, or a small
    /// hoster's, maybe with somebody for a spare who only keeps mail for it.
    public var isOwn: Bool {
        let known = exchangers.compactMap(\.profile)
        return known.count < exchangers.count
            && known.allSatisfy { $0.kind == .forwarding || $0.kind == .sendingOnly }
    }

    /// Whether mail arrives at a server of the domain's own before it would at any provider's: what stands behind it is
    /// a spare, or left over from a move.
    public var isOwnFirst: Bool {
        guard let first = exchangers.map(\.preference).min() else { return false }
        let others = exchangers.filter { $0.preference > first }
        return exchangers.allSatisfy { $0.preference > first || ($0.profile == nil && $0.isOfDomain) }
            && others.contains { $0.profile?.kind.hasMailboxes ?? false }
    }

    /// Whether a spare behind a gateway is a server of the domain's own: the gateway hands the mail on to it.
    public var isOwnBehindGateway: Bool {
        guard let gate = exchangers.filter({ $0.profile?.kind == .gateway }).map(\.preference).min() else {
            return false
        }
        return exchangers.contains { $0.profile == nil && $0.isOfDomain && $0.preference > gate }
            && !exchangers.contains { $0.profile?.kind.hasMailboxes ?? false }
    }

    /// The same reading, once it is known that some exchangers are aliases.
    ///
    /// - Parameters:
    ///   - aliases: Where exchangers lead, by their name.
    ///   - catalog: The profiles.
    /// - Returns: A reading in which they count as what they lead to, with a little less weight.
    public func resolving(_ aliases: [String: String], catalog: Catalog) -> MXAnalysis {
        var result = self
        result.exchangers = exchangers.map { exchanger in
            guard exchanger.profile == nil, let target = aliases[exchanger.name],
                let profile = catalog.profile(mx: target)
            else { return exchanger }
            var result = exchanger
            result.profile = profile
            result.kind = profile.kind == .gateway ? .gateway : .mxAlias
            return result
        }
        return result
    }

    private func all(_ kind: ProviderKind) -> ProviderProfile? {
        exchangers.allSatisfy { $0.profile?.kind == kind } ? exchangers.first?.profile : nil
    }

    /// Whether a host can take mail from outside. The root is a null MX; names below `invalid` and `localhost` lead
    /// nowhere (RFC 6761, sections 6.3 and 6.4), and neither does a name of one label.
    private static func canExist(_ name: String) -> Bool {
        let labels = name.split(separator: ".")
        return labels.count >= 2 && labels.last != "invalid" && labels.last != "localhost"
    }

    /// How much an exchanger says. Whoever mail reaches first hosts the mailbox, unless it is a gateway, behind which the
    /// spare is the mailbox host; a spare of others is a spare.
    private static func kind(
        of exchanger: Exchanger, first: Exchanger?, among all: [Exchanger], listed: ProviderProfile?
    ) -> EvidenceWeights.Kind? {
        guard let profile = exchanger.profile else { return nil }
        guard profile.kind.hasMailboxes, let first, let leader = first.profile else {
            return profile.kind == .gateway ? .gateway : .mx
        }
        guard profile.isKin(to: leader) else { return .lowerMX }
        let before = all.filter { $0.preference <= first.preference && !($0.profile?.isKin(to: leader) ?? false) }
        if before.contains(where: { $0.profile?.kind == .gateway }) { return .behindGatewayMX }
        if before.contains(where: { $0.preference < first.preference }) { return .lowerMX }
        if let listed, !profile.isKin(to: listed), profile.inboxType == listed.inboxType { return .otherDomainMX }
        return .mx
    }
}

extension ProviderProfile {
    /// Whether somebody can log in there, or it is known that nobody can.
    var canBeReached: Bool { kind == .noIMAP || kind.hasServers && !imap.isEmpty && !smtp.isEmpty }
}

extension MXAnalysis {
    /// How many exchangers the ledger shows.
    private static let maximumLines = 20

    /// The ledger's lines: one for each exchanger, or one that says why there is none.
    ///
    /// - Parameter weights: How much each kind of evidence weighs.
    /// - Returns: At least one line.
    public func evidence(_ weights: EvidenceWeights) -> [Evidence] {
        let query = "MX \(response.name)"
        guard !exchangers.isEmpty else {
            return [
                Evidence(
                    source: .mx, kind: .record, query: query, outcome: isNull ? .negative : response.outcome.evidence,
                    detail: isNull ? nullWords : response.outcome.words,
                    weight: isNull || nameIsMissing ? weights[.mx] : 0, duration: response.duration)
            ]
        }
        return exchangers.prefix(Self.maximumLines).map { exchanger in
            let owner = exchanger.profile.map { ": \($0.kind.words) \($0.name)" } ?? ""
            return Evidence(
                source: .mx, kind: .record, query: query, outcome: .found,
                detail: "\(exchanger.preference) \(ServerText(exchanger.name))" + owner,
                pointsTo: exchanger.profile?.id, weight: exchanger.kind.map { weights[$0] } ?? 0,
                duration: response.duration)
        }
    }

    private var nullWords: String {
        let names = response.records.compactMap { record -> String? in
            if case .mx(_, let name) = record, !name.isEmpty { ServerText(name).escaped } else { nil }
        }
        guard let name = names.first else { return "null MX: the domain takes no mail" }
        return "\(name) can be no exchanger or only proves something: the domain takes no mail"
    }
}
