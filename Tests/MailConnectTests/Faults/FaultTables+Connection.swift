import MailLoopback
import MailModel

/// The cells up to the moment when a server has greeted.
enum FaultTables {
    /// Every side in every mode.
    static let sides: [(MailService, ConnectionSecurity)] = [
        (.smtp, .starttls), (.smtp, .tls), (.imap, .starttls), (.imap, .tls),
    ]

    static let dns: [FaultCell] = sides.flatMap { service, security -> [FaultCell] in
        func cell(_ name: String, _ told: String, _ status: Int) -> FaultCell {
            FaultCell(name: name, service: service, security: security, told: [told], status: status)
        }
        var missing = cell("NXDOMAIN", "dns wrong_host", 1)
        missing.isNamed = false
        var cells = [missing]
        for (fault, name) in [
            (DNSFault.serverFailure, "SERVFAIL"), (.refused, "REFUSED"), (.silent, "no answer"), (.garbage, "garbage"),
        ] {
            var broken = cell(name, "dns dns_failure", 2)
            broken.dnsFault = fault
            cells.append(broken)
        }
        return cells + [cell("nobody listens", "connect connect_refused", 2)]
    }

    static let greetings: [FaultCell] = sides.flatMap { service, security -> [FaultCell] in
        let other = service == .smtp ? "* OK IMAP4rev1 ready" : "220 mail.small.test ESMTP"
        let busy = service == .smtp ? "421 4.3.2 Service not available, try later" : "* BYE [UNAVAILABLE] try later"
        let rows: [(String, String, String, Int)] = [
            ("no greeting", "! silence", "greeting connect_timeout", 2),
            ("closes at once", "! close", "greeting server_busy", 2),
            ("resets at once", "! pause 20\n! reset", "greeting server_busy", 2),
            ("is busy", "S: \(busy)", "greeting server_busy", 2),
            ("speaks the other mail protocol", "S: \(other)", "greeting protocol_mismatch", 1),
            ("speaks HTTP", "S: HTTP/1.1 400 Bad Request", "greeting protocol_mismatch", 1),
            ("speaks POP3", "S: +OK POP3 ready", "greeting protocol_mismatch", 1),
            ("speaks SSH", "S: SSH-2.0-OpenSSH_9.2", "greeting protocol_mismatch", 1),
            ("garbage", "S: \\x01\\x02\\xFF\\xFEqqq", "greeting protocol_mismatch", 1),
            ("NULs", "S: \\0\\0\\0\\0", "greeting protocol_mismatch", 1),
            ("an empty code", "S: 999 what", "greeting protocol_mismatch", 1),
            ("a line without end", "! flood 40 \(String(repeating: "x", count: 900))", "greeting protocol_mismatch", 1),
            (
                "a greeting octet by octet, without end",
                "! drip 200\nS: \(service == .smtp ? "220-" : "* ")\(String(repeating: "z", count: 400))",
                "greeting connect_timeout", 2
            ),
        ]
        return rows.map { name, script, told, status in
            FaultCell(
                name: name, service: service, security: security, script: script, told: [told], status: status)
        }
    }

    static let refusedGreetings: [FaultCell] = [
        FaultCell(
            name: "a TLS record in place of a greeting", service: .smtp, security: .starttls,
            script: "S: \\x15\\x03\\x01\\0\\x02\\x02\\x46", told: ["greeting wrong_port"]),
        FaultCell(
            name: "a TLS record in place of a greeting", service: .imap, security: .starttls,
            script: "S: \\x15\\x03\\x01\\0\\x02\\x02\\x46", told: ["greeting wrong_port"]),
        FaultCell(
            name: "greets with PREAUTH", service: .imap, security: .starttls, script: "S: * PREAUTH welcome",
            told: ["greeting protocol_mismatch"]),
        FaultCell(
            name: "greets with NO", service: .imap, security: .tls, script: "S: * NO go away",
            told: ["greeting protocol_mismatch"]),
        FaultCell(
            name: "a reply without end", service: .smtp, security: .starttls,
            script: "! flood 5000 220-mail.small.test",
            told: ["greeting protocol_mismatch"]),
        FaultCell(
            name: "codes that differ", service: .smtp, security: .starttls, script: "S: 220-hi\nS: 250 there",
            told: ["greeting protocol_mismatch"]),
        FaultCell(
            name: "250 in place of 220", service: .smtp, security: .starttls, script: "S: 250 hi",
            told: ["greeting protocol_mismatch"]),
    ]
}
