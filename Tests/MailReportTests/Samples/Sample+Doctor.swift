import MailModel
import MailReport

/// What `doctor` has to say about logins.
extension Sample {
    static func doctor(
        _ name: String, _ verdict: Verdict, _ observations: [Observation], _ findings: [Finding],
        change: (inout Diagnosis) throws -> Void = { _ in }
    ) -> Sample {
        do {
            var diagnosis = try SampleParts.diagnosis(verdict)
            diagnosis.observations = observations
            diagnosis.findings = findings
            try change(&diagnosis)
            return Sample(name: name, report: Report(tool: tool, command: .doctor, diagnosis: diagnosis))
        } catch {
            // The samples' addresses are written in this folder: only a slip of the pen gets here.
            preconditionFailure("the sample \(name) cannot be made: \(error)")
        }
    }

    static let allReady = doctor(
        "all_ready", .ready,
        SampleParts.before + [
            SampleParts.loggedIn(SampleParts.smtp), SampleParts.loggedIn(SampleParts.imap), SampleParts.mailbox,
        ], []
    ) { diagnosis in
        diagnosis.transcript = [
            TranscriptEntry(at: .milliseconds(34), endpoint: SampleParts.smtp, direction: .server, text: "220 ready"),
            TranscriptEntry(
                at: .milliseconds(35), endpoint: SampleParts.smtp, direction: .client, text: "EHLO client.example"),
            TranscriptEntry(
                at: .milliseconds(80), endpoint: SampleParts.smtp, direction: .event, text: "TLSv1.3 handshake"),
            TranscriptEntry(
                at: .milliseconds(1200), endpoint: SampleParts.imap, direction: .client,
                text: "a1 AUTHENTICATE PLAIN [redacted]"),
        ]
    }

    static let wrongPassword: Sample = {
        let smtp = ServerReply(
            code: 535, enhancedCode: "5.7.8", text: ServerText("Username and Password not accepted."))
        let imap = ServerReply(
            status: "NO", responseCode: "AUTHENTICATIONFAILED", text: ServerText("Invalid credentials"))
        return doctor(
            "wrong_password", .actionNeeded,
            SampleParts.before + [
                SampleParts.refused(SampleParts.smtp, smtp), SampleParts.refused(SampleParts.imap, imap),
                SampleParts.blocked(SampleParts.imap, "mailboxes", .mailbox, by: "auth"),
            ],
            [badCredentials(.smtp, smtp.quoted), badCredentials(.imap, imap.quoted)])
    }()

    static let oneSideOnly: Sample = {
        let reply = ServerReply(
            status: "NO", responseCode: "UNAVAILABLE", text: ServerText("IMAP is off for this user"))
        let finding = Finding(
            id: .imapDisabled, severity: .error, confidence: 0.9, service: .imap, stage: .auth,
            summary: "IMAP is switched off for this mailbox.",
            detail: "Sending works: the same password was taken by the SMTP server.", serverText: reply.quoted,
            evidence: ["imap.auth", "smtp.auth"],
            remedy: Remedy(
                who: .user, steps: ["Sign in to the web mail.", "Switch IMAP on in its settings and save."],
                links: ["https://mail.example/help/turn-on-imap"]))
        return doctor(
            "one_side_only", .actionNeeded,
            SampleParts.before + [
                SampleParts.loggedIn(SampleParts.smtp), SampleParts.refused(SampleParts.imap, reply),
            ],
            [finding])
    }()

    static let tenantSwitch: Sample = {
        let reply = ServerReply(
            code: 535, enhancedCode: "5.7.139",
            text: ServerText(
                "Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. Visit "
                    + "https://aka.ms/smtp_auth_disabled for more information."))
        let finding = Finding(
            id: .smtpAuthDisabledTenant, severity: .error, confidence: 0.97, service: .smtp, stage: .auth,
            summary: "SMTP AUTH is switched off for the whole organisation.",
            detail: "No password can help while the switch is off.", serverText: reply.quoted, evidence: ["smtp.auth"],
            remedy: Remedy(
                who: .admin,
                steps: [
                    "Open the Exchange admin center, Settings, Mail flow.",
                    .text(
                        "Clear \"Turn off SMTP AUTH protocol for your organization\", or switch SMTP AUTH on for this "
                            + "one mailbox only."),
                    "Wait up to an hour.",
                ],
                links: [
                    "https://learn.microsoft.com/en-us/exchange/clients-and-mobile-in-exchange-online/"
                        + "authenticated-client-smtp-submission"
                ]),
            retry: .afterSeconds(3600))
        return doctor(
            "smtp_auth_off_tenant", .actionNeeded,
            SampleParts.before + [
                SampleParts.refused(SampleParts.smtp, reply), SampleParts.loggedIn(SampleParts.imap),
            ],
            [finding]
        ) { $0.inboxType = .outlook365 }
    }()

    static func badCredentials(_ service: MailService, _ words: String) -> Finding {
        Finding(
            id: .badCredentials, severity: .error, confidence: 0.95, service: service, stage: .auth,
            summary: "The user name or the password is wrong.", detail: "", serverText: words,
            evidence: ["\(service.rawValue).auth"],
            remedy: Remedy(
                who: .user, steps: ["Check the password by signing in to the web mail.", "Type it again."],
                links: ["https://mail.example/help/password"]))
    }
}
