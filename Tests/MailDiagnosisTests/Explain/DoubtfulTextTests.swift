import MailDiagnosis
import MailModel
import MailTestSupport
import Testing

/// Texts in which words of a failure stand, and nobody's account is shown to be in trouble: no cause is told at half or more.
@Suite struct DoubtfulTextTests {
    /// A server that hands mail on, one that is knocked at, other services, wishes, builds.
    static let texts = [
        "We should make the timeout configurable: connection timeouts with SMTP servers are frequently the result of a firewall.",
        "Feature request: add an option to log AuthenticationFailedException of the mail library as a warning.",
        "client [192.0.2.7] blocked using a list of open relays; see the page of the list",
        "postfix/smtp[10]: A1: to=<ann@lerche.example>, relay=mx1.lerche.example[192.0.2.9]:25, dsn=4.7.1, "
            + "status=deferred (host mx1.lerche.example[192.0.2.9] said: 451 4.7.1 Try again later (in reply to RCPT TO))",
        "mail postfix/smtpd[7]: warning: unknown[203.0.113.4]: SASL LOGIN authentication failed: authentication failure",
        "mail postfix/smtp[7]: connect to mail.lerche.example[203.0.113.9]:25: Connection timed out",
        "worker: login failed: invalid credentials for user ann",
        "poplib.error_proto: -ERR temporary failure, try again later",
        "error: subprocess-exited-with-error\nBuilding wheel for imap-thing did not run: certificate has expired",
        "mosquitto_sub: Connection refused: not authorised",
        "Your certificate for the website is expired, says the browser; the mail on the same host works",
        "MessageRejected: Email address is not verified. These identities failed the check in region EU-WEST-1",
        "| 421 | service not available |\n| 450 | try later |\n| 530 | authentication required |\n| 535 | bad password |",
        "This means that the login has failed, since imap.lerche.example refuses the user name or the password.",
    ]

    @Test(arguments: texts) func accuseNobody(_ text: String) throws {
        let findings = Explainer(catalog: try RepositoryCatalog.catalog()).explain(text).findings
        let accused = findings.filter {
            $0.confidence >= 0.5 && $0.id != .notAnAccountProblem && $0.id != .unknownReply
        }
        #expect(!findings.isEmpty && accused.isEmpty, "\(accused.map { "\($0.id) \($0.confidence)" })")
    }

    /// The same words where somebody logs in, or a mail library complains: they are told.
    @Test(arguments: [
        ("nodemailer: connect ETIMEDOUT 192.0.2.9:587 smtp.kestrel.example", FindingID.connectTimeout),
        (
            "Net::SMTPAuthenticationError at /users (ActiveRecord: 0.0ms)\n535 5.7.8 Error: authentication failed",
            .badCredentials
        ),
        ("phpmailer: 451 4.7.1 Try again later", .serverBusy),
        ("It would be nice to know why. I get: 535 5.7.8 Error: authentication failed", .badCredentials),
    ]) func whatIsOursIsTold(_ text: String, _ id: FindingID) throws {
        let finding = Explainer(catalog: try RepositoryCatalog.catalog()).explain(text).findings.first
        #expect(finding?.id == id && finding?.confidence ?? 0 >= 0.5, "\(String(describing: finding?.id))")
    }
}
