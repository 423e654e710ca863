public import MailJSON
public import MailModel

/// What is known about one provider. Nothing in it is guessed: what could not be found out is nil, empty or `notKnown`.
public struct ProviderProfile: Hashable, Sendable {
    /// The id, snake_case; the file bears it.
    public var id: String
    /// The profile whose parts hold here too where this one says nothing; nil for none.
    public var like: String?
    /// The name for people.
    public var name: String
    /// The house that it is a part of, beside other profiles: regions, free and paid mailboxes, a filter.
    public var house: String?
    /// What it does with mail.
    public var kind: ProviderKind
    /// What the registration API is told, nil when the provider hosts no mailbox.
    public var inboxType: InboxType?
    /// The domains whose addresses are there.
    public var domains: [MailDomainPattern]
    /// Those of them where people have mailboxes of their own, free or not, in a profile that hosts organisations too.
    public var consumerDomains: ConsumerDomains
    /// Its mail exchangers.
    public var mxPatterns: [MXPattern]
    /// What else gives it away.
    public var fingerprints: Fingerprints
    /// Its submission servers, in order of preference.
    public var smtp: [EndpointProfile]
    /// Its IMAP servers, in order of preference.
    public var imap: [EndpointProfile]
    /// What there is to know about user names, in words.
    public var usernameNote: String?
    /// The kind of password, nil when there is no login at all.
    public var password: PasswordProfile?
    /// When logins with a password end, as far as that is announced.
    public var loginEndings: [LoginEnding]
    /// What must be switched on.
    public var switches: [AccessSwitch]
    /// What plans leave out, in words.
    public var restrictions: [String]
    /// The regions it serves, when it has several with servers of their own.
    public var regions: [String]
    /// The published figures.
    public var limits: [SendingLimit]
    /// The number of messages a day never to go beyond, nil when it is not known.
    public var dailyCap: DailyCap?
    /// How fast programs may come in.
    public var pace: Pace
    /// Where more is explained.
    public var links: [String]
    /// What else there is to know, in words.
    public var notes: [String]
    /// Where all of this was learnt.
    public var sources: [SourceReference]

    /// Whether an address is one person's mailbox at the provider's own domain, and not one of an organisation.
    ///
    /// - Parameter domain: The domain of the address, nil when it is not known.
    /// - Returns: True at a provider of such mailboxes only, and at the domains that the profile names as such.
    public func isConsumer(at domain: DomainName?) -> Bool {
        if kind == .consumer { return true }
        guard let name = domain?.description else { return false }
        return consumerDomains.names(of: domains).contains { $0.covers(name) }
    }

    /// The settings of the domain's accounts, best first: each submission server with the preferred IMAP server, then with
    /// the others. Their source is the catalogue; a provider without servers has none.
    ///
    /// - Parameters:
    ///   - domain: The domain of the accounts.
    ///   - targets: Where Autodiscover's records lead: at some providers that is the server itself.
    ///   - exchangers: The domain's exchangers: at some providers the first of them is.
    /// - Returns: The settings.
    public func settings(
        of domain: DomainName, autodiscover targets: [String] = [], exchangers: [String] = []
    ) -> [ServerSettings] {
        let named: [(EndpointProfile.NamingRecord, [String])] = [
            (.autodiscover, targets.filter(isServerName)),
            (.exchanger, Array(exchangers.filter { isBelow(mxPatterns.map(\.name), $0) }.prefix(1))),
        ]
        let own = named.flatMap { record, names in names.flatMap { pairs(domain, record, $0) } }
        return own + pairs(domain, nil, nil)
    }

    /// Whether a target of Autodiscover is a server of the provider's, and not the directory for all its customers.
    private func isServerName(_ target: String) -> Bool {
        !isBelow(fingerprints.autodiscoverCNAME, target) && isBelow(mxPatterns.map(\.name), target)
    }

    private func isBelow(_ names: [String], _ host: String) -> Bool {
        names.contains { host == $0 || host.hasSuffix("." + $0) }
    }

