import MailModel

/// The cells between the greeting and the login.
extension FaultTables {
    static let capabilities: [FaultCell] = sides.flatMap { service, security -> [FaultCell] in
        let points: [(SoundPath.Point, String)] =
            security == .starttls ? [(.capabilities, "in clear"), (.secured, "over TLS")] : [(.secured, "over TLS")]
        return points.flatMap { point, place in
            rows(service).map { name, answer, told, status in
                FaultCell(
                    name: "\(name), \(place)", service: service, security: security,
                    script: SoundPath.script(service, security, to: point) + answer, told: [told], status: status)
            }
        }
    }

    private static func rows(_ service: MailService) -> [(String, String, String, Int)] {
        let shared = [
            ("silence", "! silence", "capabilities connect_timeout", 2),
            ("closes", "! close", "capabilities server_busy", 2),
            ("resets", "! pause 20\n! reset", "capabilities server_busy", 2),
            ("nonsense", "S: what now", "capabilities protocol_mismatch", 1),
        ]
        switch service {
        case .smtp:
            return shared + [
                ("closing", "S: 421 4.3.0 closing", "capabilities server_busy", 2),
                ("codes that differ", "S: 250-hi\nS: 220 there", "capabilities protocol_mismatch", 1),
                ("a reply without end", "! flood 5000 250-X-MORE", "capabilities protocol_mismatch", 1),
                ("a challenge", "S: 334 dXNlcg==", "capabilities protocol_mismatch", 1),
            ]
        case .imap:
            return shared + [
                ("goodbye", "S: * BYE [UNAVAILABLE] closing", "capabilities server_busy", 2),
                ("a wrong tag", "S: zz9 OK done", "capabilities protocol_mismatch", 1),
                ("responses without end", "! flood 5000 * X-MORE", "capabilities protocol_mismatch", 1),
                ("a request to go on", "S: + go on", "capabilities protocol_mismatch", 1),
            ]
        }
    }

    static let startTLS: [FaultCell] = [MailService.smtp, .imap].flatMap { service -> [FaultCell] in
        let isSMTP = service == .smtp
        let bare = isSMTP ? "S: 250-mail\nS: 250 AUTH PLAIN LOGIN" : "S: * CAPABILITY IMAP4rev1 AUTH=PLAIN\nS: {tag} OK"
        let go = isSMTP ? "S: 220 go ahead" : "S: {tag} OK go ahead"
        var rows: [(String, SoundPath.Point, String, String, Int)] = [
            ("no STARTTLS", .capabilities, bare, "tls starttls_stripped", 1),
            ("silence after STARTTLS", .tls, "! silence", "tls connect_timeout", 2),
            ("closes after STARTTLS", .tls, "! close", "tls server_busy", 2),
            ("silence in the handshake", .tls, go + "\n! silence", "tls connect_timeout", 2),
            ("closes in the handshake", .tls, go + "\n! close", "tls protocol_mismatch", 2),
            (
                "clear text in place of a handshake", .tls,
                go + "\n! hear\n! flood 3000 all is well, send your password\n! silence",
                "tls protocol_mismatch", 1
            ),
            (
                "a fatal alert", .tls, go + "\n! hear\n" + alert("50"), "tls protocol_mismatch",
                1
            ),
            (
                "nothing in common", .tls, go + "\n! hear\n" + alert("28"),
                "tls tls_version_mismatch", 1
            ),
            (
                "no such version", .tls, go + "\n! hear\n" + alert("46"),
                "tls tls_version_mismatch", 1
            ),
        ]
        if isSMTP {
            rows += [
                ("HELO only", .capabilities, "S: 502 what\nC: HELO *\nS: 250 hi", "tls starttls_stripped", 1),
                ("TLS not available", .tls, "S: 454 4.7.0 TLS not available", "tls server_busy", 2),
            ]
        } else {
            rows += [("goodbye to STARTTLS", .tls, "S: * BYE [UNAVAILABLE] later", "tls server_busy", 2)]
        }
        return rows.map { name, point, answer, told, status in
            FaultCell(
                name: name, service: service, security: .starttls,
                script: SoundPath.script(service, .starttls, to: point) + answer, told: [told], status: status)
        }
    }

    /// An alert of its own, once the client has said hello.
    private static func alert(_ number: String) -> String {
        "! pause 150\nS-noeol: \\x15\\x03\\x03\\0\\x02\\x02\\x\(number)\n! silence"
    }

