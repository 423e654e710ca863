internal import MailJSON

/// Words by which a pasted text shows whose work it is about, and whether it speaks of anything that happened: `surroundings` in
/// `traces.json`. All in small letters.
public struct SurroundingWords: Hashable, Sendable {
    /// Words of wishes, of changes that somebody proposes, of guides: the line says what happens to people.
    public let general: [String]
    /// Words of somebody who met a failure, or that a program writes: such a line is no general speech.
    public let cited: [String]
    /// What articles, guides and release notes announce themselves with.
    public let announced: [String]
    /// Words of somebody who tells what happened to them: a text with one of them is no article.
    public let told: [String]
    /// Words of a message that came back or could not be delivered.
    public let returned: [String]
    /// What a server writes of mail that it hands on, and names of exchangers.
    public let delivery: [String]
    /// What a server writes of those who connect to it.
    public let servers: [String]
    /// Words of web services and their answers.
    public let web: [String]
    /// Words of web pages and their certificates.
    public let page: [String]
    /// Words of POP3.
    public let pop: [String]
    /// Words that show that somebody logs in to send or to read.
    public let login: [String]
    /// Names of protocols and libraries of ours: with them POP3 or a web service is not all that is spoken of.
    public let protocols: [String]
    /// Exceptions and modules of mail libraries: a line with one of them is never another service's.
    public let libraries: [String]
    /// Words of an error that only mail has: a port of another service beside it is that of the application.
    public let onlyMail: [String]
    /// What lines begin with that are fields of a message's own header.
    public let headers: [String]
    /// What stands before the address of somebody who only gets a message.
    public let recipients: [String]
    /// Words of a line that complains.
    public let complaints: [String]

    /// No words, for a catalogue without them.
    public static let none = SurroundingWords(
        general: [], cited: [], announced: [], told: [], returned: [], delivery: [], servers: [], web: [], page: [],
        pop: [], login: [],
        protocols: [], libraries: [], onlyMail: [], headers: [], recipients: [], complaints: [])

    /// How they stand in their file.
    static let json = JSONDescription<SurroundingWords>.object(
        SurroundingWords.init,
        .field(
            "general", \.general, .filledTexts,
            "Words of wishes, of changes that somebody proposes, of guides: the line says what happens to people."),
        .field(
            "cited", \.cited, .filledTexts,
            "Words of somebody who met a failure, or that a program writes: such a line is no general speech."),
        .field(
            "announced", \.announced, .filledTexts, missing: [],
            "What articles, guides and release notes announce themselves with."),
        .field(
            "told", \.told, .filledTexts, missing: [],
            "Words of somebody who tells what happened to them: a text with one of them is no article."),
        .field("returned", \.returned, .filledTexts, "Words of a message that came back or could not be delivered."),
        .field(
            "delivery", \.delivery, .filledTexts,
            "What a server writes of mail that it hands on, and names of exchangers."),
        .field("servers", \.servers, .filledTexts, "What a server writes of those who connect to it."),
        .field("web", \.web, .filledTexts, "Words of web services and their answers."),
        .field("page", \.page, .filledTexts, "Words of web pages and their certificates."),
        .field("pop", \.pop, .filledTexts, "Words of POP3."),
        .field("login", \.login, .filledTexts, "Words that show that somebody logs in to send or to read."),
        .field(
            "protocols", \.protocols, .filledTexts,
            "Names of protocols and libraries of ours: with them POP3 or a web service is not all that is spoken of."),
        .field(
            "libraries", \.libraries, .filledTexts,
            "Exceptions and modules of mail libraries: a line with one of them is never another service's."),
        .field(
            "only_mail", \.onlyMail, .filledTexts,
            "Words of an error that only mail has: a port of another service beside it is that of the application."),
        .field(
            "headers", \.headers, .filledTexts, missing: [],
            "What lines begin with that are fields of a message's own header."),
        .field(
            "recipients", \.recipients, .filledTexts, missing: [],
            "What stands before the address of somebody who only gets a message."),
        .field("complaints", \.complaints, .filledTexts, missing: [], "Words of a line that complains."))
}
