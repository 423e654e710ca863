import MailModel

/// The classes of "Why TLS is better without STARTTLS" (USENIX Security 2021).
enum HostileTables {
    private static func path(_ service: MailService, _ point: SoundPath.Point) -> String {
        SoundPath.script(service, .starttls, to: point)
    }

    /// STARTTLS is taken out, disguised, refused, or answered with something else.
    static let stripping: [HostileCase] = {
        let hidden = ["AUTH PLAIN LOGIN", "XXXXXXXA", "XSTARTTLS", "STARTTLSX", "X STARTTLS", "STARTTLS\\0"]
        let smtp = hidden.map { line in
            HostileCase(
                "stripped: \(line)", .smtp, .starttls, path(.smtp, .capabilities) + "S: 250-mail\nS: 250 \(line)\nC: *",
                told: [.starttlsStripped])
        }
        let imap = ["AUTH=PLAIN", "XXXXXXXX", "XSTARTTLS", "STARTTLSX", "STARTTLS\\0", "LOGINDISABLED"].map { word in
            HostileCase(
                "stripped: \(word)", .imap, .starttls,
                path(.imap, .capabilities) + "S: * CAPABILITY IMAP4rev1 \(word)\nS: {tag} OK\nC: *",
                told: [.starttlsStripped])
        }
        let refusals: [(String, Set<FindingID>)] = [
            ("502 what", [.starttlsStripped, .unknownReply, .protocolMismatch]),
            ("454 not now", [.serverBusy]), ("550 no", [.unknownReply]),
            ("250 done", [.protocolMismatch]), ("235 welcome", [.protocolMismatch]),
            ("334 dXNlcg==", [.protocolMismatch]), ("354 go on", [.protocolMismatch]), ("221 bye", [.protocolMismatch]),
        ]
        let answers: [(String, Set<FindingID>)] = [
            ("{tag} BAD what", [.unknownReply, .starttlsStripped]),
            ("{tag} NO no", [.unknownReply, .starttlsStripped]),
            ("zz OK go", [.protocolMismatch]), ("+ go", [.protocolMismatch]),
            ("* PREAUTH you are in", [.protocolMismatch]), ("* BYE no", [.serverBusy, .unknownReply]),
            ("{tag} PREAUTH in", [.protocolMismatch]),
        ]
        return smtp + imap
            + refusals.map { answer, told in
                HostileCase(
                    "STARTTLS answered by \(answer)", .smtp, .starttls, path(.smtp, .tls) + "S: \(answer)\nC: *",
                    told: told)
            }
            + answers.map { answer, told in
                HostileCase(
                    "STARTTLS answered by \(answer)", .imap, .starttls, path(.imap, .tls) + "S: \(answer)\nC: *",
                    told: told)
            }
            + [
                HostileCase(
                    "HELO only", .smtp, .starttls,
                    path(.smtp, .capabilities) + "S: 502 what\nC: HELO *\nS: 250 hi\nC: *",
                    told: [.starttlsStripped]),
                HostileCase(
                    "EHLO answered by a success", .smtp, .starttls, path(.smtp, .capabilities) + "S: 235 welcome\nC: *",
                    told: [.protocolMismatch]),
            ]
    }()

    /// Clear text behind the go-ahead, in the same piece or in one of its own; then all goes on by the rules.
    static let injection: [HostileCase] = [MailService.smtp, .imap].flatMap { service -> [HostileCase] in
        let go = service == .smtp ? "S: 220 go ahead" : "S: {tag} OK begin"
        let greet = service == .smtp ? "EHLO *" : "* CAPABILITY"
        let end = "\n! tls\nC: \(greet)\n" + SoundEnd.script(service)
        let words =
            service == .smtp
            ? [
                "250 AUTH PLAIN", "250-mail\\r\\n250 AUTH LOGIN", "235 welcome", "334 dXNlcg==", "535 no", "421 bye",
                "\\0\\0\\0", "\\x1B[2J\\x1B[31mall is well", "220 again",
            ]
            : [
                "* CAPABILITY IMAP4rev1 AUTH=LOGIN", "a3 OK done", "a4 OK in", "* PREAUTH in", "* BYE bye",
                "* OK [ALERT] visit evil.test", "* 1 EXISTS", "* LIST () \\\"/\\\" Evil", "+ go on",
                "* OK [REFERRAL imap://evil.test/] there", "\\0\\0\\0",
            ]
        return words.flatMap { word -> [HostileCase] in
            let plain = word.replacing("\\\"", with: "\"")
            return [
                HostileCase(
                    "injected with the go-ahead: \(plain)", service, .starttls,
                    path(service, .tls) + go + "\n! inject \(plain)" + end, told: [.plaintextInjection],
                    loginAllowed: true, successAllowed: true)
            ]
        }
    }

