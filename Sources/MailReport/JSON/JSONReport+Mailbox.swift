import Foundation
import MailModel

/// The facts about the mailbox and about a message sent to it.
extension JSONReport {
    static func mailbox(_ facts: MailboxFacts) -> JSONValue {
        let specialUse = facts.specialUse.sorted { $0.key < $1.key }
        return [
            "kind": .text("mailbox"),
            "inbox_messages": .optional(facts.inboxMessages),
            "inbox_refusal": facts.inboxRefusal.map(reply) ?? .null,
            "inbox_oldest": date(facts.inboxOldest),
            "sent_messages": .optional(facts.sentMessages),
            "sent_oldest": date(facts.sentOldest),
            "special_use": .object(specialUse.map { JSONValue.Member(key: $0.key, value: .text($0.value.escaped)) }),
            "guessed_uses": .texts(facts.guessedUses.sorted()),
            "mailbox_count": .optional(facts.mailboxCount),
            "idle": facts.offersIdle.map { .flag($0) } ?? .null,
            "quotas": .list(facts.quotas.map(quota)),
        ]
    }

    static func delivery(_ facts: DeliveryFacts) -> JSONValue {
        [
            "kind": .text("delivery"),
            "accepted": facts.accepted.map(reply) ?? .null,
            "arrived_in": .optional(facts.arrivedIn?.escaped),
            "delay_ms": JSONTime.milliseconds(facts.delay),
            "authority": .optional(facts.authority?.escaped),
            "methods": .list(
                facts.methods.map { ["name": .text($0.name), "result": .text($0.result)] as JSONValue }),
        ]
    }

    /// A moment; null when it is not known.
    static func date(_ date: Date?) -> JSONValue { date.map { .text(JSONTime.text($0)) } ?? .null }

    private static func quota(_ quota: QuotaFacts) -> JSONValue {
        ["resource": .text(quota.resource), "used": .integer(quota.used), "limit": .integer(quota.limit)]
    }
}
