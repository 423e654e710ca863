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
        /// How much of a rival's score is taken away.
        case contradiction
        /// The same, where mail arrives at the provider's own exchanger.
        case contradictionOfExchanger = "contradiction_of_exchanger"
    }

    private let weights: [Kind: Double]
    private let factors: [Factor: Double]

    /// The score below which hints are not acted on.
    public let needed: Double

    /// The weight of one kind.
    ///
    /// - Parameter kind: The kind.
    /// - Returns: Its weight.
    public subscript(_ kind: Kind) -> Double { weights[kind] ?? 0 }

    /// One factor.
    ///
    /// - Parameter factor: Which one.
    /// - Returns: The figure, 0...1.
    public subscript(_ factor: Factor) -> Double { factors[factor] ?? 0 }

    /// A table without figures, for a catalogue whose table could not be read.
    static let none = EvidenceWeights(weights: [:], factors: [:], needed: 1)

    private init(weights: [Kind: Double], factors: [Factor: Double], needed: Double) {
        self.weights = weights
        self.factors = factors
        self.needed = needed
    }

    /// Reads the file.
    ///
    /// - Parameter object: The file's object.
    /// - Throws: `CatalogError` when a kind is missing or a figure makes no sense.
    init(_ object: JSONObject) throws(CatalogError) {
        try object.allow(["weights", "needed", "date"] + Factor.allCases.map(\.rawValue), optional: ["about"])
        _ = try object.date("date")
        let table = try object.object("weights")
        try table.allow(Kind.allCases.map(\.rawValue))
        var weights: [Kind: Double] = [:]
        for kind in Kind.allCases { weights[kind] = try Self.figure("weight", in: try table.object(kind.rawValue)) }
        var factors: [Factor: Double] = [:]
        for factor in Factor.allCases {
            factors[factor] = try Self.figure("factor", in: try object.object(factor.rawValue))
        }
        self.weights = weights
        self.factors = factors
        needed = try Self.figure("score", in: try object.object("needed"))
    }

    private static func figure(_ key: String, in object: JSONObject) throws(CatalogError) -> Double {
        try object.allow([key, "reason"])
        _ = try object.text("reason")
        return try object.fraction(key)
    }
}
