internal import MailJSON

/// How much each kind of evidence weighs, 0...1: how sure the provider is when nothing else is known.
///
/// The figures and their reasons stand in `weights.json`.
public struct EvidenceWeights: Hashable, Sendable {
    /// The kinds of evidence.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// The user named the provider.
        case override
        /// The catalogue lists the domain.
        case domain
        /// The mail exchanger that is tried first belongs to the provider.
        case mx
        /// An exchanger of lower preference belongs to another provider than the first.
        case lowerMX = "lower_mx"
        /// An exchanger of lower preference, behind those of a gateway.
        case behindGatewayMX = "behind_gateway_mx"
        /// The exchanger is an alias of the provider's.
        case mxAlias = "mx_alias"
        /// The exchanger belongs to another provider than the one whose domain it is.
        case otherDomainMX = "other_domain_mx"
        /// The service records name the provider's servers.
        case srv
        /// The service records name servers of nobody in the catalogue.
        case unknownSRV = "unknown_srv"
        /// `autodiscover.` and the domain leads into the provider's names.
        case autodiscover
        /// `autoconfig.` and the domain is an alias into the provider's names.
        case autoconfig
        /// A usual host name of the domain is an alias of the provider's server.
        case hostAlias = "host_alias"
        /// The provider's DKIM selector is there.
        case dkim
        /// The SPF record includes the provider's.
        case spf
        /// Networks of the provider's stand in the SPF record in place of its name.
        case spfNetworks = "spf_networks"
        /// The SPF record includes the provider's, and a gateway stands in front.
        case spfBehindGateway = "spf_behind_gateway"
        /// The same, and the gateway belongs to the provider's own house.
        case spfOfGatewayHouse = "spf_of_gateway_house"
        /// A TXT record proves ownership to the provider, and a gateway stands in front.
        case txtBehindGateway = "txt_behind_gateway"
        /// A TXT record proves ownership to the provider.
        case txt
        /// The provider's directory knows the domain.
        case realm
        /// A settings file that the domain publishes.
        case document
        /// A public database of settings.
        case publicDatabase = "public_database"
        /// What a live server says it is.
        case greeting
        /// Whose certificate a live server has.
        case certificate
        /// Servers under the usual names answered.
        case probe
        /// Exchangers of nobody in the catalogue.
        case ownExchanger = "own_exchanger"
        /// The exchanger that is tried first bears the domain's own name, before those of a provider.
        case ownFirstExchanger = "own_first_exchanger"
        /// A spare that bears the domain's own name, behind a gateway.
        case ownBehindGateway = "own_behind_gateway"
        /// All exchangers belong to a service that hands mail to programs.
        case programsMX = "programs_mx"
        /// `autodiscover.` and the domain leads to a host of nobody in the catalogue.
        case ownAutodiscover = "own_autodiscover"
        /// A gateway stands in front.
        case gateway
    }

    /// The figures that votes are multiplied by.
    public enum Factor: String, Hashable, Sendable, CaseIterable {
        /// Hints at a hoster when the exchangers are nobody's in the catalogue.
        case ownExchangerFactor = "own_exchanger_factor"
        /// Aliases when any name below the domain resolves.
        case wildcardFactor = "wildcard_factor"
        /// What the SPF record of somebody else names that the domain includes, for each step from the domain.
        case thirdPartyInclude = "third_party_include"
        /// How sure an answer can be at most when the exchangers could not be looked up.
        case unansweredExchangers = "unanswered_exchangers"
        /// How much of a rival's score is taken away.
        case contradiction
        /// The same, where mail arrives at the provider's own exchanger.
        case contradictionOfExchanger = "contradiction_of_exchanger"
    }

    private let weights: [Kind: Figure]
    private let factors: [Factor: Figure]
    private let score: Figure
    /// When the figures were thought over.
    let date: CatalogDate?
    private let about: String?

    /// The score below which hints are not acted on.
    public var needed: Double { score.value }

    /// The weight of one kind.
    ///
    /// - Parameter kind: The kind.
    /// - Returns: Its weight.
    public subscript(_ kind: Kind) -> Double { weights[kind]?.value ?? 0 }

    /// One factor.
    ///
    /// - Parameter factor: Which one.
    /// - Returns: The figure, 0...1.
    public subscript(_ factor: Factor) -> Double { factors[factor]?.value ?? 0 }

    /// A table without figures, for a catalogue whose table could not be read.
    static let none = EvidenceWeights(
        weights: [:], factors: [:], score: Figure(value: 1, reason: ""), date: nil, about: nil)

    /// How the table stands in `weights.json`: every kind and every factor must be there.
    static let json = JSONDescription<EvidenceWeights>.object(
        EvidenceWeights.init(weights:factors:score:date:about:),
        .field(
            "weights", \.weights, .table(Figure.json("weight"), "How sure this alone makes the answer."), "By kind."),
        .inline(\.factors, .table(Figure.json("factor"), "What votes are multiplied by.")),
        .field("needed", \.score, Figure.json("score"), "The score below which hints are not acted on."),
        .field("date", \.date, .some(CatalogDate.json), "When the figures were thought over."),
        .field("about", \.about, .optional(.filledText), missing: nil, "What the table is."))

    private init(weights: [Kind: Figure], factors: [Factor: Figure], score: Figure, date: CatalogDate?, about: String?)
    {
        self.weights = weights
        self.factors = factors
        self.score = score
        self.date = date
        self.about = about
    }
}

extension EvidenceWeights {
    /// One figure, and why it is what it is.
    struct Figure: Hashable, Sendable {
        var value: Double
        var reason: String

        static func json(_ key: String) -> JSONDescription<Figure> {
            .object(
                Figure.init, .field(key, \.value, .fraction, "The figure."),
                .field("reason", \.reason, .filledText, "Why it is what it is."))
        }
    }
}
