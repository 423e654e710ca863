import Foundation
import MailModel
import MailProtocol

/// What a session has learnt, in the `=` lines of a dialogue.
enum FactLines {
    static func of(_ outcome: DialoguePlayer.Outcome) -> [String] {
        let record = outcome.record
        let all: [(String, String?)] = [
            ("end", outcome.end),
            ("stage", outcome.stage.rawValue),
            ("greeting", record.greeting?.quoted),
            ("capabilities before TLS", record.capabilitiesBeforeTLS.map(joined)),
            ("discarded", record.discardedPlaintext == 0 ? nil : "\(record.discardedPlaintext)"),
            ("capabilities", record.capabilities.map(joined)),
            ("mechanisms", record.mechanisms.isEmpty ? nil : record.mechanisms.joined(separator: " ")),
            ("login", record.login.map { "\($0.mechanism) \($0.username) \($0.reply.quoted)" }),
            ("OAuth error", record.login?.oauthError?.escaped),
            ("implementation", record.implementation?.escaped),
            ("mailbox", record.mailbox.map(line)),
            ("failure", record.failure.map { "\($0.stage.rawValue) \(line($0.failure))" }),
        ]
        return all.compactMap { key, value in value.map { "\(key): \($0)" } }
    }

    private static func joined(_ texts: [ServerText]) -> String {
        texts.isEmpty ? "none" : texts.map(\.escaped).joined(separator: " | ")
    }

    private static func line(_ mailbox: MailboxFacts) -> String {
        let uses = mailbox.specialUse.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        let parts = [
            "messages=\(mailbox.inboxMessages.map(String.init) ?? "?")",
            "mailboxes=\(mailbox.mailboxCount.map(String.init) ?? "?")", mailbox.inboxRefusal?.quoted,
        ]
        let bonus = [
            mailbox.inboxOldest.map { "inbox oldest=\($0.formatted(.iso8601))" },
            mailbox.sentMessages.map { "sent=\($0)" },
            mailbox.sentOldest.map { "sent oldest=\($0.formatted(.iso8601))" },
        ]
        let quotas = mailbox.quotas.map { "\($0.resource) \($0.used)/\($0.limit)" }
        return (parts.compactMap { $0 } + uses + bonus.compactMap { $0 } + quotas).joined(separator: "; ")
    }

    private static func line(_ failure: Failure) -> String {
        switch failure {
        case .rejected(let reply): "rejected: \(reply.quoted)"
        case .violation(let id, let text): "violation \(id.rawValue): \(text?.escaped ?? "-")"
        case .startTLSNotOffered: "STARTTLS not offered"
        case .loginNotOffered: "login not offered"
        case .noCommonMechanism(let offered): "no common mechanism: \(offered.joined(separator: " "))"
        case .unusableCredential(let id): "unusable credential: \(id.rawValue)"
        case .noAddress, .notConnected, .timedOut, .closed, .tls, .ourLimit: "not a session's failure"
        }
    }
}
