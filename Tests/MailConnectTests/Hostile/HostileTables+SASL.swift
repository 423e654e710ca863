import MailModel

/// Tricks around what is offered and around the login.
extension HostileTables {
    private static func auth(_ service: MailService) -> String { SoundPath.script(service, .tls, to: .auth) }

    /// What is offered differs between clear text and TLS.
    static let changed: [HostileCase] = {
        func smtp(_ name: String, _ clear: [String], _ secured: String) -> HostileCase {
            let lines = (clear.map { "S: 250-\($0)" } + ["S: 250 STARTTLS"]).joined(separator: "\n")
            return HostileCase(
                name, .smtp, .starttls,
                "S: 220 hi\nC: EHLO *\nS: 250-mail\n\(lines)\nC: STARTTLS\nS: 220 go\n! tls\nC: EHLO *\nS: 250-mail\n"
                    + "S: 250-\(secured)\nS: 250 AUTH PLAIN\nC: AUTH PLAIN *\nS: 235 in\nC: *",
                told: [.capabilitiesChanged], loginAllowed: true, successAllowed: true)
        }
        func imap(_ name: String, _ clear: String, _ secured: String) -> HostileCase {
            HostileCase(
                name, .imap, .starttls,
                "S: * OK hi\nC: * CAPABILITY\nS: * CAPABILITY IMAP4rev1 STARTTLS \(clear)\nS: {tag} OK\nC: * STARTTLS\n"
                    + "S: {tag} OK go\n! tls\nC: * CAPABILITY\nS: * CAPABILITY IMAP4rev1 \(secured)\nS: {tag} OK\n"
                    + "C: * LOGIN *\n" + SoundEnd.mailbox,
                told: [.capabilitiesChanged], loginAllowed: true, successAllowed: true)
        }
        return [
            smtp("a mechanism in clear that TLS does not have", ["AUTH PLAIN SCRAM-SHA-256"], "SIZE 1"),
            smtp("an extension in clear that TLS does not have", ["XEVIL", "SIZE 1"], "SIZE 1"),
            smtp("STARTTLS over TLS once more", ["SIZE 1"], "STARTTLS"),
            imap("a mechanism in clear that TLS does not have", "AUTH=PLAIN AUTH=SCRAM-SHA-256", "AUTH=PLAIN"),
            imap("an extension in clear that TLS does not have", "XEVIL", "AUTH=PLAIN"),
            imap("STARTTLS over TLS once more", "LOGINDISABLED", "STARTTLS AUTH=PLAIN"),
        ]
    }()

    /// Data about a mailbox before anybody has logged in.
    static let planted: [HostileCase] = ["* 5 EXISTS", "* LIST () \"/\" Evil", "* QUOTA \"\" (STORAGE 1 2)"].map {
        word in
        HostileCase(
            "planted before the login: \(word)", .imap, .tls,
            SoundPath.script(.imap, .tls, to: .secured) + "S: \(word)\n" + SoundEnd.script(.imap),
            told: [.unsolicitedReply], loginAllowed: true, successAllowed: true)
    }

