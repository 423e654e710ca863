import Foundation
import MailModel
import MailNetwork
import MailRegistration

/// An account with everything right, of which a test changes one thing.
struct TestAccount {
    var address = "jane@example.com"
    var displayName = "Jane Doe"
    var inboxType = InboxType.customSMTP
    var smtp = Endpoint(service: .smtp, host: "smtp.example.com", port: 587, security: .starttls)
    var imap = Endpoint(service: .imap, host: "imap.example.com", port: 993, security: .tls)
    var smtpUsername: String? = "jane@example.com"
    var imapUsername: String? = "jane"
    var smtpPassword = "S3nd-Me/plus+1"
    var imapPassword = "R3ad-Me?and=2"
    var dailyLimit = 20

    static let key = "cs_live_abcdefABCDEF0123456789"
    static let now = Date(timeIntervalSince1970: 1_704_067_200)

    func request() throws -> RegistrationRequest {
        try RegistrationRequest(
            address: EmailAddress(address), displayName: displayName, inboxType: inboxType,
            settings: AccountSettings(
                smtp: smtp, smtpUsername: smtpUsername, imap: imap, imapUsername: imapUsername, source: .user),
            passwords: MailboxPasswords(smtp: Secret(smtpPassword), imap: Secret(imapPassword)),
            dailyLimit: dailyLimit)
    }

    var credentials: [MailService: Credential] {
        [.smtp: .password(Secret(smtpPassword)), .imap: .password(Secret(imapPassword))]
    }

    /// What the two login checks see when all is well.
    var observations: [Observation] {
        [
            login(at: smtp, username: smtpUsername, reply: ServerReply(code: 235, text: ServerText("welcome"))),
            login(at: imap, username: imapUsername, reply: ServerReply(status: "OK", text: ServerText("welcome"))),
        ]
    }

    func login(
        at endpoint: Endpoint, username: String?, reply: ServerReply, outcome: CheckOutcome = .observed
    ) -> Observation {
        let facts = LoginFacts(mechanism: "PLAIN", username: username ?? "", reply: reply)
        return Observation(
            id: .auth(endpoint.service), stage: .auth, endpoint: endpoint, outcome: outcome,
            facts: .login(facts))
    }

    func permit() throws -> RegistrationPermit {
        let decision = RegistrationPolicy().decide(
            verdict: .ready, observations: observations, inboxType: inboxType, credentials: credentials)
        guard case .allowed(let permit) = decision else { throw NoPermit() }
        return permit
    }

    func register(over http: RecordingHTTP) async throws -> RegistrationOutcome {
        try await client(http).register(request(), permit: permit())
    }

    func client(_ http: RecordingHTTP, base: String = "https://api.example") throws -> RegistrationClient {
        var options = RegistrationClient.Options()
        options.userAgent = "mailconnect/test"
        options.now = { Self.now }
        return try RegistrationClient(
            base: APIBase(base), key: APIKey(Secret(Self.key)), http: http, options: options)
    }

    struct NoPermit: Error {}
}
