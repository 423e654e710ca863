public import MailModel

/// Which kind of password a provider takes over SMTP and IMAP, and how to get it.
public struct PasswordProfile: Hashable, Sendable {
    /// The kinds of password.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// The password of the account or mailbox.
        case account
        /// A password made for programs.
        case appPassword = "app_password"
        /// None: only OAuth 2 is taken.
        case oauthOnly = "oauth_only"
        /// The one that a bridge on the user's own machine hands out.
        case bridge
        /// It could not be found out.
        case notKnown = "not_known"
    }

    /// How a password is shown to be easier to read; the spaces are not part of it.
    public struct Grouping: Hashable, Sendable {
        /// The number of groups.
        public var count: Int
        /// The characters in each.
        public var length: Int
    }

    /// The kind.
    public var kind: Kind
    /// Who can get it.
    public var who: RemedyOwner
    /// How to get it, one step a line.
    public var how: [String]
    /// Where it is explained.
    public var links: [String]
    /// How it is shown, nil when it is shown as it is.
    public var shownInGroups: Grouping?

    /// Reads `password`.
    init(_ object: JSONObject) throws(CatalogError) {
        try object.allow(["kind", "who", "how", "links"], optional: ["shown_in_groups"])
        kind = try object.word("kind", Kind.self)
        who = try object.actor("who")
        how = try object.texts("how")
        links = try object.links("links")
        guard let groups = try object.optionalObject("shown_in_groups") else { return }
        try groups.allow(["count", "length"])
        shownInGroups = Grouping(
            count: try groups.integer("count", in: 1...16), length: try groups.integer("length", in: 1...16))
    }
}