    static let smtpLogins: [HostileCase] = {
        let early: Set<FindingID> = [.forgedSuccess, .unsolicitedReply]
        let secured = SoundPath.script(.smtp, .tls, to: .secured)
        func offering(_ mechanisms: String) -> String { secured + "S: 250-mail\nS: 250 AUTH \(mechanisms)\n" }
        func scram(_ challenge: String) -> String {
            offering("SCRAM-SHA-256") + "C: AUTH SCRAM-SHA-256 *\nS: 334 \(challenge)\nC: \\*\nS: 501 no\nC: *"
        }
        return [
            HostileCase(
                "success with the capabilities", .smtp, .tls,
                secured + "S: 250-mail\nS: 250 AUTH PLAIN\n! inject 235 welcome\n! silence", told: early),
            HostileCase(
                "success before the user name", .smtp, .tls,
                offering("LOGIN") + "C: AUTH LOGIN\nS: 235 welcome\nC: *", told: early, loginAllowed: true),
            HostileCase(
                "success before the password", .smtp, .tls,
                offering("LOGIN") + "C: AUTH LOGIN\nS: 334 VXNlcm5hbWU6\nC: *\nS: 235 welcome\nC: *", told: early,
                loginAllowed: true),
            HostileCase(
                "success before the SCRAM proof", .smtp, .tls,
                offering("SCRAM-SHA-256") + "C: AUTH SCRAM-SHA-256 *\nS: 235 welcome\nC: *", told: early,
                loginAllowed: true),
            HostileCase(
                "success before the CRAM answer", .smtp, .tls,
                offering("CRAM-MD5") + "C: AUTH CRAM-MD5\nS: 235 in\nC: *",
                told: early, loginAllowed: true),
            HostileCase(
                "SCRAM with a nonce of its own", .smtp, .tls, scram("cj14LHM9QUFBQSxpPTQwOTY="),
                told: [.protocolMismatch], loginAllowed: true),
            HostileCase("SCRAM, no base64", .smtp, .tls, scram("!!!"), told: [.protocolMismatch], loginAllowed: true),
            HostileCase("SCRAM, empty", .smtp, .tls, scram(""), told: [.protocolMismatch], loginAllowed: true),
            HostileCase(
                "SCRAM with an extension that must be understood", .smtp, .tls, scram("bT14LHI9eCxzPUFBQUEsaT00MDk2"),
                told: [.protocolMismatch], loginAllowed: true),
            HostileCase(
                "CRAM-MD5 with an empty challenge", .smtp, .tls,
                offering("CRAM-MD5") + "C: AUTH CRAM-MD5\nS: 334 \nC: \\*\nS: 501 no\nC: *", told: [.protocolMismatch],
                loginAllowed: true),
            HostileCase(
                "CRAM-MD5 with a challenge that is no base64", .smtp, .tls,
                offering("CRAM-MD5") + "C: AUTH CRAM-MD5\nS: 334 ???\nC: \\*\nS: 501 no\nC: *",
                told: [.protocolMismatch], loginAllowed: true),
            HostileCase(
                "CRAM-MD5 asked twice", .smtp, .tls,
                offering("CRAM-MD5")
                    + "C: AUTH CRAM-MD5\nS: 334 PDFAeD4=\nC: *\nS: 334 PDJAeD4=\nC: \\*\nS: 501 no\nC: *",
                told: [.protocolMismatch], loginAllowed: true),
            HostileCase(
                "asks for the password twice", .smtp, .tls,
                offering("LOGIN")
                    + "C: AUTH LOGIN\nS: 334 VXNlcm5hbWU6\nC: *\nS: 334 UGFzc3dvcmQ6\nC: *\nS: 334 UGFzc3dvcmQ6\nC: \\*\nS: 501 no\nC: *",
                told: [.protocolMismatch], loginAllowed: true),
            HostileCase(
                "challenges without end", .smtp, .tls, auth(.smtp) + "[again]\nS: 334 \nC: *\n! goto again",
                told: [.protocolMismatch], loginAllowed: true),
            HostileCase(
                "a challenge without end", .smtp, .tls,
                auth(.smtp) + "! flood 40 \(String(repeating: "A", count: 900))",
                told: [.protocolMismatch], loginAllowed: true),
            HostileCase(
                "a challenge before any login", .smtp, .tls, secured + "S: 334 dXNlcg==\nC: *",
                told: [.protocolMismatch]),
            HostileCase(
                "success for EHLO", .smtp, .tls, secured + "S: 235 welcome\nC: *", told: [.protocolMismatch]),
            HostileCase(
                "250 for AUTH", .smtp, .tls, auth(.smtp) + "S: 250 welcome\nC: *", told: [.protocolMismatch],
                loginAllowed: true),
            HostileCase(
                "220 for AUTH", .smtp, .tls, auth(.smtp) + "S: 220 welcome\nC: *", told: [.protocolMismatch],
                loginAllowed: true),
            HostileCase(
                "the password in the refusal", .smtp, .tls,
                auth(.smtp) + "S: 535 wrong: \(FaultRunner.password)\nC: *", told: [.badCredentials], loginAllowed: true
            ),
            HostileCase(
                "the blob in the refusal", .smtp, .tls,
                auth(.smtp) + "S: 535 wrong: AGphbmVAc21hbGwudGVzdABUcjBtYm9uZS1pbi10aGUtYXR0aWM=\nC: *",
                told: [.badCredentials], loginAllowed: true),
        ]
    }()

    static let imapLogins: [HostileCase] = {
        let secured = SoundPath.script(.imap, .tls, to: .secured)
        func offering(_ words: String) -> String { secured + "S: * CAPABILITY IMAP4rev1 \(words)\nS: {tag} OK done\n" }
        let early: Set<FindingID> = [.forgedSuccess, .unsolicitedReply, .protocolMismatch]
        return [
            HostileCase(
                "success with the capabilities", .imap, .tls,
                secured + "S: * CAPABILITY IMAP4rev1 AUTH=PLAIN\nS: {tag} OK done\n! inject a2 OK in\n! silence",
                told: early),
            HostileCase(
                "success before the SCRAM proof", .imap, .tls,
                offering("AUTH=SCRAM-SHA-256") + "C: * AUTHENTICATE *\nS: {tag} OK in\nC: *", told: early,
                loginAllowed: true),
            HostileCase(
                "success before the CRAM answer", .imap, .tls,
                offering("LOGINDISABLED AUTH=CRAM-MD5") + "C: * AUTHENTICATE *\nS: {tag} OK in\nC: *", told: early,
                loginAllowed: true),
            HostileCase(
                "success before the password", .imap, .tls,
                offering("LOGINDISABLED AUTH=LOGIN")
                    + "C: * AUTHENTICATE *\nS: + VXNlcm5hbWU6\nC: *\nS: a2 OK in\nC: *",
                told: early, loginAllowed: true),
            HostileCase(
                "a wrong tag", .imap, .tls, auth(.imap) + "S: zz OK in\nC: *", told: [.protocolMismatch],
                loginAllowed: true),
            HostileCase(
                "an untagged success, then silence", .imap, .tls, auth(.imap) + "S: * OK in\n! silence",
                told: [.connectTimeout], loginAllowed: true),
            HostileCase(
                "asks to go on", .imap, .tls, auth(.imap) + "S: + go on\nC: *", told: [.protocolMismatch],
                loginAllowed: true),
            HostileCase(
                "asks to go on before any login", .imap, .tls, secured + "S: + go on\nC: *", told: [.protocolMismatch]),
            HostileCase(
                "challenges without end", .imap, .tls,
                offering("LOGINDISABLED AUTH=PLAIN") + "C: * AUTHENTICATE *\n[again]\nS: + \nC: *\n! goto again",
                told: [.protocolMismatch], loginAllowed: true),
            HostileCase(
                "the password in the refusal", .imap, .tls,
                auth(.imap) + "S: {tag} NO [AUTHENTICATIONFAILED] \(FaultRunner.password)\nC: *",
                told: [.badCredentials],
                loginAllowed: true),
        ]
    }()
}