    private func pairs(
        _ domain: DomainName, _ record: EndpointProfile.NamingRecord?, _ target: String?
    ) -> [ServerSettings] {
        let isListed = domains.contains { $0.covers(domain.description) }
        let holds = { (server: EndpointProfile) in server.record == record && server.holds(isListed: isListed) }
        return imap.filter(holds).flatMap { reading in
            smtp.filter(holds).compactMap { sending -> ServerSettings? in
                guard let smtp = sending.endpoint(.smtp, domain: domain, target: target),
                    let imap = reading.endpoint(.imap, domain: domain, target: target)
                else { return nil }
                return ServerSettings(
                    smtp: smtp, smtpUsername: sending.username.template, imap: imap,
                    imapUsername: reading.username.template, source: .catalogue)
            }
        }
    }
}

extension ProviderProfile {
    /// How it stands in its file.
    public static let json = JSONDescription<ProviderProfile>.object(
        ProviderProfile.init(
            id:like:name:house:kind:inboxType:domains:consumerDomains:mxPatterns:fingerprints:smtp:imap:usernameNote:
            password:
            loginEndings:switches:restrictions:regions:limits:dailyCap:pace:links:notes:sources:),
        .field("id", \.id, identifier, "The name of the file without .json."),
        .field(
            "like", \.like, .optional(identifier), missing: nil,
            "Another profile, whose parts hold here too where this one says nothing."),
        .field("name", \.name, .filledText, "The name for people."),
        .field(
            "house", \.house, .optional(.filledText), missing: nil,
            "A name that the profiles of one house share: regions, free and paid mailboxes, a filter."),
        .field("kind", \.kind, .word("a kind of provider"), "What it does with mail."),
        .field("inbox_type", \.inboxType, .optional(InboxType.json), "What the registration API is told."),
        .field(
            "domains", \.domains, .list(MailDomainPattern.json),
            "Mail domains; *.example.com stands for every domain below example.com."),
        .field(
            "consumer_domains", \.consumerDomains, ConsumerDomains.json, missing: .none,
            "Those of them whose addresses are people's own mailboxes, where the profile hosts organisations too; all."),
        .field("mx", \.mxPatterns, .list(MXPattern.json), "Mail exchangers."),
        .field("fingerprints", \.fingerprints, Fingerprints.json, missing: Fingerprints(), "What else gives it away."),
        .field("smtp", \.smtp, .list(EndpointProfile.json), "Submission servers, in order of preference."),
        .field("imap", \.imap, .list(EndpointProfile.json), "IMAP servers, in order of preference."),
        .field(
            "username_note", \.usernameNote, .optional(.filledText), missing: nil,
            "What there is to know about user names."),
        .field("password", \.password, .optional(PasswordProfile.json), "null when there is no login at all."),
        .field(
            "login_endings", \.loginEndings, .list(LoginEnding.json), missing: [], "When logins with a password end."),
        .field("switches", \.switches, .list(AccessSwitch.json), "What must be switched on."),
        .field("restrictions", \.restrictions, .filledTexts, missing: [], "What plans leave out, in words."),
        .field("regions", \.regions, .filledTexts, missing: [], "The regions it serves with servers of their own."),
        .field("limits", \.limits, .list(SendingLimit.json), "The published figures."),
        .field(
            "daily_cap", \.dailyCap, .optional(DailyCap.json), "Messages a day never to go beyond; null: not known."),
        .field("pace", \.pace, Pace.json, missing: .unknown, "How fast programs may come in."),
        .field("links", \.links, .links, "Where more is explained."),
        .field("notes", \.notes, .filledTexts, missing: [], "What else there is to know."),
        .field("sources", \.sources, .list(SourceReference.json), "Where all of this was learnt."))

    /// How a profile is handed to programs: as in its file, every key there, and the number of the format.
    public static let document = JSONDescription<ProviderProfile>.object(
        { $0 }, .members(json), derived: [.constant("schema", 1, "The number of this format.")],
        order: ["schema"])

    static let identifier = JSONDescription<String>.text(pattern: "^[a-z0-9_]+$").checked {
        id throws(JSONMistake) in
        guard !id.isEmpty, id.utf8.allSatisfy(isIdentifier) else {
            throw JSONMistake(.badValue, "it must be made of small letters, digits and underscores")
        }
    }

    private static func isIdentifier(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"): true
        default: false
        }
    }
}
