import MailJSON
import MailModel

/// Mail domains of which little more is known than whose mailboxes they are: the file `consumers.json`. A file a profile for
/// each would say the same eleven empty parts hundreds of times, and reading them took a third of the time of loading.
struct ConsumerTable: Sendable {
    /// The file; a catalogue can do without.
    static let file = "consumers.json"

    /// Those that were learnt at one place.
    var blocks: [Block]
    /// What all of their profiles say of what is not known.
    var notes: [String]
    private var about: String

    /// Operators that one source names.
    struct Block: Sendable {
        /// Where it was learnt that people have mailboxes there.
        var source: String
        /// When that was looked up.
        var date: CatalogDate
        /// The day on the page itself.
        var published: String?
        /// What the source is, or says.
        var note: String?
        /// How sure it is; nil for what the kind of source makes it.
        var confidence: SourceConfidence?
        /// Who they are.
        var operators: [Operator]
    }

    /// One of them.
    struct Operator: Sendable {
        /// The id of its profile; nil for the first domain with underscores.
        var id: String?
        /// The name for people; nil for the first domain.
        var name: String?
        /// The domains of its customers' addresses.
        var domains: [MailDomainPattern]
    }

    /// The profiles, in the order of the file, each with its place.
    ///
    /// - Parameter isWanted: Whether an operator is; the others are left out.
    /// - Returns: The profiles. Such a profile has no servers: the DNS of the domain gives them.
    func profiles(where isWanted: (Operator) -> Bool = { _ in true }) -> [Located<ProviderProfile>] {
        blocks.enumerated().flatMap { number, block in
            block.operators.enumerated().filter { isWanted($0.element) }.map { row, one in
                Located(
                    value: profile(of: one, block), file: Self.file, keyPath: "blocks[\(number)].operators[\(row)]")
            }
        }
    }

    private func profile(of one: Operator, _ block: Block) -> ProviderProfile {
        ProviderProfile(
            id: one.profileID, like: nil, name: one.name ?? one.firstDomain, house: nil, kind: .consumer,
            inboxType: .customSMTP, domains: one.domains, consumerDomains: .none, mxPatterns: [],
            fingerprints: Fingerprints(), smtp: [], imap: [], usernameNote: nil, password: .notKnown, loginEndings: [],
            switches: [], restrictions: [], regions: [], limits: [], dailyCap: nil, pace: .unknown, links: [],
            notes: notes,
            sources: [
                SourceReference(
                    sections: [.domains], source: block.source, date: block.date, published: block.published,
                    note: block.note, confidence: block.confidence)
            ])
    }
}

extension ConsumerTable.Operator {
    /// The id of its profile.
    var profileID: String {
        id ?? String(decoding: firstDomain.utf8.map { Self.isPartOfAnID($0) ? $0 : UInt8(ascii: "_") }, as: UTF8.self)
    }

    fileprivate var firstDomain: String { domains.first?.name ?? "" }

    /// Whether it mentions one of some names.
    func mentions(_ names: [[UInt8]]) -> Bool {
        let words = [profileID, name ?? ""] + domains.map(\.name)
        return words.contains { word in names.contains { CatalogFile.contains($0, in: Array(word.utf8)) } }
    }

    private static func isPartOfAnID(_ octet: UInt8) -> Bool {
        switch octet {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: false
        }
    }
}

extension PasswordProfile {
    /// Of a mailbox about whose password nothing could be found out.
    fileprivate static let notKnown = PasswordProfile(
        kind: .notKnown, who: .user, how: [], links: [], shownInGroups: nil)
}

extension ConsumerTable {
    /// How the table stands in its file.
    static let json = JSONDescription<ConsumerTable>.object(
        { ConsumerTable(blocks: $0, notes: $1, about: $2) },
        .field("blocks", \.blocks, .list(Block.json), "Operators, by the place where they were learnt."),
        .field("notes", \.notes, .filledTexts, "What the profiles say of what is not known."),
        .field("about", \.about, .filledText, "What the table is."))
}

extension ConsumerTable.Block {
    static let json = JSONDescription<ConsumerTable.Block>.object(
        ConsumerTable.Block.init,
        .field("source", \.source, .filledText, "A web address, an RFC, or a file of a repository at a full commit."),
        .field("date", \.date, CatalogDate.json, "When it was last looked up."),
        .field("published", \.published, .optional(.filledText), missing: nil, SourceReference.publishedWords),
        .field("note", \.note, .optional(.filledText), missing: nil, "What the source is, or says."),
        .field("confidence", \.confidence, .optional(SourceConfidence.json), missing: nil, SourceConfidence.words),
        .field("operators", \.operators, .list(ConsumerTable.Operator.json, atLeast: 1), "Whose mailboxes they are."))
}

extension ConsumerTable.Operator {
    static let json = JSONDescription<ConsumerTable.Operator>.object(
        ConsumerTable.Operator.init,
        .field(
            "id", \.id, .optional(ProviderProfile.identifier), missing: nil,
            "The id of the profile; the first domain with underscores when it is left out."),
        .field(
            "name", \.name, .optional(.filledText), missing: nil,
            "The name for people; the first domain when it is left out."),
        .field("domains", \.domains, .list(MailDomainPattern.json, atLeast: 1), "The domains of customers' addresses."))
}
