public import MailJSON

/// One thing to do about a finding: words, or something that a front end can offer in its own way, by an option, a
/// button or a link.
///
/// `text` holds in every form of a report. It names no option and no command: only front ends know theirs.
/// Steps that are nothing but words are written as string literals.
public enum RemedyStep: Hashable, Sendable {
    /// Words.
    case text(String)
    /// Use this endpoint in place of the planned one.
    case useEndpoint(Endpoint, Set<EndpointNote>)
    /// Name the server yourself; nil stands for both sides.
    case nameEndpoint(MailService?)
    /// Log in with this user name; nil stands for both sides.
    case useUsername(MailService?, String)
    /// Log in with the full address.
    case useFullAddress
    /// Give the password, so that the logins can be tried.
    case givePassword
    /// Give an OAuth 2 access token in place of a password; nil stands for both sides.
    case useAccessToken(MailService?)
    /// Connect the mailbox with OAuth where the registration API's vendor offers that: no password can be used.
    case connectByOAuth
    /// Give the run more time, in seconds if a figure is known.
    case giveMoreTime(seconds: Int?)
    /// Ask another resolver.
    case useResolver
    /// Name the certificate of an authority of one's own.
    case trustCertificate
    /// Name the provider, where it was told wrongly or not at all.
    case chooseProvider
    /// Run the same again.
    case runAgain
    /// Have the logins tried.
    case checkLogins
    /// See what was said on the wire.
    case showDialogue
    /// Register the account.
    case register
    /// Register the account in spite of the warnings.
    case acceptWarnings
    /// Register a daily limit above what the provider lets anybody send.
    case insistOnLimit
    /// Ask the registration API once more about an account whose registration is known or open.
    case registerAgain
    /// Say how old the mailbox is.
    case tellMailboxAge
    /// Say in which stage the mailbox is; the number of sent messages that would show it, if any.
    case tellMailboxStage(orSent: Int?)
    /// Say how old the contract is.
    case tellContractAge
    /// Set the daily limit yourself.
    case setDailyLimit
}

/// What speaks for an endpoint that a remedy names.
public enum EndpointNote: String, Hashable, Sendable, CaseIterable {
    /// The login passed there.
    case loginPassed = "login_passed"
    /// It answers as it should; no login was tried.
    case answers
    /// Nobody has tried it in this run.
    case untried
    /// It is reached over the other IP family.
    case otherFamily = "other_family"
}

extension RemedyStep: ExpressibleByStringInterpolation {
    /// A step of words.
    ///
    /// - Parameter value: The words.
    public init(stringLiteral value: String) { self = .text(value) }

    /// A step as the catalogue writes it: the kind of one that needs no particulars (`use_full_address`), or words.
    ///
    /// - Parameter text: What stands in the catalogue.
    public init(catalogue text: String) { self = Self.named[text] ?? .text(text) }

    private static let named: [String: RemedyStep] = Dictionary(
        uniqueKeysWithValues: [
            .useFullAddress, .givePassword, .useAccessToken(nil), .connectByOAuth, .useResolver, .trustCertificate,
            .chooseProvider, .runAgain,
        ].map { ($0.kind, $0) })

    /// The stable name of what is to be done, snake_case; `text` for mere words.
    public var kind: String {
        switch self {
        case .text: "text"
        case .useEndpoint: "use_endpoint"
        case .nameEndpoint: "name_endpoint"
        case .useUsername: "use_username"
        case .useFullAddress: "use_full_address"
        case .givePassword: "give_password"
        case .useAccessToken: "use_access_token"
        case .connectByOAuth: "connect_by_oauth"
        case .giveMoreTime: "give_more_time"
        case .useResolver: "use_resolver"
        case .trustCertificate: "trust_certificate"
        case .chooseProvider: "choose_provider"
        case .runAgain: "run_again"
        case .checkLogins: "check_logins"
        case .showDialogue: "show_dialogue"
        case .register: "register"
        case .acceptWarnings: "accept_warnings"
        case .insistOnLimit: "insist_on_limit"
        case .registerAgain: "register_again"
        case .tellMailboxAge: "tell_mailbox_age"
        case .tellMailboxStage: "tell_mailbox_stage"
        case .tellContractAge: "tell_contract_age"
        case .setDailyLimit: "set_daily_limit"
        }
    }