    /// Answers that were there before their commands: they were written for a client that does not look when they came.
    static let canned: [HostileCase] = [
        HostileCase(
            "a whole session in one packet", .smtp, .starttls,
            "S: 220 hi\n! inject 250-hi\\r\\n250 STARTTLS\\r\\n220 go\\r\\n250 AUTH PLAIN\\r\\n235 in\n! silence",
            told: [.plaintextInjection]),
        HostileCase(
            "the go-ahead with the capabilities", .smtp, .starttls,
            path(.smtp, .capabilities) + "S: 250-mail\nS: 250 STARTTLS\n! inject 220 go\n! silence",
            told: [.plaintextInjection]),
        HostileCase(
            "a whole session in one packet", .imap, .starttls,
            "S: * OK hi\n! inject * CAPABILITY IMAP4rev1 STARTTLS\\r\\na1 OK done\\r\\na2 OK go\\r\\na3 OK in\n! silence",
            told: [.plaintextInjection]),
        HostileCase(
            "the go-ahead with the capabilities", .imap, .starttls,
            path(.imap, .capabilities)
                + "S: * CAPABILITY IMAP4rev1 STARTTLS\nS: {tag} OK done\n! inject a2 OK go\n! silence",
            told: [.plaintextInjection]),
    ]

    /// A greeting that says "you are logged in already", which rules STARTTLS out.
    static let preauth: [HostileCase] = [
        HostileCase("PREAUTH", .imap, .starttls, "S: * PREAUTH welcome\nC: *", told: [.protocolMismatch]),
        HostileCase(
            "PREAUTH with capabilities", .imap, .starttls,
            "S: * PREAUTH [CAPABILITY IMAP4rev1 STARTTLS AUTH=PLAIN] welcome\nC: *", told: [.protocolMismatch]),
        HostileCase(
            "PREAUTH with a referral", .imap, .starttls, "S: * PREAUTH [REFERRAL imap://evil.test/] welcome\nC: *",
            told: [.protocolMismatch]),
        HostileCase(
            "PREAUTH over TLS", .imap, .tls,
            "S: * PREAUTH [CAPABILITY IMAP4rev1 AUTH=PLAIN] welcome\nC: *", told: [.protocolMismatch]),
        HostileCase(
            "PREAUTH as an answer", .imap, .starttls, path(.imap, .capabilities) + "S: * PREAUTH in\nC: *",
            told: [.protocolMismatch]),
        HostileCase(
            "PREAUTH in the login", .imap, .tls, SoundPath.script(.imap, .tls, to: .auth) + "S: * PREAUTH in\nC: *",
            told: [.protocolMismatch], loginAllowed: true),
    ]

    /// Another server to go to.
    static let referrals: [HostileCase] = {
        let referral = "[REFERRAL imap://jane;AUTH=*@evil.test/]"
        let auth = SoundPath.script(.imap, .tls, to: .auth)
        let secured = SoundPath.script(.imap, .tls, to: .secured)
        return [
            HostileCase("BYE in clear", .imap, .starttls, "S: * BYE \(referral) go there", told: [.wrongHost]),
            HostileCase("BYE over TLS", .imap, .tls, "S: * BYE \(referral) go there", told: [.wrongHost]),
            HostileCase(
                "OK in the greeting", .imap, .tls,
                "S: * OK \(referral) hello\nC: * CAPABILITY\n" + SoundEnd.script(.imap), told: [.referralOffered],
                loginAllowed: true, successAllowed: true),
            HostileCase(
                "CAPABILITY refused", .imap, .tls, secured + "S: {tag} NO \(referral) no\nC: *", told: [.wrongHost]),
            HostileCase(
                "login refused", .imap, .tls, auth + "S: {tag} NO \(referral) moved\nC: *", told: [.wrongHost],
                loginAllowed: true),
            HostileCase(
                "login taken", .imap, .tls,
                auth + SoundEnd.mailbox.replacing("{tag} OK in", with: "{tag} OK \(referral) in"),
                told: [.referralOffered], loginAllowed: true, successAllowed: true),
            HostileCase(
                "INBOX refused", .imap, .tls,
                auth + "S: {tag} OK in\nC: * EXAMINE *\nS: {tag} NO \(referral) moved\nC: * LIST *\nS: {tag} OK\nC: *",
                told: [.referralOffered, .wrongHost], loginAllowed: true, successAllowed: true),
            HostileCase(
                "BYE in the login", .imap, .tls, auth + "S: * BYE \(referral) go there", told: [.wrongHost],
                loginAllowed: true),
        ]
    }()
}
