import MailLoopback
import MailModel
import Testing

/// One cell of the matrix of faults: what one server does, and what must be told of it.
struct FaultCell: Sendable, CustomTestStringConvertible {
    /// What the peer presents as its certificate.
    enum Identity: Hashable, Sendable {
        case good, expired, notYetValid, selfSigned, unknownIssuer, incompleteChain, none
        case named(String)
        case issuedBy(String)
    }

    var name: String
    var service: MailService
    var security: ConnectionSecurity
    /// What the server says; nil for nobody there.
    var script: String?
    var identity = Identity.good
    var newestTLS: TLSVersion?
    var dnsFault: DNSFault?
    /// Whether the host's name is in the zone.
    var isNamed = true
    /// Stage and cause, such as `auth bad_credentials`.
    var told: [String]
    /// The exit status that follows when the other side is in order.
    var status = 1
    /// Whether one login may have been sent.
    var loginAllowed = false

    /// The time that a run gets; nil for what the script makes likely.
    var patience: Duration?

    var testDescription: String { "\(service.rawValue)/\(security.rawValue): \(name)" }

    /// The time that a run gets: short where something is waited for in vain.
    var timeout: Duration {
        if let patience { return patience }
        let waits = script.map { $0.contains("! silence") || $0.contains("! drip") } ?? false
        return waits || dnsFault == .silent ? .seconds(4) : .seconds(60)
    }
}

/// What a sound server says, up to a certain point.
enum SoundPath {
    /// A server's part of the way.
    enum Point: Hashable, Sendable {
        /// Before its greeting.
        case greeting
        /// Before its answer to the first EHLO or CAPABILITY.
        case capabilities
        /// Before its answer to STARTTLS.
        case tls
        /// Before its answer to EHLO or CAPABILITY over TLS.
        case secured
        /// Before its answer to the login.
        case auth
    }

    static func script(_ service: MailService, _ security: ConnectionSecurity, to point: Point) -> String {
        service == .smtp ? smtp(security, point) : imap(security, point)
    }

    private static func smtp(_ security: ConnectionSecurity, _ point: Point) -> String {
        var script = ""
        if point == .greeting { return script }
        script += "S: 220 mail.small.test ESMTP\nC: EHLO *\n"
        if point == .capabilities || (security == .tls && point == .secured) { return script }
        if security == .starttls {
            script += "S: 250-mail.small.test\nS: 250 STARTTLS\nC: STARTTLS\n"
            if point == .tls { return script }
            script += "S: 220 go ahead\n! tls\nC: EHLO *\n"
            if point == .secured { return script }
        }
        return script + "S: 250-mail.small.test\nS: 250 AUTH PLAIN LOGIN\nC: AUTH *\n"
    }

    private static func imap(_ security: ConnectionSecurity, _ point: Point) -> String {
        var script = ""
        if point == .greeting { return script }
        script += "S: * OK ready\nC: * CAPABILITY\n"
        if point == .capabilities || (security == .tls && point == .secured) { return script }
        if security == .starttls {
            script += "S: * CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED\nS: {tag} OK done\nC: * STARTTLS\n"
            if point == .tls { return script }
            script += "S: {tag} OK begin\n! tls\nC: * CAPABILITY\n"
            if point == .secured { return script }
        }
        return script + "S: * CAPABILITY IMAP4rev1 AUTH=PLAIN\nS: {tag} OK done\nC: * LOGIN *\n"
    }
}
