import MailLoopback
import MailModel
import Testing

/// One hostile server: what it tries, and which findings would tell it.
struct HostileCase: Sendable, CustomTestStringConvertible {
    /// The scripted server, its side and its mode.
    var cell: FaultCell
    /// One of these has to be told.
    var told: Set<FindingID>
    /// Whether the login may be called a success: only where the server does log in by the rules, all tricks aside.
    var successAllowed = false

    var testDescription: String { cell.testDescription }

    /// A server that never earns a success.
    init(
        _ name: String, _ service: MailService, _ security: ConnectionSecurity, _ script: String,
        told: Set<FindingID>, loginAllowed: Bool = false, successAllowed: Bool = false
    ) {
        cell = FaultCell(
            name: name, service: service, security: security, script: script, told: [], loginAllowed: loginAllowed)
        self.told = told
        self.successAllowed = successAllowed
    }
}

/// What a sound server says to the end, for tricks that leave the rest in order.
enum SoundEnd {
    /// From the answer to EHLO or CAPABILITY over TLS to the farewell, with a login that passes.
    static func script(_ service: MailService) -> String {
        switch service {
        case .smtp:
            "S: 250-mail.small.test\nS: 250 AUTH PLAIN LOGIN\nC: AUTH PLAIN *\nS: 235 welcome\nC: QUIT\nS: 221 bye"
        case .imap: "S: * CAPABILITY IMAP4rev1 AUTH=PLAIN\nS: {tag} OK done\nC: * LOGIN *\n" + mailbox
        }
    }

    /// From the answer to LOGIN to the farewell.
    static let mailbox = """
        S: {tag} OK in
        C: * EXAMINE INBOX
        S: * 0 EXISTS
        S: {tag} OK done
        C: * LIST *
        S: * LIST () "/" INBOX
        S: {tag} OK done
        C: * LOGOUT
        S: * BYE bye
        """
}
