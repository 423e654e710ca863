import ProviderCatalog

/// Lines that speak of failures in general: a wish, a change that somebody proposes, a guide, an advertisement. Words such as
/// "connection timeouts" in them say what happens to people, and nothing of what happened here.
struct GeneralSpeech: Sendable {
    /// The words that are looked for.
    static let shared = GeneralSpeech()

    private let phrases: PhraseSet
    private let limit: Int

    private init() {
        phrases = PhraseSet(Self.general + Self.cited)
        limit = Self.general.count
    }

    /// Shorter lines are no sentences.
    private static let shortest = 40

    /// The lines of a folded text that speak in general.
    ///
    /// - Parameters:
    ///   - octets: The text, folded.
    ///   - line: The number of the line in which a place stands.
    /// - Returns: The numbers of lines that hold a word of general speech and nothing that cites what happened.
    func lines(in octets: [UInt8], line: (Int) -> Int) -> Set<Int> {
        var general: Set<Int> = []
        var cited: Set<Int> = []
        phrases.scan(octets) { phrase, range in
            if phrase < limit { general.insert(line(range.lowerBound)) } else { cited.insert(line(range.lowerBound)) }
        }
        return general.subtracting(cited)
    }

    /// Whether a line is long enough to be a sentence.
    static func isSentence(_ line: ArraySlice<UInt8>) -> Bool {
        line.count >= shortest && line.count(where: { $0 == 0x20 }) >= 5
    }

    /// Words of wishes, of changes, and of guides.
    private static let general = [
        "feature request", "would be nice", "would be great", "would be good", "would be helpful", "would be useful",
        "please add", "can you add", "could you add", "add support for", "adds support", "add an option", "add option",
        "option to specify", "ability to specify", "ability to set", "have the ability", "make them configurable",
        "make it configurable", "be configurable", "should be optional", "hard coded", "hardcoded", "hard-coded",
        "i would suggest", "i'd suggest", "should be rewritten", "should be adjusted", "we should",
        "there should be", "it should say", "should also", "is cumbersome", "add a checkbox", "add a drop down",
        "requires custom", "require custom", "hope to support", "is it possible to add", "needed to make this",
        "pull request", "this pr ", "this patch", "this change ", "this commit", "refactor", "modified to",
        "was being caught", "were being caught", "regression test", "explicitly catch", "which would be thrown",
        "still reports success", "does not give a error", "is now added", "is now used", "are now used",
        "not implemented",
        "test coverage", "unit test", "steps to reproduce", "are frequently", "is frequently", "most often",
        "most common",
        "in most cases", "two possibilities", "several reasons", "following reasons", "you may encounter",
        "you might encounter", "you may see", "some isps", "many isps", "most providers", "many providers",
        "email providers", "email service provider", "advertisers", "in this section", "are designed to", "refers to",
        "it is important", "furthermore", "helps you", "deliverability", "campaign", "this article", "this guide",
        "best practices", "step-by-step", "frequently asked", "is responsible for", "can be caused by",
        "may be caused by",
        "can occur", "may occur", "might occur", "will occur", "occurs when", "occurs if", "happens when you",
    ]

    /// Words that somebody writes who met a failure, or that a program writes.
    private static let cited = [
        "i get", "i got", "i'm getting", "im getting", "i am getting", "we get", "we are getting", "getting error",
        "getting this error", "getting the error", "get the error", "get this error", "get an error",
        "receive the error",
        "received the error", "i receive", "i keep", "i see ", "it says", "says:", "error:", "error message",
        "exception:",
        "failed:", "errno", "fehlermeldung", "i cannot", "i can't", "i am unable", "i'm unable", "we cannot",
        "we can't",
        "unable to send", "doesn't work", "does not work", "not working", "stopped working", "isn't working",
        "authentication unsuccessful", "traceback", "smtp error", "[error]", "lvl=e", "level=error", "535", "550 5",
        "534", "530 5", "5.7.", "4.7.", "authenticationfailed]", "server response", "responded", "returned:", "help me",
    ]
}
