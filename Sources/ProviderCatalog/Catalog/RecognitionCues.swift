public import MailModel

/// Words by which a pasted text shows whose server answered, and whether it is about mail: `traces.json`.
public struct RecognitionCues: Hashable, Sendable {
    /// The words of one provider.
    public struct Provider: Hashable, Sendable {
        /// The provider's id.
        public let id: String
        /// The words, lower case.
        public let words: [String]
    }

    /// Words that speak for a cause when no signature knows the text: a hint, never knowledge.
    public struct Hint: Hashable, Sendable {
        /// The cause.
        public let finding: FindingID
        /// Of each group one word must stand in the line or reply.
        public let all: [[String]]
        /// None of these words may stand there.
        public let none: [String]
    }

    /// Words of each provider, in the order of the file.
    public let providers: [Provider]
    /// Words that show that a text is about sending or reading mail.
    public let mail: [String]
    /// Words that hint at mail and stand in other texts too.
    public let weakMail: [String]
    /// Words of other services, whose errors look alike.
    public let other: [String]
    /// Words of articles and advertisements, which speak of errors and are none.
    public let prose: [String]
    /// Hints, the more telling ones first.
    public let hints: [Hint]

    /// No words, for a catalogue without the file.
    public static let none = RecognitionCues(providers: [], mail: [], weakMail: [], other: [], prose: [], hints: [])
}

extension RecognitionCues {
    /// Reads the file.
    ///
    /// - Parameter object: The file's object.
    /// - Throws: `CatalogError` for the first thing that is not as it must be.
    init(_ object: JSONObject) throws(CatalogError) {
        try object.allow(["providers", "mail", "mail_weak", "other", "prose", "hints", "date"], optional: ["about"])
        _ = try object.date("date")
        var providers: [Provider] = []
        for item in try object.objects("providers") {
            try item.allow(["id", "words"])
            providers.append(Provider(id: try item.text("id"), words: try item.texts("words")))
        }
        self.providers = providers
        mail = try object.texts("mail")
        weakMail = try object.texts("mail_weak")
        other = try object.texts("other")
        prose = try object.texts("prose")
        var hints: [Hint] = []
        for item in try object.objects("hints") { hints.append(try Hint(item)) }
        self.hints = hints
    }
}

extension RecognitionCues.Hint {
    /// Reads one entry of `hints`.
    ///
    /// - Parameter object: The object.
    /// - Throws: `CatalogError` for a cause that words cannot show, or when there is no word.
    init(_ object: JSONObject) throws(CatalogError) {
        try object.allow(["finding", "all", "none"])
        finding = FindingID(try object.text("finding"))
        guard SignatureFindings.known.contains(finding) else {
            throw object.error(.badValue, "finding", "\(finding) is no cause that words can show")
        }
        all = try object.textLists("all")
        none = try object.texts("none")
        guard !all.isEmpty, all.allSatisfy({ !$0.isEmpty }) else {
            throw object.error(.badValue, "all", "without words it would match everything")
        }
    }
}
