import ProviderCatalog

/// The words that tell whose work a text is about, in one index: a log of a megabyte is passed over once.
struct WorkWords: Sendable {
    /// What a word speaks for.
    enum Mark: Hashable, Sendable { case delivery, server, web, page, pop, mail, login }

    private let phrases: PhraseSet
    private let marks: [Mark]

    /// - Parameter words: The words that are looked for.
    init(_ words: SurroundingWords) {
        let lists: [(Mark, [String])] = [
            (.delivery, words.delivery), (.server, words.servers), (.web, words.web), (.pop, words.pop),
            (.login, words.login), (.page, words.page), (.mail, words.protocols),
        ]
        phrases = PhraseSet(lists.flatMap(\.1))
        marks = lists.flatMap { mark, words in words.map { _ in mark } }
    }

    /// What the words of a folded text speak for.
    func marks(in octets: [UInt8]) -> Set<Mark> {
        var found: Set<Mark> = []
        phrases.scan(octets) { phrase, _ in found.insert(marks[phrase]) }
        return found
    }
}
