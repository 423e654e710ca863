public import FoundationEssentials
public import MailModel

/// How an SMTP or IMAP peer behaves: what it announces, whom it knows, and its words for each outcome.
///
/// It is read from JSON (the keys: `fixtures/demo/README.md`), so that a provider's words stay out of the code.
public struct MailBehaviour: Hashable, Sendable {
    /// What is spoken.
    public var service: MailService
    /// The first lines.
    public var greeting: [String]
    /// Capabilities announced at any time, one an entry, without STARTTLS and without mechanisms.
    public var capabilities: [String]
    /// SASL mechanisms; `LOGIN` also stands for IMAP's command of that name.
    public var mechanisms: [String]
    /// Whether STARTTLS is offered in plaintext.
    public var offersStartTLS: Bool
    /// Whether a login is taken in plaintext.
    public var allowsLoginInClear: Bool
    /// Who may log in.
    public var users: [MailBehaviourUser]
    /// The reply to each outcome, by name: lines without a tag; a line `! close` closes the connection.
    public var replies: [String: [String]]
    /// The mailboxes that IMAP shows.
    public var mailboxes: [String]

    /// Makes a behaviour that is sensible as it is.
    ///
    /// - Parameters:
    ///   - service: What is spoken.
    ///   - users: Who may log in.
    public init(_ service: MailService, users: [MailBehaviourUser] = []) {
        self.service = service
        self.users = users
        let isSMTP = service == .smtp
        greeting = [isSMTP ? "220 mail.example.test ESMTP ready" : "* OK IMAP4rev1 ready"]
        capabilities = isSMTP ? ["PIPELINING", "SIZE 35882577", "8BITMIME"] : ["IMAP4rev1", "ID", "SASL-IR"]
        mechanisms = ["PLAIN", "LOGIN"]
        offersStartTLS = true
        allowsLoginInClear = false
        replies = [:]
        mailboxes = ["INBOX", "Drafts", "Sent", "Trash"]
    }

    /// Reads a behaviour.
    ///
    /// - Parameter json: The JSON text.
    /// - Throws: `MailBehaviourError` for JSON that does not fit; a key that is not known is one too.
    public init(json: Data) throws(MailBehaviourError) {
        let file = try MailBehaviourFile.read(json)
        self.init(file.service, users: file.users ?? [])
        greeting = file.greeting ?? greeting
        capabilities = file.capabilities ?? capabilities
        mechanisms = file.mechanisms ?? mechanisms
        offersStartTLS = file.startTLS ?? offersStartTLS
        allowsLoginInClear = file.loginInClear ?? allowsLoginInClear
        replies = file.replies ?? replies
        mailboxes = file.mailboxes ?? mailboxes
        if let outcome = self.users.compactMap(\.outcome).first(where: { !knows(outcome: $0) }) {
            throw MailBehaviourError("there is no reply for the outcome \(outcome)")
        }
    }

    /// The reply to an outcome: the file's, else the service's own.
    func reply(_ outcome: String) -> [String] {
        replies[outcome] ?? Self.standardReplies[service]?[outcome] ?? Self.standardReplies[service]?["refused"] ?? []
    }

    private func knows(outcome: String) -> Bool {
        replies[outcome] != nil || Self.standardReplies[service]?[outcome] != nil
    }

    /// The outcome of a login.
    func outcome(of attempt: LoginAttempt) -> String {
        guard let user = users.first(where: { $0.username == attempt.username }) else {
            return replies["unknown_user"] == nil ? "refused" : "unknown_user"
        }
        return user.password == attempt.password ? user.outcome ?? "accepted" : "refused"
    }

    private static let standardReplies: [MailService: [String: [String]]] = [
        .smtp: [
            "accepted": ["235 2.7.0 Authentication successful"],
            "refused": ["535 5.7.8 Authentication credentials invalid"],
            "tls_required": ["530 5.7.0 Must issue a STARTTLS command first"],
            "mechanism_unknown": ["504 5.5.4 Unrecognized authentication type"],
        ],
        .imap: [
            "accepted": ["OK Logged in"],
            "refused": ["NO [AUTHENTICATIONFAILED] Authentication failed"],
            "tls_required": ["NO [PRIVACYREQUIRED] LOGIN is disabled, begin TLS first"],
            "mechanism_unknown": ["NO [CANNOT] Unsupported authentication mechanism"],
        ],
    ]
}
