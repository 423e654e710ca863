import MailModel

/// The mailbox, and a message sent to it.
extension SavedValue {
    func mailbox() throws(SavedReportError) -> MailboxFacts {
        let names = try self["special_use"]
        var specialUse: [String: ServerText] = [:]
        for key in try names.keys() { specialUse[key] = try names[key].words() }
        var quotas: [QuotaFacts] = []
        for item in try optional("quotas")?.list() ?? [] {
            quotas.append(
                QuotaFacts(
                    resource: try item["resource"].text(), used: try item["used"].integer(),
                    limit: try item["limit"].integer()))
        }
        return MailboxFacts(
            inboxMessages: try optional("inbox_messages")?.integer(),
            inboxRefusal: try optional("inbox_refusal")?.reply(), specialUse: specialUse,
            mailboxCount: try optional("mailbox_count")?.integer(),
            guessedUses: Set(try optional("guessed_uses")?.texts() ?? []),
            inboxOldest: try optional("inbox_oldest")?.date(), sentMessages: try optional("sent_messages")?.integer(),
            sentOldest: try optional("sent_oldest")?.date(), offersIdle: try optional("idle")?.flag(), quotas: quotas)
    }

    func delivery() throws(SavedReportError) -> DeliveryFacts {
        var methods: [DeliveryFacts.Method] = []
        for item in try self["methods"].list() {
            methods.append(DeliveryFacts.Method(name: try item["name"].text(), result: try item["result"].text()))
        }
        return DeliveryFacts(
            accepted: try optional("accepted")?.reply(), arrivedIn: try optional("arrived_in")?.words(),
            delay: try optional("delay_ms")?.duration(), authority: try optional("authority")?.words(),
            methods: methods)
    }
}
