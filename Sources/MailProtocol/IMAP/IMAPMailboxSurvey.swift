import MailModel

/// The look at the mailbox after a login, in two rounds.
///
/// ID, EXAMINE, GETQUOTAROOT and LIST go in one write, so that they cost one round trip; LIST comes last of these, since
/// it is the one answer that can be too long to be read to its end. Then, as evidence of the mailbox's age, the date on
/// which the first message of INBOX came in, and the same of the mailbox of sent ones. No message is read and nothing is
/// changed: EXAMINE opens read-only (RFC 9051, section 6.3.3), and INTERNALDATE is the server's own stamp.
struct IMAPMailboxSurvey: Sendable {
    private enum Command: Hashable, Sendable {
        case identify, examine, quota, list, firstDate, examineSent, firstSentDate
    }

    /// What was seen.
    private(set) var facts = MailboxFacts()
    /// What the server says it is (RFC 2971).
    private(set) var implementation: ServerText?
    /// The commands of the first round.
    let request: OutgoingData
    /// Whether the first round is through: what follows is good to have, and nothing rests on it.
    private(set) var isEssentialKnown = false

    private var pending: [(tag: String, command: Command)] = []
    private var messages: Int?
    private var date: [UInt8]?
    private var listed = 0
    private var sentName: [UInt8]?
    private var junkName: [UInt8]?
    private let redactor: Redactor

    /// Prepares a survey.
    ///
    /// - Parameters:
    ///   - capabilities: What the server offers after the login, as far as it has said so.
    ///   - tags: Four unused tags.
    ///   - redactor: Takes secrets out of what the server says.
    init(capabilities: IMAPCapabilities, tags: [String], redactor: Redactor) {
        self.redactor = redactor
        var commands: [(Command, String)] = [(.examine, "EXAMINE INBOX")]
        if capabilities.has("ID") { commands.insert((.identify, "ID (\"name\" \"mailconnect\")"), at: 0) }
        if capabilities.hasQuota { commands.append((.quota, "GETQUOTAROOT INBOX")) }
        commands.append((.list, capabilities.listCommand))
        facts.offersIdle = capabilities.names.isEmpty ? nil : capabilities.has("IDLE")
        let (request, pending) = Self.request(commands, tags: tags, redactor)
        self.request = request
        self.pending = pending
    }

    /// Whether all is answered.
    var isComplete: Bool { pending.isEmpty }

    /// Whether nothing but the list is missing.
    var isListing: Bool { pending.allSatisfy { $0.command == .list } && !isEssentialKnown }

    /// Takes untagged data.
    ///
    /// - Parameter response: Any data response.
    mutating func take(_ response: IMAPResponse) {
        switch response {
        case .exists(let count): messages = count
        case .list(let mailbox): take(mailbox)
        case .identification(let fields): identify(fields)
        case .internalDate(let octets): date = octets
        case .quota(let resources): facts.quotas += resources.prefix(max(0, 16 - facts.quotas.count)).map(shown)
        case .status, .capability, .continuation, .search, .header, .other: break
        }
    }

    /// Takes the answer to one of the commands.
    ///
    /// - Parameter status: A tagged response.
    /// - Returns: Whether the tag is one of ours.
    mutating func take(_ status: IMAPStatusResponse) -> Bool {
        guard let index = pending.firstIndex(where: { $0.tag == status.tag }) else { return false }
        let command = pending.remove(at: index).command
        let isGood = status.condition == .ok
        switch command {
        case .examine:
            if isGood { facts.inboxMessages = messages } else { facts.inboxRefusal = status.recorded(redactor) }
        case .examineSent: if isGood { facts.sentMessages = messages }
        case .firstDate: facts.inboxOldest = date.flatMap(IMAPDate.date)
        case .firstSentDate: facts.sentOldest = date.flatMap(IMAPDate.date)
        case .list: if isGood { stopListing() }
        case .identify, .quota: break
        }
        if command == .examine || command == .examineSent { messages = nil }
        date = nil
        return true
    }

    /// Is content with the mailboxes listed so far.
    mutating func stopListing() { facts.mailboxCount = listed }