    /// Whether it leaves the way of the password: the same run cannot pass after it.
    public var leavesPasswords: Bool { self == .connectByOAuth }
}

extension RemedyStep: CustomStringConvertible {
    /// The neutral words.
    public var description: String { text }

    /// What to do in words that hold in every form, a whole sentence.
    public var text: String {
        switch self {
        case .text(let words): words
        case .useEndpoint(let endpoint, let notes): Self.words(endpoint, notes)
        case .nameEndpoint(let service): "Name the \(Self.servers(service)) yourself, with host and port."
        case .useUsername(let service, let name):
            "Use \(ServerText(name)) as the user name\(service.map { " for \(Self.name($0))" } ?? "")."
        case .useFullAddress: "Use the full address as the user name, unless the provider names another form."
        case .givePassword: "Give the password, so that the logins can be tried."
        case .useAccessToken(let service):
            "Give an OAuth 2 access token in place of the password\(service.map { " for \(Self.name($0))" } ?? "")."
        case .connectByOAuth:
            "Connect the mailbox with OAuth in the dashboard of the registration API's vendor (Shared OAuth, Private "
                + "OAuth, or Organization Connect): the API itself takes passwords only."
        case .giveMoreTime(let seconds):
            seconds.map { "Give it more time: \($0) seconds." } ?? "Give it more time."
        case .useResolver: "Ask another resolver, to see whether it is ours or the domain's."
        case .trustCertificate: "For an authority of your own, name its certificate."
        case .chooseProvider: "Name the provider, if you know it."
        case .runAgain: "Run this again."
        default: laterWords
        }
    }

    /// Steps that follow a run, or that make an advice better.
    private var laterWords: String {
        switch self {
        case .checkLogins: "Have the logins tried with these settings."
        case .showDialogue: "Look at what was said on the wire."
        case .register: "Register the account."
        case .acceptWarnings: "Look at the warnings, then accept them to register the account all the same."
        case .insistOnLimit: "Insist on the limit, to have it sent all the same."
        case .registerAgain:
            "Look in the API's dashboard, or register it once more: \"already exists\" then means registered."
        case .tellMailboxAge: "What would raise it: its age or its stage, if you know better."
        case .tellMailboxStage(let sent):
            sent.map {
                "What would raise it: \($0) and more sent messages, or its stage if they are kept elsewhere."
            } ?? "What would raise it: its stage, if the mailbox sends regularly."
        case .tellContractAge: "What would raise it: an older contract; say how old it is."
        case .setDailyLimit: "What would raise it: the hoster's own figure; then set the daily limit yourself."
        default: ""
        }
    }

    private static func words(_ endpoint: Endpoint, _ notes: Set<EndpointNote>) -> String {
        let verb = notes.contains(.untried) ? "Try" : "Use"
        let mode = endpoint.security == .tls ? "TLS" : "STARTTLS"
        return "\(verb) \(mode) on port \(endpoint.port) of \(endpoint.host)\(proof(notes))."
    }

    /// What speaks for an endpoint, to be put behind it: `: the login passed there`; empty when nothing does.
    ///
    /// - Parameter notes: What is known.
    /// - Returns: The words.
    public static func proof(_ notes: Set<EndpointNote>) -> String {
        let family = notes.contains(.otherFamily) ? " over the other IP family" : ""
        if notes.contains(.loginPassed) { return family + ": the login passed there" }
        return notes.contains(.answers) ? family + ": it answers as it should" : family
    }

