/// A program or appliance that opens TLS on the way, known by the issuer that it puts into certificates.
public struct Interceptor: Hashable, Sendable {
    /// The kinds.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// A program on this machine.
        case antivirus
        /// A device or service in the network.
        case proxy
    }

    /// What it is called.
    public var name: String
    /// What it is.
    public var kind: Kind
    /// Words in the issuer's name; one is enough, whatever the case of its letters.
    public let issuerWords: [String]
    /// The same, ready for comparison.
    private let folded: [FoldedText]
    /// Where that stands.
    public var source: String
    /// When it was looked up.
    public var date: CatalogDate

    /// Whether it made a certificate.
    ///
    /// - Parameter issuer: The issuer's distinguished name on one line, folded.
    /// - Returns: True when one of its words is in it.
    func isIssuer(_ issuer: FoldedText) -> Bool { folded.contains { issuer.contains($0) } }

    /// Reads one entry of `interceptors.json`.
    init(_ object: JSONObject) throws(CatalogError) {
        try object.allow(["name", "kind", "issuer", "source", "date"])
        name = try object.text("name")
        kind = try object.word("kind", Kind.self)
        issuerWords = try object.texts("issuer").map { $0.lowercased() }
        folded = issuerWords.map(FoldedText.init)
        guard issuerWords.allSatisfy({ $0.count >= 6 }), !issuerWords.isEmpty else {
            throw object.error(.badValue, "issuer", "words of six characters or more are needed")
        }
        source = try object.text("source")
        date = try object.date("date")
    }
}
