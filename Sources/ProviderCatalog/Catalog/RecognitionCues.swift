internal import MailJSON
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
    /// What is said of a provider whose mail is not the trouble.
    public let praise: [String]
    /// Words by which a text shows whose work it is about.
    public let surroundings: SurroundingWords
    /// Hints, the more telling ones first.
    public let hints: [Hint]

    /// When the words were last looked through; nil for a catalogue without the file.
    let date: CatalogDate?
    let about: String?

    /// No words, for a catalogue without the file.
    public static let none = RecognitionCues(
        providers: [], mail: [], weakMail: [], other: [], prose: [], praise: [], surroundings: .none, hints: [],
        date: nil, about: nil)
}

extension RecognitionCues {
    /// How the words stand in their file.
    static let json = JSONDescription<RecognitionCues>.object(
        RecognitionCues.init(providers:mail:weakMail:other:prose:praise:surroundings:hints:date:about:),
        .field("providers", \.providers, .list(Provider.json), "Words of each provider."),
        .field("mail", \.mail, .filledTexts, "Words that show that a text is about mail."),
        .field("mail_weak", \.weakMail, .filledTexts, "Words that hint at mail and stand in other texts too."),
        .field("other", \.other, .filledTexts, "Words of other services, whose errors look alike."),
        .field("prose", \.prose, .filledTexts, "Words of articles, which speak of errors and are none."),
        .field(
            "praise", \.praise, .filledTexts, missing: [], "What is said of a provider whose mail is not the trouble."),
        .field(
            "surroundings", \.surroundings, SurroundingWords.json, missing: .none,
            "Words by which a text shows whose work it is about."),
        .field("hints", \.hints, .list(Hint.json), "Words that speak for a cause when no signature knows the text."),
        .field("date", \.date, .some(CatalogDate.json), "When the words were last looked through."),
        .field("about", \.about, .optional(.filledText), missing: nil, "What the file is."))
}

extension RecognitionCues.Provider {
    static let json = JSONDescription<RecognitionCues.Provider>.object(
        RecognitionCues.Provider.init,
        .field("id", \.id, .filledText, "The provider's id."),
        .field("words", \.words, .filledTexts, "The words, lower case."))
}

extension RecognitionCues.Hint {
    static let json = JSONDescription<RecognitionCues.Hint>.object(
        RecognitionCues.Hint.init,
        .field("finding", \.finding, finding, "The cause."),
        .field("all", \.all, .list(.filledTexts), "Of each group one word must stand there."),
        .field("none", \.none, .filledTexts, "None of these words may stand there.")
    ).checked { hint throws(JSONMistake) in
        guard !hint.all.isEmpty, hint.all.allSatisfy({ !$0.isEmpty }) else {
            throw JSONMistake(.badValue, at: "all", "without words it would match everything")
        }
    }

    private static let finding = FindingID.json.checked { id throws(JSONMistake) in
        guard SignatureFindings.known.contains(id) else {
            throw JSONMistake(.badValue, "\(id) is not a cause that words can show")
        }
    }
}