    static let certificates: [FaultCell] = sides.flatMap { service, security -> [FaultCell] in
        let rows: [(String, FaultCell.Identity, String)] = [
            ("expired", .expired, "cert_expired"), ("not yet valid", .notYetValid, "cert_expired"),
            ("self-signed", .selfSigned, "cert_invalid"), ("unknown issuer", .unknownIssuer, "cert_invalid"),
            ("incomplete chain", .incompleteChain, "cert_invalid"),
            ("another's name", .named("other.test"), "cert_name_mismatch"),
            ("a wildcard that does not fit", .named("*.other.test"), "cert_name_mismatch"),
            ("an antivirus program", .issuedBy("Avast Web/Mail Shield Root"), "proxy_or_antivirus_interception"),
            ("a proxy", .issuedBy("Zscaler Root CA"), "proxy_or_antivirus_interception"),
        ]
        let script = SoundPath.script(service, security, to: .secured) + loginOffer(service) + "C: *"
        var cells = rows.map { name, identity, id in
            FaultCell(
                name: name, service: service, security: security, script: script, identity: identity,
                told: ["tls \(id)"])
        }
        var old = FaultCell(
            name: "TLS 1.1 and no later", service: service, security: security, script: script,
            told: ["tls tls_version_mismatch"])
        old.newestTLS = TLSVersion("TLSv1.1")
        cells.append(old)
        return cells
    }

    static let wrongModes: [FaultCell] = [MailService.smtp, .imap].flatMap { service -> [FaultCell] in
        let greeting = service == .smtp ? "S: 220 hi\n! silence" : "S: * OK hi\n! silence"
        var clear = FaultCell(
            name: "clear text on a TLS port", service: service, security: .tls, script: greeting,
            told: ["tls wrong_port"])
        clear.identity = .none
        var http = FaultCell(
            name: "HTTP on a TLS port", service: service, security: .tls,
            script: "S: HTTP/1.1 400 Bad Request\n! silence", told: ["tls protocol_mismatch"])
        http.identity = .none
        var silent = FaultCell(
            name: "silence on a TLS port", service: service, security: .tls, script: "! silence",
            told: ["tls connect_timeout"], status: 2)
        silent.identity = .none
        return [clear, http, silent]
    }

    private static func loginOffer(_ service: MailService) -> String {
        service == .smtp
            ? "S: 250-mail\nS: 250 AUTH PLAIN LOGIN\n" : "S: * CAPABILITY IMAP4rev1 AUTH=PLAIN\nS: {tag} OK\n"
    }

    static let mechanisms: [FaultCell] = {
        func smtp(_ name: String, _ offer: String, _ told: String) -> FaultCell {
            FaultCell(
                name: name, service: .smtp, security: .tls,
                script: SoundPath.script(.smtp, .tls, to: .secured) + "S: 250-mail\nS: 250 \(offer)\nC: *",
                told: ["auth \(told)"])
        }
        func imap(_ name: String, _ offer: String, _ told: String) -> FaultCell {
            FaultCell(
                name: name, service: .imap, security: .tls,
                script: SoundPath.script(.imap, .tls, to: .secured)
                    + "S: * CAPABILITY IMAP4rev1 \(offer)\nS: {tag} OK\nC: *", told: ["auth \(told)"])
        }
        return [
            smtp("no AUTH", "SIZE 1000", "wrong_port"),
            smtp("GSSAPI and NTLM only", "AUTH GSSAPI NTLM", "basic_auth_disabled"),
            smtp("XOAUTH2 only", "AUTH XOAUTH2", "oauth_required"),
            smtp("OAUTHBEARER only", "AUTH OAUTHBEARER", "oauth_required"),
            smtp("EXTERNAL only", "AUTH EXTERNAL", "basic_auth_disabled"),
            imap("LOGINDISABLED", "LOGINDISABLED", "basic_auth_disabled"),
            imap("GSSAPI only", "LOGINDISABLED AUTH=GSSAPI AUTH=NTLM", "basic_auth_disabled"),
            imap("XOAUTH2 only", "LOGINDISABLED AUTH=XOAUTH2", "oauth_required"),
            imap("OAUTHBEARER only", "LOGINDISABLED AUTH=OAUTHBEARER", "oauth_required"),
        ]
    }()
}
