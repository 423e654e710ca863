internal import FoundationEssentials
internal import MailConnect
internal import MailJSON
internal import MailModel
internal import ProviderCatalog

/// What is asked of a run that needs no password.
struct DetectRequest: Sendable {
    var address: EmailAddress?
    var domain: DomainName?
    var reach: ReachChoice

    static let json = JSONDescription<DetectRequest>.object(
        DetectRequest.init,
        .field("address", \.address, .optional(.address), missing: nil, "The mail address."),
        .field("domain", \.domain, .optional(.domain), missing: nil, "The domain, in place of an address."),
        .field("reach", \.reach, .word("a reach"), missing: .everything, "How far the run may reach."),
        about: "Either an address or a domain."
    ).checked { request throws(JSONMistake) in
        guard (request.address == nil) != (request.domain == nil) else {
            throw JSONMistake(
                request.address == nil ? .missingKey : .badValue, at: request.address == nil ? "address" : "domain",
                "either an address or a domain must stand here")
        }
    }

    /// What the run is about; nil never, since one of the two is there.
    var account: Account? {
        var account = address.map { Account(address: $0) } ?? domain.map { Account(domain: $0) }
        account?.reach = reach.reach
        return account
    }
}

/// What is asked of a run that checks an account.
struct CheckRequest: Sendable {
    var address: EmailAddress
    var smtpPassword: Secret?
    var imapPassword: Secret?
    var oauthToken: Secret?
    var smtp: EndpointChoice?
    var imap: EndpointChoice?
    var provider: String?
    var stage: StageChoice?
    var mailboxAge: Int?
    var timeout: Double
    var reach: ReachChoice

    /// The members of every run that checks an account.
    private static let members = JSONDescription<CheckRequest>.object(
        CheckRequest.init,
        .field("address", \.address, .address, "The mail address."),
        .field(
            "smtp_password", \.smtpPassword, .optional(.secret), missing: nil,
            "The password; it serves IMAP too where imap_password is not given."),
        .field("imap_password", \.imapPassword, .optional(.secret), missing: nil, "The password for IMAP, if another."),
        .field(
            "oauth_token", \.oauthToken, .optional(.secret), missing: nil,
            "An OAuth 2 access token in place of passwords."),
        .field("smtp", \.smtp, .optional(EndpointChoice.json), missing: nil, "The submission server to use."),
        .field("imap", \.imap, .optional(EndpointChoice.json), missing: nil, "The IMAP server to use."),
        .field("provider", \.provider, .optional(.text), missing: nil, "The provider to assume, by its id."),
        .field(
            "stage", \.stage, .optional(.word("a stage")), missing: nil, "What the mailbox is, for the daily limit."),
        .field(
            "mailbox_age_days", \.mailboxAge, .optional(.integer(in: 0...36_500)), missing: nil,
            "The mailbox's age, for the daily limit."),
        .field("timeout_s", \.timeout, .seconds(1...120), missing: 30, "Seconds for the whole run."),
        .field("reach", \.reach, .word("a reach"), missing: .everything, "How far the run may reach."),
        about: "The account to check.")

    /// Members that may not stand beside each other.
    static let excluded = [["smtp_password", "oauth_token"], ["imap_password", "oauth_token"]]

    static let json = members.checked { request throws(JSONMistake) in
        guard request.oauthToken == nil || (request.smtpPassword == nil && request.imapPassword == nil) else {
            throw JSONMistake(.badValue, at: "oauth_token", "give a password or an access token, not both")
        }
    }

    /// The account, with its credentials.
    func account(_ catalog: Catalog, secrets: [Secret]) throws(Problem) -> Account {
        if let provider, catalog.profile(id: provider) == nil {
            throw Problem(.invalidField, "the catalogue has no such provider", field: "provider")
        }
        var account = Account(address: address)
        if let oauthToken {
            account.smtpCredential = .accessToken(oauthToken)
            account.imapCredential = .accessToken(oauthToken)
        } else {
            account.smtpCredential = smtpPassword.map { .password($0) }
            account.imapCredential = (imapPassword ?? smtpPassword).map { .password($0) }
        }
        account.smtpEndpoint = smtp?.endpoint(.smtp)
        account.imapEndpoint = imap?.endpoint(.imap)
        account.smtpUsername = smtp?.username
        account.imapUsername = imap?.username
        account.providerID = provider
        account.reach = reach.reach
        account.timeout = .seconds(timeout)
        account.mailboxStage = stage?.stage
        account.mailboxAge = mailboxAge
        account.otherSecrets = secrets
        return account
    }
}

/// What is asked of a run that registers an account.
struct AddRequest: Sendable {
    var check: CheckRequest
    var displayName: String
    var dailyLimit: Int?
    var acceptsWarnings: Bool
    var isDryRun: Bool

    static let json = JSONDescription<AddRequest>.object(
        AddRequest.init,
        .inline(\.check, CheckRequest.json),
        .field("display_name", \.displayName, .text(of: 1...255), "The name that recipients see."),
        .field(
            "daily_limit", \.dailyLimit, .optional(.integer(in: 1...1_000_000)), missing: nil,
            "Messages a day, in place of what is advised."),
        .field("accept_warnings", \.acceptsWarnings, .bool, missing: false, "Whether to register despite warnings."),
        .field("dry_run", \.isDryRun, .bool, missing: false, "Whether the request is only shown."),
        about: "The account to check and register."
    ).checked { request throws(JSONMistake) in
        guard request.check.oauthToken != nil || request.check.smtpPassword != nil else {
            throw JSONMistake(
                .missingKey, at: "smtp_password", "both logins must be verified before an account is added")
        }
        guard request.check.reach.reach.includesServers else {
            throw JSONMistake(.badValue, at: "reach", "the logins must be verified, so servers must be reached")
        }
    }
}

/// A text to explain.
struct ExplainRequest: Sendable {
    var text: String

    static let json = JSONDescription<ExplainRequest>.object(
        ExplainRequest.init,
        .field(
            "text", \.text, JSONDescription<String>.filledText.annotated(["pattern": "[^\\u0000-\\u0020]"]),
            "The reply, exception or log excerpt."),
        about: "The text to explain.")
}

/// A request's description, without the type that it reads.
struct RequestSchema: Sendable {
    /// What the schema is called.
    let name: String
    let document: @Sendable () -> JSONValue

    /// - Parameters:
    ///   - description: What is read.
    ///   - title: What the schema is called.
    ///   - choice: How many of some members must be there (`oneOf`, `anyOf`), and which they are; nil for no such rule.
    ///   - excluded: Members that may not stand beside each other.
    init<Value>(
        _ description: JSONDescription<Value>, _ title: String, choice: (keyword: String, members: [String])? = nil,
        excluded: [[String]] = []
    ) {
        name = title
        document = {
            let document = JSONSchema.document(of: description, title: title, about: title, isClosed: true)
            guard case .object(var object) = document else { return document }
            if let choice { object[choice.keyword] = .list(choice.members.map { Self.texts([$0]) }) }
            if !excluded.isEmpty { object["not"] = ["anyOf": .list(excluded.map(Self.texts))] }
            return .object(object)
        }
    }

    /// Whether some members are there, and are texts.
    private static func texts(_ members: [String]) -> JSONValue {
        var properties = JSONObject()
        for member in members { properties[member] = ["type": "string"] }
        return ["required": .list(members.map { .text($0) }), "properties": .object(properties)]
    }
}
