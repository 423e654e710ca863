import MailDiagnosis
import MailModel
import MailTestSupport
import Testing

/// Articles, lists of codes and changes of programs: they speak of failures that nobody met. And their neighbours, which look
/// alike and are failures.
@Suite struct GeneralTextTests {
    private func first(_ text: String) throws -> Finding? {
        Explainer(catalog: try RepositoryCatalog.catalog()).explain(text).findings.first
    }

    /// Each with the words that make it one.
    static let general = [
        // Seven codes and more, nothing but a blank behind them.
        """
        421 Service not available, closing transmission channel
        450 Requested mail action not taken: mailbox unavailable
        451 Requested action aborted: error in processing
        452 Requested action not taken: insufficient system storage
        500 Syntax error, command unrecognised
        501 Syntax error in parameters or arguments
        530 Authentication required
        535 Authentication credentials invalid
        """,
        // The same with enhanced codes.
        """
        Codes that our relay gives:
        4.2.2 Mailbox full
        4.4.1 No answer from host
        4.7.1 Delivery not authorised, try later
        5.1.1 Bad destination mailbox address
        5.7.0 Other security status
        5.7.8 Authentication credentials invalid
        5.7.9 Authentication mechanism too weak
        """,
        "In this article we explain what an SMTP server means by 535 Authentication failed, and how to mend it.",
        "In diesem Artikel erklären wir, was der Fehler \"535 Authentication failed\" beim SMTP-Versand bedeutet.",
        """
        diff --git a/docs/smtp.md b/docs/smtp.md
        +## Troubleshooting SMTP
        +- `535 5.7.8 authentication failed`: check the password
        +- `connect ECONNREFUSED 127.0.0.1:587`: check the port
        +- `wrong version number`: use port 587 with STARTTLS
        """,
    ]

    @Test(arguments: general) func isNoProblemOfAnAccount(_ text: String) throws {
        let finding = try first(text)
        #expect(finding?.id == .notAnAccountProblem, "\(String(describing: finding))")
    }

    /// A plain failure with one of the marks of the others.
    @Test(arguments: [
        // Replies that somebody collected over a week.
        (
            """
            smtp.kestrel.example says:
            421 4.7.0 Try again later, closing connection
            454 4.7.0 Temporary authentication failure
            530 5.7.0 Authentication required
            535 5.7.8 Authentication credentials invalid
            """, [FindingID.badCredentials, .protocolMismatch]
        ),
        ("I followed this guide and get: 535 5.7.8 Error: authentication failed", [.badCredentials]),
        (
            "See the release notes. Traceback (most recent call last):\nsmtplib.SMTPAuthenticationError: (535, b'5.7.8 Error')",
            [.badCredentials]
        ),
        // A shell that traces, and a server of POP3.
        (
            """
            + msmtp --host=smtp.kestrel.example --port=587
            + true
            + true
            msmtp: authentication failed (method PLAIN)
            msmtp: server message: 535 5.7.8 Error: authentication failed
            """, [.badCredentials]
        ),
        (
            "Since the release notes of 4.2 say that STARTTLS is on, our mails fail:\nphpmailer: stream_socket_client(): "
                + "unable to connect to smtp.kestrel.example:587 (Connection refused)", [.connectRefused]
        ),
        (
            "step-by-step guide followed, result:\nnodemailer Error: connect ECONNREFUSED 127.0.0.1:587",
            [.connectRefused]
        ),
        ("+OK POP3 ready\n+OK\n+OK\n-ERR [AUTH] Authentication failed", [.badCredentials]),
        // PowerShell marks the place of an error with plus signs.
        (
            """
            Send-MailMessage : The SMTP server requires a secure connection or the client was not authenticated. The server \
            response was: 5.7.0 Must issue a STARTTLS command first
            At line:1 char:1
            + Send-MailMessage -SmtpServer smtp.kestrel.example -From a@kestrel.example
            + ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
            + CategoryInfo : InvalidOperation: (System.Net.Mail.SmtpClient:SmtpClient) [Send-MailMessage], SmtpException
            + FullyQualifiedErrorId : SmtpException,Microsoft.PowerShell.Commands.SendMailMessage
            """, [.tlsRequired]
        ),
    ]) func aFailureStaysOne(_ text: String, _ ids: [FindingID]) throws {
        let finding = try first(text)
        #expect(finding.map { ids.contains($0.id) } == true, "\(String(describing: finding))")
    }

    /// A server that answered was reached, whatever the program says.
    @Test func whoAnsweredWasReached() throws {
        let text = """
            PHPMailer: SERVER -> CLIENT: 220 smtp.kestrel.example ESMTP
            CLIENT -> SERVER: EHLO app
            SERVER -> CLIENT: 250-smtp.kestrel.example
            SERVER -> CLIENT: 250 SIZE
            SMTP connect() failed.
            """
        let unreached: Set<FindingID> = [.connectTimeout, .connectRefused, .wrongHost, .dnsFailure]
        let findings = Explainer(catalog: try RepositoryCatalog.catalog()).explain(text).findings
        #expect(!findings.isEmpty && unreached.isDisjoint(with: findings.map(\.id)), "\(findings.map(\.id))")
    }

    /// IMAP's greeting where a program wants to send; a code alone that nothing but a refused login has.
    @Test(arguments: [
        (
            "Could not send mail: unexpected response: * OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] ready",
            FindingID.protocolMismatch
        ),
        ("Send failed. SMTP error 535", .badCredentials),
    ]) func whatNamesItself(_ text: String, _ id: FindingID) throws {
        let finding = try first(text)
        #expect(finding?.id == id, "\(String(describing: finding))")
    }
}
