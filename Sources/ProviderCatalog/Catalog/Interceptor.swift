internal import MailJSON

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
}

extension Interceptor {
    /// One that is known by these words.
    init(name: String, kind: Kind, issuerWords: [String], source: String, date: CatalogDate) {
        self.name = name
        self.kind = kind
        self.issuerWords = issuerWords
        folded = issuerWords.map(FoldedText.init)
        self.source = source
        self.date = date
    }

    /// How it stands in `interceptors.json`.
    static let json = JSONDescription<Interceptor>.object(
        Interceptor.init,
        .field("name", \.name, .filledText, "What it is called."),
        .field("kind", \.kind, .word("a kind of interceptor"), "What it is."),
        .field("issuer", \.issuerWords, words, "Words in the name of the issuer; one is enough."),
        .field("source", \.source, .filledText, "Where that stands."),
        .field("date", \.date, CatalogDate.json, "When it was looked up."))

    /// The file: its only other member says what it is.
    static let list = JSONDescription<List>.object(
        List.init, .field("interceptors", \.interceptors, .list(json), "Who opens TLS on the way."),
        .field("about", \.about, .optional(.filledText), missing: nil, "What the file is."))

    /// The members of the file.
    struct List: Hashable, Sendable {
        var interceptors: [Interceptor]
        var about: String?
    }

    private static let words = JSONDescription<[String]>.filledTexts.mapped { words throws(JSONMistake) -> [String] in
        guard words.allSatisfy({ $0.count >= 6 }), !words.isEmpty else {
            throw JSONMistake(.badValue, "words of six characters or more are needed")
        }
        return words.map { $0.lowercased() }
    } write: { (words: [String]) -> [String] in
        words
    }
}
