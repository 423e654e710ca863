public import MailJSON
public import MailModel

/// Words by which a pasted text speaks for a cause or against it, with how much they weigh: `cues.json`.
///
/// A signature knows what a server's reply means. A cue knows what the words of programs, systems and people around it say.
public struct ExplainCue: Hashable, Sendable {
    /// What the words are.
    public enum Role: String, Hashable, Sendable, CaseIterable {
        /// They name the reason of a failure.
        case reason
        /// They are what a program says of any failure, whatever the reason was.
        case wrapper
        /// They show that there is no problem of an account: all went well, another service, a mistake of a program.
        case calm
        /// They speak against a cause.
        case against
    }

    /// How near to each other the words must stand.
    public enum Scope: String, Hashable, Sendable, CaseIterable {
        /// In one line.
        case line
        /// Anywhere in the text.
        case text
    }

    /// Its name, in parts.
    public let id: String
    /// What the words are.
    public let role: Role
    /// The cause; of a wrapper the likeliest one.
    public let finding: FindingID
    /// How much they weigh, 0 to 1; against a cause, how much they take away.
    public let weight: Double
    /// Of each group one phrase must stand there.
    public let all: [[String]]
    /// None of these phrases may stand there.
    public let none: [String]
    /// How near to each other the words must stand.
    public let scope: Scope
    /// Where the words were seen.
    public let source: String
}

/// What a translated message means for an account: a line of `cues.json`.
public struct TranslatedMeaning: Hashable, Sendable {
    /// What the messages say, as in the files of translations.
    public let means: String
    /// What they are.
    public let role: ExplainCue.Role
    /// The cause; of a wrapper the likeliest one.
    public let finding: FindingID
    /// How much they weigh, 0 to 1.
    public let weight: Double
}

/// The words of `cues.json`.
public struct ExplainCues: Hashable, Sendable {
    /// The cues.
    public let cues: [ExplainCue]
    /// What translated messages mean.
    public let meanings: [TranslatedMeaning]
    /// Sentences that libraries and programs print as advice, whatever the reason was. They say nothing and are set aside.
    public let advice: [String]
    let about: String
    /// When the words were last looked through; nil for a catalogue without the file.
    let date: CatalogDate?

    /// No words, for a catalogue without the file.
    public static let none = ExplainCues(cues: [], meanings: [], advice: [], about: "", date: nil)
}

extension ExplainCues {
    /// How the words stand in their file.
    public static let json = JSONDescription<ExplainCues>.object(
        ExplainCues.init(cues:meanings:advice:about:date:),
        .field("cues", \.cues, .list(ExplainCue.json), "Words that speak for a cause or against it."),
        .field("meanings", \.meanings, .list(TranslatedMeaning.json), "What translated messages mean."),
        .field("advice", \.advice, .list(.text(pattern: "^.{12,}$")), "Sentences of advice, which say nothing."),
        .field("about", \.about, .filledText, "What the file is."),
        .field("date", \.date, .some(CatalogDate.json), "When the words were last looked through."))
}

extension ExplainCue {
    static let json = JSONDescription<ExplainCue>.object(
        ExplainCue.init(id:role:finding:weight:all:none:scope:source:),
        .field("id", \.id, .text(pattern: #"^[a-z0-9_]+(\.[a-z0-9_]+)+$"#, length: 1...200), "Its name, in parts."),
        .field("role", \.role, .word("a role"), missing: .reason, "reason, wrapper, calm or against."),
        .field("finding", \.finding, CueFinding.json, "The cause; of a wrapper the likeliest one."),
        .field("weight", \.weight, .fraction, "How much they weigh."),
        .field(
            "all", \.all, .list(.list(phrase, atLeast: 1), atLeast: 1), "Of each group one phrase must stand there."),
        .field("none", \.none, .list(phrase), missing: [], "None of these phrases may stand there."),
        .field("scope", \.scope, .word("a scope"), missing: .line, "line or text: how near they must stand."),
        .field("source", \.source, .filledText, "Where the words were seen."))

    /// A phrase as it is compared: folded, long enough to be found.
    static let phrase = JSONDescription<String>.filledText.checked { phrase throws(JSONMistake) in
        guard phrase.utf8.count >= PhraseIndex.shortest else {
            throw JSONMistake(.badValue, "it has fewer than \(PhraseIndex.shortest) octets")
        }
    }
}

extension TranslatedMeaning {
    static let json = JSONDescription<TranslatedMeaning>.object(
        TranslatedMeaning.init(means:role:finding:weight:),
        .field("means", \.means, .filledText, "What the messages say, as in the files of translations."),
        .field("role", \.role, .word("a role"), "reason or wrapper."),
        .field("finding", \.finding, CueFinding.json, "The cause; of a wrapper the likeliest one."),
        .field("weight", \.weight, .fraction, "How much they weigh."))
}

/// A cause that words can show.
enum CueFinding {
    static let json = FindingID.json
        .annotated(["enum": .texts(SignatureFindings.all.map(\.description))])
        .checked { id throws(JSONMistake) in
            guard SignatureFindings.known.contains(id) else {
                throw JSONMistake(.badValue, "\(id) is not a cause that words can show")
            }
        }
}