    /// Where a message that has just been sent can turn up: to show, and to send.
    var arrivalPlaces: [(name: ServerText, command: String)] {
        let junk = junkName.flatMap { name in Self.quoted(name).map { (name: redactor.text(name), command: $0) } }
        return [(name: ServerText("INBOX"), command: "INBOX")] + [junk].compactMap { $0 }
    }

    /// Asks for nothing more.
    mutating func closeFirstRound() { isEssentialKnown = true }

    /// The second round.
    ///
    /// - Parameter tags: Three unused tags.
    /// - Returns: The commands, nil when there is nothing to ask for.
    mutating func followUp(tags: [String]) -> OutgoingData? {
        guard !isEssentialKnown else { return nil }
        isEssentialKnown = true
        var commands: [(Command, String)] = []
        let first = "FETCH 1 (INTERNALDATE)"
        if let count = facts.inboxMessages, count > 0 { commands.append((.firstDate, first)) }
        if let name = sentName.flatMap(Self.quoted) {
            // An empty mailbox answers the second with BAD, which is as good as a word.
            commands += [(.examineSent, "EXAMINE \(name)"), (.firstSentDate, first)]
        }
        guard !commands.isEmpty else { return nil }
        let (request, pending) = Self.request(commands, tags: tags, redactor)
        self.pending = pending
        return request
    }

    private static func request(
        _ commands: [(Command, String)], tags: [String], _ redactor: Redactor
    ) -> (OutgoingData, [(tag: String, command: Command)]) {
        let tagged = zip(tags, commands)
        let lines = tagged.map { "\($0) \($1.1)" }
        // The names of mailboxes are the server's words.
        let data = OutgoingData(
            octets: lines.flatMap { Array($0.utf8) + ASCII.lineEnd },
            shown: redactor.redact(lines.joined(separator: "; ")))
        return (data, tagged.map { (tag: $0, command: $1.0) })
    }

    /// A name as a quoted string; nil for one that would need a literal.
    private static func quoted(_ name: [UInt8]) -> String? {
        guard !name.isEmpty, name.count <= 255, name.allSatisfy({ (0x20...0x7E).contains($0) }) else { return nil }
        let escaped = name.flatMap { octet -> [UInt8] in
            "\"\\".utf8.contains(octet) ? [UInt8(ascii: "\\"), octet] : [octet]
        }
        return "\"\(String(decoding: escaped, as: UTF8.self))\""
    }

    private func shown(_ quota: QuotaFacts) -> QuotaFacts {
        var quota = quota
        quota.resource = redactor.text(quota.resource.utf8).escaped
        return quota
    }

    private mutating func take(_ mailbox: IMAPMailbox) {
        guard mailbox.exists else { return }
        listed += 1
        for use in mailbox.specialUses where facts.specialUse[use] == nil || facts.guessedUses.contains(use) {
            note(use, mailbox)
            facts.guessedUses.remove(use)
        }
        guard let guess = IMAPMailboxUse.guess(mailbox.name, delimiter: mailbox.delimiter),
            facts.specialUse[guess] == nil, mailbox.canBeOpened
        else { return }
        note(guess, mailbox)
        facts.guessedUses.insert(guess)
    }

    private mutating func note(_ use: String, _ mailbox: IMAPMailbox) {
        facts.specialUse[use] = redactor.text(mailbox.name)
        guard mailbox.canBeOpened else { return }
        if use == "\\Sent" { sentName = mailbox.name }
        if use == "\\Junk" { junkName = mailbox.name }
    }

    /// Keeps the name and the version, or all the values when there is no name.
    private mutating func identify(_ fields: [[UInt8]]) {
        let pairs = stride(from: 0, to: fields.count - 1, by: 2).map { (ASCII.keyword(fields[$0]), fields[$0 + 1]) }
        let named = ["NAME", "VERSION"].compactMap { key in pairs.first { $0.0 == key }?.1 }
        let values = named.isEmpty ? pairs.map(\.1) : named
        let known = values.filter { !$0.isEmpty && ASCII.keyword($0) != "NIL" }
        guard !known.isEmpty else { return }
        implementation = redactor.text(Array(known.joined(separator: [ASCII.space])))
    }
}
