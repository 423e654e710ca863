import FoundationEssentials
import MailJSON
import MailModel

/// The keys of a behaviour file, as they are written.
struct MailBehaviourFile {
    /// How long a file may be, in octets.
    static let maximumLength = 262_144

    var service: MailService
    var about: String?
    var greeting: [String]?
    var capabilities: [String]?
    var mechanisms: [String]?
    var startTLS: Bool?
    var loginInClear: Bool?
    var users: [MailBehaviourUser]?
    var replies: [String: [String]]?
    var mailboxes: [String]?

    /// A key that is not known is an error, so that a typo is not a silent default.
    static func read(_ json: Data) throws(MailBehaviourError) -> MailBehaviourFile {
        do throws(JSONMistake) {
            return try self.json.read(octets: Array(json), .strict, limits: JSONParser.Limits(octets: maximumLength))
        } catch {
            throw MailBehaviourError("\(error)")
        }
    }

    private static let json = JSONDescription<MailBehaviourFile>.object(
        MailBehaviourFile.init(
            service:about:greeting:capabilities:mechanisms:startTLS:loginInClear:users:replies:mailboxes:),
        .field("service", \.service, .word("smtp or imap"), "What is spoken."),
        .field("about", \.about, .optional(.text), missing: nil, "What the peer is for."),
        .field("greeting", \.greeting, .optional(.texts), missing: nil, "The first lines."),
        .field("capabilities", \.capabilities, .optional(.texts), missing: nil, "What is announced at any time."),
        .field("mechanisms", \.mechanisms, .optional(.texts), missing: nil, "SASL mechanisms."),
        .field("starttls", \.startTLS, .optional(.bool), missing: nil, "Whether STARTTLS is offered."),
        .field("login_in_clear", \.loginInClear, .optional(.bool), missing: nil, "Whether a plaintext login is taken."),
        .field("users", \.users, .optional(.list(MailBehaviourUser.json)), missing: nil, "Who may log in."),
        .field("replies", \.replies, .optional(.dictionary(.texts)), missing: nil, "The reply to each outcome."),
        .field("mailboxes", \.mailboxes, .optional(.texts), missing: nil, "The mailboxes that IMAP shows."))
}

/// One account at a mail peer. Its password is a made-up one: it is written in a fixture.
public struct MailBehaviourUser: Hashable, Sendable {
    /// The user name.
    public var username: String
    /// The password or access token.
    public var password: String
    /// The name of the reply to a login with the right password, nil for `accepted`.
    public var outcome: String?

    /// Makes an account.
    public init(username: String, password: String, outcome: String? = nil) {
        self.username = username
        self.password = password
        self.outcome = outcome
    }

    fileprivate static let json = JSONDescription<MailBehaviourUser>.object(
        MailBehaviourUser.init,
        .field("username", \.username, .text, "The user name."),
        .field("password", \.password, .text, "The password or access token."),
        .field("outcome", \.outcome, .optional(.text), missing: nil, "The reply to the right password."))
}

/// Why a behaviour file cannot be used.
public struct MailBehaviourError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong.
    public let description: String

    init(_ description: String) { self.description = description }
}
