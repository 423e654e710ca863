public import MailJSON
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
}

/// Something that must be switched on before programs may log in.
public struct AccessSwitch: Hashable, Sendable {
    /// What is switched.
    public enum Subject: String, Hashable, Sendable, CaseIterable {
        /// Reading over IMAP.
        case imap
        /// Sending over SMTP with a login.
        case smtpAuth = "smtp_auth"
        /// Making app passwords.
        case appPassword = "app_password"
        /// Naming the network addresses from which programs may come in.
        case ipAuthorisation = "ip_authorisation"
        /// A tick for each protocol.
        case eachProtocol = "each_protocol"
        /// Switching access on again after two-factor authentication was turned on.
        case againAfterTwoFactor = "again_after_two_factor"
        /// Switching access on again after it was not used for a time.
        case againWhenUnused = "again_when_unused"
        /// A standing that the provider grants before anybody may use the mailbox.
        case reputation
        /// A plan that has to be bought.
        case plan
    }

    /// How it stands when nobody has touched it.
    public enum Position: String, Hashable, Sendable, CaseIterable {
        /// On.
        case on
        /// Off.
        case off
        /// It could not be found out.
        case notKnown = "not_known"
    }

    /// What is switched.
    public var what: Subject
    /// Who can switch it.
    public var who: RemedyOwner
    /// How it stands when nobody has touched it.
    public var byDefault: Position
    /// How to switch it on, one step a line.
    public var how: [String]
    /// Where it is explained.
    public var links: [String]
}

/// A provider's announcement that logins with a password end.
public struct LoginEnding: Hashable, Sendable {
    /// What happens on that day.
    public enum State: String, Hashable, Sendable, CaseIterable {
        /// No password is taken any more.
        case ended
        /// Passwords are switched off where nobody has decided otherwise.
        case offByDefault = "off_by_default"
    }

    /// The side.
    public var service: MailService
    /// The day.
    public var day: CatalogDate
    /// What happens.
    public var state: State
    /// Where it is announced.
    public var source: String
    /// When that was looked up.
    public var date: CatalogDate
}

extension JSONDescription where Value == RemedyOwner {
    /// Who must act.
    static var owner: JSONDescription { .word("somebody who can act") }
}

extension JSONDescription where Value == [String] {
    /// A list of web addresses.
    static var links: JSONDescription {
        .list(
            .text(pattern: "^https?://").checked { link throws(JSONMistake) in
                guard isWebAddress(link) else { throw JSONMistake(.badValue, "it is not a web address") }
            })
    }

    /// Scheme and host are there, and nothing that a URL cannot hold (RFC 3986, section 2).
    private static func isWebAddress(_ link: String) -> Bool {
        guard let scheme = ["https://", "http://"].first(where: link.hasPrefix) else { return false }
        let rest = link.utf8.dropFirst(scheme.utf8.count)
        guard let first = rest.first, !"/?#:".utf8.contains(first) else { return false }
        return rest.allSatisfy { (0x21...0x7E).contains($0) && !"\"<>\\^`{|}".utf8.contains($0) }
    }
}

extension PasswordProfile {
    /// How it stands in a profile.
    public static let json = JSONDescription<PasswordProfile>.object(
        PasswordProfile.init(kind:who:how:links:shownInGroups:),
        .field("kind", \.kind, .word("a kind of password"), "Which kind of password is taken."),
        .field("who", \.who, .owner, "Who must act."),
        .field("how", \.how, .filledTexts, "How to get it, one step a line."),
        .field("links", \.links, .links, "Where it is explained."),
        .field(
            "shown_in_groups", \.shownInGroups, .optional(Grouping.json), missing: nil,
            "The spaces in what is shown are not part of the password."))
}

extension PasswordProfile.Grouping {
    /// How it stands in a profile.
    public static let json = JSONDescription<PasswordProfile.Grouping>.object(
        PasswordProfile.Grouping.init(count:length:),
        .field("count", \.count, .integer(in: 1...16), "The number of groups."),
        .field("length", \.length, .integer(in: 1...16), "The characters in each."))
}

extension AccessSwitch {
    /// How it stands in a profile.
    public static let json = JSONDescription<AccessSwitch>.object(
        AccessSwitch.init(what:who:byDefault:how:links:),
        .field("what", \.what, .word("something to switch"), "What is switched."),
        .field("who", \.who, .owner, "Who must act."),
        .field("default", \.byDefault, .word("a position"), "How it stands when nobody has touched it."),
        .field("how", \.how, .filledTexts, "How to switch it on, one step a line."),
        .field("links", \.links, .links, "Where it is explained."))
}

extension LoginEnding {
    /// How it stands in a profile.
    public static let json = JSONDescription<LoginEnding>.object(
        LoginEnding.init(service:day:state:source:date:),
        .field("service", \.service, .word("smtp or imap"), "The side."),
        .field("day", \.day, CatalogDate.json, "The day."),
        .field("state", \.state, .word("an ending"), "What happens on that day."),
        .field("source", \.source, .filledText, "Where it is announced."),
        .field("date", \.date, CatalogDate.json, "When that was looked up."))
}
