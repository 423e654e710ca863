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
        /// A mail exchanger belongs to the provider.
        case mx
        /// The service records name the provider's servers.
        case srv
        /// The service records name servers of nobody in the catalogue.
        case unknownSRV = "unknown_srv"
        /// `autodiscover.` and the domain is an alias into the provider's names.
        case autodiscover
        /// `autoconfig.` and the domain is an alias into the provider's names.
        case autoconfig
        /// The provider's DKIM selector is there.
        case dkim
        /// The SPF record includes the provider's.
        case spf
        /// A TXT record proves ownership to the provider.
        case txt
        /// A settings file that the domain publishes.
        case document
        /// Servers under the usual names answered.
        case probe
        /// A gateway stands in front.
        case gateway
    }

    private let weights: [Kind: Double]

    /// What hints at a hoster count when the exchangers are nobody's in the catalogue.
    public let ownExchangerFactor: Double

    /// The score below which hints are not acted on.
    public let needed: Double

    /// The weight of one kind.
    ///
    /// - Parameter kind: The kind.
    /// - Returns: Its weight.
    public subscript(_ kind: Kind) -> Double { weights[kind] ?? 0 }

    /// A table without figures, for a catalogue whose table could not be read.
    static let none = EvidenceWeights(weights: [:], ownExchangerFactor: 0, needed: 1)

    private init(weights: [Kind: Double], ownExchangerFactor: Double, needed: Double) {
        self.weights = weights
        self.ownExchangerFactor = ownExchangerFactor
        self.needed = needed
    }

    /// Reads the file.
    ///
    /// - Parameter object: The file's object.
    /// - Throws: `CatalogError` when a kind is missing or a figure makes no sense.
    init(_ object: JSONObject) throws(CatalogError) {
        try object.allow(["weights", "own_exchanger_factor", "needed", "date"], optional: ["about"])
        _ = try object.date("date")
        let table = try object.object("weights")
        try table.allow(Kind.allCases.map(\.rawValue))
        var weights: [Kind: Double] = [:]
        for kind in Kind.allCases { weights[kind] = try Self.figure("weight", in: try table.object(kind.rawValue)) }
        self.weights = weights
        ownExchangerFactor = try Self.figure("factor", in: try object.object("own_exchanger_factor"))
        needed = try Self.figure("score", in: try object.object("needed"))
    }

    private static func figure(_ key: String, in object: JSONObject) throws(CatalogError) -> Double {
        try object.allow([key, "reason"])
        _ = try object.text("reason")
        return try object.fraction(key)
    }
}
