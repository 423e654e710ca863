public import MailModel

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

    /// Reads one entry of `switches`.
    init(_ object: JSONObject) throws(CatalogError) {
        try object.allow(["what", "who", "default", "how", "links"])
        what = try object.word("what", Subject.self)
        who = try object.actor("who")
        byDefault = try object.word("default", Position.self)
        how = try object.texts("how")
        links = try object.links("links")
    }
}
