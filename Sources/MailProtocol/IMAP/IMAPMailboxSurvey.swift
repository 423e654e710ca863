import MailModel

/// The look at the mailbox after a login: ID, EXAMINE and LIST in one write, so that it costs one round trip.
///
/// No message is read and nothing is changed: EXAMINE opens INBOX read-only (RFC 9051, section 6.3.3). LIST comes last,
/// since it is the one answer that can be too long to be read to its end.
struct IMAPMailboxSurvey: Sendable {
    private enum Command: Hashable, Sendable {
        case identify, examine, list
    }

    /// What was seen.
    private(set) var facts = MailboxFacts()
    /// What the server says it is (RFC 2971).
    private(set) var implementation: ServerText?
    /// The three commands.
    let request: OutgoingData

    private var pending: [String: Command]
    private var messages: Int?
    private var listed = 0
    private let redactor: Redactor

    /// Prepares a survey.
    ///
    /// - Parameters:
    ///   - capabilities: What the server offers after the login, as far as it has said so.
    ///   - tags: Three unused tags.
    ///   - redactor: Takes secrets out of what the server says.
    init(capabilities: IMAPCapabilities, tags: [String], redactor: Redactor) {
        self.redactor = redactor
        var commands: [(Command, String)] = [(.examine, "EXAMINE INBOX")]
        if capabilities.has("ID") { commands.insert((.identify, "ID (\"name\" \"mailconnect\")"), at: 0) }
        let options = capabilities.listsSpecialUse ? " RETURN (SPECIAL-USE)" : ""
        commands.append((.list, "LIST \"\" \"*\"\(options)"))
        let tagged = zip(tags, commands)
        pending = Dictionary(uniqueKeysWithValues: tagged.map { ($0, $1.0) })
        let lines = tagged.map { "\($0) \($1.1)" }
        request = OutgoingData(
            octets: lines.flatMap { Array($0.utf8) + ASCII.lineEnd }, shown: lines.joined(separator: "; "))
    }

    /// Whether all is answered.
    var isComplete: Bool { pending.isEmpty }

    /// Whether nothing but the list is missing.
    var isListing: Bool { pending.values.allSatisfy { $0 == .list } }

    /// Takes untagged data.
    ///
    /// - Parameter response: Any data response.
    mutating func take(_ response: IMAPResponse) {
        switch response {
        case .exists(let count): messages = count
        case .list(let mailbox): take(mailbox)
        case .identification(let fields): identify(fields)
        case .status, .capability, .continuation, .other: break
        }
    }

    /// Takes the answer to one of the commands.
    ///
    /// - Parameter status: A tagged response.
    /// - Returns: Whether the tag is one of ours.
    mutating func take(_ status: IMAPStatusResponse) -> Bool {
        guard let tag = status.tag, let command = pending.removeValue(forKey: tag) else { return false }
        switch (command, status.condition) {
        case (.examine, .ok): facts.inboxMessages = messages
        case (.examine, _): facts.inboxRefusal = status.recorded(redactor)
        case (.list, .ok): stopListing()
        case (.list, _), (.identify, _): break
        }
        return true
    }

    /// Is content with the mailboxes listed so far.
    mutating func stopListing() { facts.mailboxCount = listed }

    private mutating func take(_ mailbox: IMAPMailbox) {
        guard mailbox.exists else { return }
        listed += 1
        for use in mailbox.specialUses where facts.specialUse[use] == nil {
            facts.specialUse[use] = redactor.text(mailbox.name)
        }
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