    private static func name(_ service: MailService) -> String { service.rawValue.uppercased() }

    private static func servers(_ service: MailService?) -> String {
        service.map { "\(name($0)) server" } ?? "SMTP and the IMAP server"
    }
}

extension RemedyStep {
    /// How a step stands in a report beside its words: its kind, and the particulars that the kind has.
    public static let json = JSONDescription<RemedyStep>(schema: [
        "type": "object", "required": ["kind"],
        "properties": [
            "kind": [
                "description": "What is to be done, by its stable name.",
                "type": "string", "pattern": "^[a-z][a-z0-9_]*$",
            ],
            "text": ["description": "text: the words.", "type": "string"],
            "protocol": ["description": "The side; absent for both.", "enum": ["smtp", "imap"]],
            "endpoint": ["description": "use_endpoint: the endpoint.", "type": "string"],
            "notes": [
                "description": "use_endpoint: what speaks for it.", "type": "array", "items": ["type": "string"],
            ],
            "username": ["description": "use_username: the user name.", "type": "string"],
            "seconds": ["description": "give_more_time: how much.", "type": "integer"],
            "messages": ["description": "tell_mailbox_stage: sent messages that would show it.", "type": "integer"],
        ],
    ]) { step in
        var object = JSONObject()
        object["kind"] = .text(step.kind)
        switch step {
        case .text(let words): object["text"] = .text(words)
        case .useEndpoint(let endpoint, let notes):
            object["protocol"] = .text(endpoint.service.rawValue)
            object["endpoint"] = .text(endpoint.description)
            object["notes"] = .list(notes.map(\.rawValue).sorted().map { .text($0) })
        case .nameEndpoint(let service), .useAccessToken(let service):
            if let service { object["protocol"] = .text(service.rawValue) }
        case .useUsername(let service, let name):
            if let service { object["protocol"] = .text(service.rawValue) }
            object["username"] = .text(name)
        case .giveMoreTime(let seconds): if let seconds { object["seconds"] = .integer(seconds) }
        case .tellMailboxStage(let sent): if let sent { object["messages"] = .integer(sent) }
        default: break
        }
        return .object(object)
    } read: { value, mode throws(JSONMistake) in
        guard let kind = value["kind"]?.text else { throw JSONMistake(.missingKey, at: "kind", "this key is missing") }
        let service = value["protocol"]?.text.flatMap(MailService.init)
        switch kind {
        case "text": return .text(value["text"]?.text ?? "")
        case "use_endpoint":
            guard let service, let text = value["endpoint"] else {
                throw JSONMistake(.missingKey, at: "endpoint", "an endpoint and its protocol must stand here")
            }
            var notes: [EndpointNote] = []
            if case .list(let names)? = value["notes"] {
                notes = names.compactMap { $0.text.flatMap(EndpointNote.init) }
            }
            return .useEndpoint(try Endpoint.text(of: service).read(text, mode), Set(notes))
        case "name_endpoint": return .nameEndpoint(service)
        case "use_access_token": return .useAccessToken(service)
        case "use_username": return .useUsername(service, value["username"]?.text ?? "")
        case "give_more_time": return .giveMoreTime(seconds: value["seconds"]?.integer)
        case "tell_mailbox_stage": return .tellMailboxStage(orSent: value["messages"]?.integer)
        // What only a later version knows is told in its words.
        default: return plain[kind] ?? .text(value["text"]?.text ?? "")
        }
    }

    /// The kinds without particulars.
    private static let plain: [String: RemedyStep] = Dictionary(
        uniqueKeysWithValues: [
            .useFullAddress, .givePassword, .connectByOAuth, .useResolver, .trustCertificate, .chooseProvider,
            .runAgain,
            .checkLogins, .showDialogue, .register, .acceptWarnings, .insistOnLimit, .registerAgain, .tellMailboxAge,
            .tellContractAge, .setDailyLimit,
        ].map { ($0.kind, $0) })
}
