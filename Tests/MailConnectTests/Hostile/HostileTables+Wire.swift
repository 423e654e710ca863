import MailModel

/// Floods, drips, NULs, escapes and lost connections.
extension HostileTables {
    static let floods: [HostileCase] = FaultTables.sides.flatMap { service, security -> [HostileCase] in
        let more = service == .smtp ? "250-X-MORE" : "* X-MORE"
        let wide = String(repeating: "x", count: 900)
        let secured = SoundPath.script(service, security, to: .secured)
        let auth = SoundPath.script(service, security, to: .auth)
        var cases = [
            HostileCase("a line without end", service, security, "! flood 60 \(wide)", told: [.protocolMismatch]),
            HostileCase(
                "capabilities without end", service, security, secured + "! flood 9000 \(more)",
                told: [.protocolMismatch]),
            HostileCase(
                "an answer to the login without end", service, security, auth + "! flood 9000 \(more)",
                told: [.protocolMismatch], loginAllowed: true),
            HostileCase(
                "a line without end in the login", service, security, auth + "! flood 60 \(wide)",
                told: [.protocolMismatch], loginAllowed: true),
        ]
        if service == .imap {
            cases += [
                HostileCase(
                    "a literal of a gigabyte", service, security,
                    secured + "S: * LIST () \"/\" {1073741824}\n! silence",
                    told: [.protocolMismatch]),
                HostileCase(
                    "a literal that never comes", service, security, secured + "S: * LIST () \"/\" {60000}\n! silence",
                    told: [.connectTimeout]),
                HostileCase(
                    "a literal of more digits than there are", service, security,
                    secured + "S: * LIST () \"/\" {99999999999999999999}\n! silence",
                    told: [.protocolMismatch, .connectTimeout]),
            ]
        }
        return cases
    }

    static let drips: [HostileCase] = FaultTables.sides.flatMap { service, security -> [HostileCase] in
        let slow = "! drip 150\nS: \(service == .smtp ? "250-" : "* ")\(String(repeating: "z", count: 300))"
        return [
            HostileCase("drips its greeting", service, security, slow, told: [.connectTimeout, .protocolMismatch]),
            HostileCase(
                "drips its capabilities", service, security, SoundPath.script(service, security, to: .secured) + slow,
                told: [.connectTimeout]),
            HostileCase(
                "drips its answer to the login", service, security,
                SoundPath.script(service, security, to: .auth) + slow,
                told: [.connectTimeout], loginAllowed: true),
        ]
    }

    static let characters: [HostileCase] = [MailService.smtp, .imap].flatMap { service -> [HostileCase] in
        let isSMTP = service == .smtp
        let greet = isSMTP ? "EHLO *" : "* CAPABILITY"
        let refuse = isSMTP ? "S: 535 5.7.8" : "S: {tag} NO [AUTHENTICATIONFAILED]"
        let ready = isSMTP ? "S: 220" : "S: * OK"
        let tricks = [
            ("NUL", "hi\\0there"), ("an escape", "\\x1B[2J\\x1B[1;31mgone"), ("a bell", "ding\\x07"),
            ("a carriage return", "good\\rbad"), ("backspaces", "bad\\x08\\x08\\x08good"),
        ]
        return tricks.flatMap { name, text in
            [
                HostileCase(
                    "\(name) in the greeting", service, .tls,
                    "\(ready) \(text)\nC: \(greet)\n" + SoundEnd.script(service),
                    told: [.controlCharacters], loginAllowed: true, successAllowed: true),
                HostileCase(
                    "\(name) in the refusal", service, .tls,
                    SoundPath.script(service, .tls, to: .auth) + "\(refuse) \(text)\nC: *",
                    told: [.controlCharacters], loginAllowed: true),
            ]
        }
    }

    static let alerts: [HostileCase] = [
        HostileCase(
            "an alert in the greeting", .imap, .tls,
            "S: * OK [ALERT] log in at http://evil.test/\nC: * CAPABILITY\n" + SoundEnd.script(.imap),
            told: [.serverAlert], loginAllowed: true, successAllowed: true),
        HostileCase(
            "an alert before the login", .imap, .tls,
            SoundPath.script(.imap, .tls, to: .secured) + "S: * OK [ALERT] \\x1B[2J call us\n" + SoundEnd.script(.imap),
            told: [.serverAlert], loginAllowed: true, successAllowed: true),
    ]

    static let lost: [HostileCase] = FaultTables.sides.flatMap { service, security -> [HostileCase] in
        let points: [(SoundPath.Point, String)] = [
            (.greeting, "at once"), (.secured, "over TLS"), (.auth, "in the login"),
        ]
        return points.flatMap { point, place in
            ["! close", "! pause 20\n! reset"].map { ending in
                HostileCase(
                    "\(ending.hasSuffix("reset") ? "resets" : "closes") \(place)", service, security,
                    SoundPath.script(service, security, to: point) + ending, told: [.serverBusy, .protocolMismatch],
                    loginAllowed: point == .auth)
            }
        }
    }
}
