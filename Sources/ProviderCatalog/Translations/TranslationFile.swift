internal import MailJSON

/// A file of `translations`: what one program says in many languages.
struct TranslationFile: Hashable, Sendable {
    /// One message of the program.
    struct Message: Hashable, Sendable {
        /// What it means.
        var means: String
        /// What it can mean besides.
        var also: [String]
        /// Whether it says something only beside better evidence.
        var isWeak: Bool
        /// The English original.
        var original: String
        /// The name of the string, or a number that is the same in every language.
        var key: String?
        /// Where each text was seen, when there is no translation file.
        var sources: [String: String]
        /// Where it stands, when that is elsewhere than most.
        var path: [String]
        /// The program's names of languages, when they are others than most.
        var names: [String: String]
        /// The fixed pieces of the text, by language; all must occur, in this order.
        var texts: [String: [String]]
    }

    var about: String
    var program: String
    var version: String
    var source: String
    var date: CatalogDate
    var path: [String]
    var commits: [String: String]
    var names: [String: String]
    var messages: [Message]
}

extension TranslationFile {
    static let json = JSONDescription<TranslationFile>.object(
        TranslationFile.init(about:program:version:source:date:path:commits:names:messages:),
        .field("about", \.about, .filledText, "Whose messages these are."),
        .field("program", \.program, .filledText, "The program's name."),
        .field("version", \.version, .filledText, "The version that they were taken from."),
        .field("source", \.source, .filledText, "The German file at a commit, or where it is described."),
        .field("date", \.date, CatalogDate.json, "When the messages were looked up."),
        .field("path", \.path, oneOrMore, missing: [], "Where a language stands, with {} for its name."),
        .field("commits", \.commits, .dictionary(.filledText), missing: [:], "The commit of each language."),
        .field("names", \.names, .dictionary(.filledText), missing: [:], "The program's name of a language."),
        .field("messages", \.messages, .list(Message.json, atLeast: 1), "The messages."))

    /// One text, or a list of them.
    static let oneOrMore = JSONDescription<[String]>(
        schema: ["oneOf": [["type": "string", "minLength": 1], ["type": "array", "items": ["type": "string"]]]]
    ) { texts in
        texts.count == 1 ? .text(texts[0]) : .texts(texts)
    } read: { value, mode throws(JSONMistake) in
        if case .text(let text) = value { return [text] }
        return try JSONDescription<[String]>.filledTexts.read(value, mode)
    }
}

extension TranslationFile.Message {
    static let json = JSONDescription<TranslationFile.Message>.object(
        TranslationFile.Message.init(means:also:isWeak:original:key:sources:path:names:texts:),
        .field("means", \.means, .filledText, "What it means."),
        .field("also", \.also, .filledTexts, missing: [], "What it can mean besides."),
        .field("weak", \.isWeak, .bool, missing: false, "Whether it says something only beside better evidence."),
        .field("original", \.original, .filledText, "The English original."),
        .field("key", \.key, .optional(.filledText), missing: nil, "The name of the string, or its number."),
        .field("sources", \.sources, .dictionary(.filledText), missing: [:], "Where each text was seen."),
        .field("path", \.path, TranslationFile.oneOrMore, missing: [], "Where it stands."),
        .field("names", \.names, .dictionary(.filledText), missing: [:], "The program's names of languages."),
        .field("texts", \.texts, .dictionary(TranslationFile.oneOrMore), "The fixed pieces, by language."))
}

/// The file `translations/labels.json`: by which words programs label a password or a user name.
struct LabelFile: Hashable, Sendable {
    /// The words of one meaning.
    struct Label: Hashable, Sendable {
        var means: String
        /// By language, each word with the programs that use it.
        var words: [String: [String: [String]]]
    }

    /// Where a program's words stand.
    struct Source: Hashable, Sendable {
        var source: String
        var path: [String]
        var keys: [String]
        var names: [String: String]
    }

    var about: String
    var date: CatalogDate
    var sources: [String: Source]
    var labels: [Label]

    static let json = JSONDescription<LabelFile>.object(
        LabelFile.init(about:date:sources:labels:),
        .field("about", \.about, .filledText, "What the words are."),
        .field("date", \.date, CatalogDate.json, "When they were looked up."),
        .field("sources", \.sources, .dictionary(Source.json), "Where each program's words stand."),
        .field("labels", \.labels, .list(Label.json), "The words."))
}

extension LabelFile.Label {
    static let json = JSONDescription<LabelFile.Label>.object(
        LabelFile.Label.init(means:words:),
        .field("means", \.means, .filledText, "What is labelled."),
        .field("words", \.words, .dictionary(.dictionary(.filledTexts)), "By language, each word and who uses it."))
}

extension LabelFile.Source {
    static let json = JSONDescription<LabelFile.Source>.object(
        LabelFile.Source.init(source:path:keys:names:),
        .field("source", \.source, .filledText, "The program's sources at a commit."),
        .field("path", \.path, TranslationFile.oneOrMore, missing: [], "Where a language stands."),
        .field("keys", \.keys, .filledTexts, "The names of the strings."),
        .field("names", \.names, .dictionary(.filledText), missing: [:], "The program's names of languages."))
}
