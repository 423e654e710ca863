public import MailJSON

/// Who learnt something of the subject while it was looked into.
public struct Disclosure: Hashable, Sendable {
    /// What somebody learnt, from little to much.
    public enum Matter: String, Hashable, Sendable, CaseIterable {
        /// That somebody asked for names below the domain.
        case names
        /// The domain.
        case domain
        /// That somebody connected; the server knows by its own name what it is asked about.
        case connection
        /// The user name, and that a password or token is held for it; the secret itself over verified TLS.
        case login
    }

    /// Who: a host, or `the DNS resolver`.
    public var party: String
    /// What they learnt.
    public var matter: Matter
    /// Whether they have nothing to do with the domain or its provider.
    public var isThirdParty: Bool

    /// Makes a disclosure.
    public init(party: String, matter: Matter, isThirdParty: Bool = false) {
        self.party = party
        self.matter = matter
        self.isThirdParty = isThirdParty
    }
}

extension Disclosure {
    /// How it stands in a report.
    public static let json = JSONDescription<Disclosure>.object(
        Disclosure.init,
        .field("party", \.party, .text, "Who: a host, or the DNS resolver."),
        .field("learnt", \.matter, .word("something to learn"), "What they learnt, from little to much."),
        .field("third_party", \.isThirdParty, .bool, "Whether they have nothing to do with domain and provider."))
}
