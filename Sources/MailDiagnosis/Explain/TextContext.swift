import MailModel
import ProviderCatalog

/// What a text shows around the reply: whether it is about mail, which ports stand in it, which side it is.
struct TextContext {
    /// The text in small letters.
    let octets: [UInt8]
    /// The ports that stand in it.
    let ports: Set<Int>
    /// Whether the text is surely about sending or reading mail.
    let isAboutMail: Bool
    /// Whether it could be about mail.
    let mayBeAboutMail: Bool
    /// Whether the connection that failed is one to another kind of service.
    let isAboutSomethingElse: Bool
    /// Whether it is an article or an advertisement: it speaks of errors, and nobody met one.
    let isProse: Bool
    /// Whether it announces itself as an article, a guide or release notes, and nobody tells in it what happened to them.
    let isArticle: Bool
    /// Whether it is about a message that came back or could not be delivered.
    let isDelivery: Bool

    /// Reads a text.
    ///
    /// - Parameters:
    ///   - text: The unwrapped text.
    ///   - cues: The words that tell.
    init(_ text: PastedText, cues: RecognitionCues) {
        let octets = Array(text.joined.lowercased().utf8)
        let ports = PortReader.ports(in: octets)
        let has: ([String]) -> Bool = { words in words.contains { octets.contains(word: $0) } }
        self.octets = octets
        self.ports = ports
        isAboutMail = !ports.isDisjoint(with: Self.mailPorts) || has(cues.mail)
        mayBeAboutMail = isAboutMail || has(cues.weakMail)
        let elsewhere = !ports.isDisjoint(with: Self.otherPorts) && ports.isDisjoint(with: Self.mailPorts)
        isAboutSomethingElse =
            elsewhere && !has(cues.surroundings.onlyMail) || !isAboutMail && has(cues.other)
        let isTold = has(cues.surroundings.told)
        isProse = has(cues.prose) && !isTold
        isArticle = has(cues.surroundings.announced) && !isTold
        isDelivery = has(cues.surroundings.returned)
    }

    /// The text.
    var text: String { String(decoding: octets, as: UTF8.self) }

    /// Whether any of some words stands in the text.
    func has(_ words: [String]) -> Bool { words.contains { octets.contains(word: $0) } }

    /// Whether words around a reply count: the same ones mean something else in texts about other services.
    func hears(_ clue: Clue) -> Bool {
        switch clue.role {
        case .calm, .against: true
        case .reason:
            !isProse && !isAboutSomethingElse && (isAboutMail || isShort || mayBeAboutMail && clue.weight >= 0.8)
        case .wrapper:
            !isProse && !isAboutSomethingElse && (isAboutMail || isShort && (clue.weight > 0.32 || mayBeAboutMail))
        }
    }

    /// A text of this length may lack every word about mail: somebody pasted nothing but the error.
    var isShort: Bool { octets.count < 400 }

    /// The side that the words speak of, when they speak of one only.
    var service: MailService? {
        let smtp = !ports.isDisjoint(with: [25, 465, 587, 2525]) || has(["smtp", "outgoing server", "ehlo"])
        let imap = !ports.isDisjoint(with: [143, 993]) || has(["imap", "incoming server"])
        return smtp == imap ? nil : smtp ? .smtp : .imap
    }

    private static let mailPorts: Set<Int> = [25, 465, 587, 2525, 2587, 143, 993, 110, 995, 1025, 1143]
    private static let otherPorts: Set<Int> = [
        21, 22, 80, 389, 443, 636, 1433, 1521, 2375, 3000, 3306, 3389, 5000, 5432, 5672, 5900, 6379, 8000, 8080,
        8443, 9000, 9092, 9200, 11211, 27017,
    ]
}
