import MailModel

/// The cells of the login and of the mailbox behind it.
extension FaultTables {
    static let smtpLogins: [FaultCell] = {
        let rows: [(String, String, String, Int)] = [
            ("wrong password", "S: 535 5.7.8 Error: authentication failed:", "bad_credentials", 1),
            ("wrong password, bare", "S: 535 Incorrect authentication data", "bad_credentials", 1),
            ("wrong password, echoed", "S: 535 5.7.8 wrong: \(FaultRunner.password)", "bad_credentials", 1),
            ("locked", "S: 525 5.7.13 User account disabled", "account_locked", 1),
            ("temporary", "S: 454 4.7.0 Temporary authentication failure", "server_busy", 2),
            ("too many AUTH", "S: 450 4.7.1 Error: too many AUTH commands from 192.0.2.1", "too_many_logins", 2),
            ("too many errors", "S: 421 4.7.0 mail.small.test Error: too many errors", "rate_limited", 2),
            ("closing", "S: 421 4.3.0 closing", "server_busy", 2),
            ("TLS wanted", "S: 530 5.7.0 Must issue a STARTTLS command first", "tls_required", 1),
            ("plaintext refused", "S: 523 5.7.10 Plaintext authentication disabled.", "plaintext_refused", 1),
            ("silence", "! silence", "connect_timeout", 2),
            ("closes", "! close", "server_busy", 2),
            ("resets", "! pause 20\n! reset", "server_busy", 2),
            ("challenges without end", "[again]\nS: 334 \nC: *\n! goto again", "protocol_mismatch", 1),
            ("a challenge to PLAIN, then no", "S: 334 d2hhdA==\nC: \\*\nS: 501 cancelled", "protocol_mismatch", 1),
            ("nonsense", "S: what now", "protocol_mismatch", 1),
            ("codes that differ", "S: 235-welcome\nS: 535 no", "protocol_mismatch", 1),
            ("250 in place of 235", "S: 250 fine", "protocol_mismatch", 1),
            ("words of nobody", "S: 599 the moon is in the wrong house", "unknown_reply", 1),
        ]
        return login(.smtp, rows)
    }()

    static let imapLogins: [FaultCell] = {
        let rows: [(String, String, String, Int)] = [
            ("wrong password", "S: {tag} NO [AUTHENTICATIONFAILED] Authentication failed.", "bad_credentials", 1),
            ("wrong password, no code", "S: {tag} NO Login failed.", "bad_credentials", 1),
            (
                "wrong password, echoed", "S: {tag} NO [AUTHENTICATIONFAILED] \(FaultRunner.password) is wrong",
                "bad_credentials", 1
            ),
            ("not available", "S: {tag} NO [UNAVAILABLE] Temporary authentication failure.", "server_busy", 2),
            (
                "too many connections", "S: {tag} NO [LIMIT] Maximum number of connections exceeded", "too_many_logins",
                2
            ),
            ("the administrator must help", "S: {tag} NO [CONTACTADMIN] Account is disabled.", "account_locked", 1),
            ("privacy wanted", "S: {tag} NO [PRIVACYREQUIRED] Plaintext not allowed", "tls_required", 1),
            ("goodbye", "S: * BYE [UNAVAILABLE] closing", "server_busy", 2),
            ("moved away", "S: {tag} NO [REFERRAL imap://jane@imap9.evil.test/] Remote server", "wrong_host", 1),
            ("silence", "! silence", "connect_timeout", 2), ("closes", "! close", "server_busy", 2),
            ("resets", "! pause 20\n! reset", "server_busy", 2),
            ("a wrong tag", "S: zz9 OK welcome", "protocol_mismatch", 1),
            ("a request to go on", "S: + go on", "protocol_mismatch", 1),
            ("nonsense", "S: what now", "protocol_mismatch", 1),
            ("PREAUTH", "S: * PREAUTH welcome", "protocol_mismatch", 1),
            ("responses without end", "! flood 5000 * X-MORE", "protocol_mismatch", 1),
        ]
        return login(.imap, rows)
    }()

    private static func login(_ service: MailService, _ rows: [(String, String, String, Int)]) -> [FaultCell] {
        [ConnectionSecurity.starttls, .tls].flatMap { security in
            rows.map { name, answer, id, status in
                FaultCell(
                    name: "login: \(name)", service: service, security: security,
                    script: SoundPath.script(service, security, to: .auth) + answer, told: ["auth \(id)"],
                    status: status, loginAllowed: true)
            }
        }
    }

    static let mailboxes: [FaultCell] = {
        let list = "C: * LIST *\nS: * LIST () \"/\" INBOX\nS: {tag} OK done\nC: *"
        let rows: [(String, String, [String], Int)] = [
            ("all is well", "S: * 0 EXISTS\nS: {tag} OK done\n" + list, [], 0),
            ("no INBOX", "S: {tag} NO [NONEXISTENT] no such mailbox\n" + list, ["mailbox mailbox_missing"], 1),
            ("not available", "S: {tag} NO [UNAVAILABLE] try later\n" + list, ["mailbox server_busy"], 2),
            ("over quota", "S: {tag} NO [OVERQUOTA] over quota\n" + list, ["mailbox quota_exceeded"], 1),
            ("goodbye", "S: * BYE [UNAVAILABLE] closing", ["mailbox server_busy"], 2),
            ("closes", "! close", ["mailbox server_busy"], 2),
            ("silence", "! silence", ["mailbox connect_timeout"], 2),
            ("a wrong tag", "S: zz9 OK done", ["mailbox protocol_mismatch"], 1),
            ("no list", "S: * 0 EXISTS\nS: {tag} OK done\nC: * LIST *\nS: {tag} NO [SERVERBUG] no\nC: *", [], 0),
            (
                "silent once all is known",
                "S: * 3 EXISTS\nS: {tag} OK done\nC: * LIST *\nS: {tag} OK done\nC: * FETCH *\n! silence", [], 0
            ),
            (
                "closes once all is known",
                "S: * 3 EXISTS\nS: {tag} OK done\nC: * LIST *\nS: {tag} OK done\nC: * FETCH *\n! close", [], 0
            ),
        ]
        return rows.map { name, answer, told, status in
            FaultCell(
                name: "mailbox: \(name)", service: .imap, security: .tls,
                script: SoundPath.script(.imap, .tls, to: .auth) + "S: {tag} OK in\nC: * EXAMINE INBOX\n" + answer,
                told: told, status: status, loginAllowed: true)
        }
    }()
}
