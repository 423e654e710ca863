import MailModel
import ProviderCatalog

/// What a text shows around the reply: whether it is about mail, which ports stand in it, which side and stage it is.
struct TextContext {
    /// The text in small letters, blanks folded.
    let text: String
    /// The ports that stand in it.
    let ports: Set<Int>
    private let traces: TextTraces

    /// Reads a text.
    ///
    /// - Parameters:
    ///   - text: The unwrapped text.
    ///   - traces: The words that tell.
    init(_ text: PastedText, traces: TextTraces) {
        let octets = Array(text.joined.lowercased().utf8)
        self.text = String(decoding: octets, as: UTF8.self)
        ports = PortReader.ports(in: octets)
        self.traces = traces
    }

    /// Whether any of some words stands in the text.
    func has(_ words: [String]) -> Bool { words.contains { text.contains($0) } }

    private static let mailPorts: Set<Int> = [25, 465, 587, 2525, 2587, 143, 993, 110, 995, 1025, 1143]
    private static let otherPorts: Set<Int> = [
        21, 22, 80, 389, 443, 636, 1433, 1521, 2375, 3000, 3306, 3389, 5000, 5432, 5672, 5900, 6379, 8000, 8080,
        8443, 9000, 9092, 9200, 11211, 27017,
    ]

    /// A text of this length may lack every word about mail: somebody pasted nothing but the error.
    var isShort: Bool { text.utf8.count < 400 }

    /// Whether the text is surely about sending or reading mail.
    var isAboutMail: Bool { !ports.isDisjoint(with: Self.mailPorts) || has(traces.mail) }

    /// Whether it could be about mail.
    var mayBeAboutMail: Bool { isAboutMail || has(traces.weakMail) }

    /// Whether the connection that failed is one to another kind of service.
    var isAboutSomethingElse: Bool {
        let elsewhere = !ports.isDisjoint(with: Self.otherPorts) && ports.isDisjoint(with: Self.mailPorts)
        return (elsewhere && !isLoginMail) || (has(traces.other) && !isAboutMail)
    }

    private var isLoginMail: Bool { has(["535", "534 ", "authenticationfailed", "sasl"]) }

    /// Whether it is an article or an advertisement: it speaks of errors, and nobody met one.
    var isProse: Bool { has(traces.prose) }

    /// Whether it is about a message that came back or could not be delivered.
    var isDelivery: Bool {
        has([
            "recipient address rejected", "final-recipient", "diagnostic-code", "undelivered mail", "status=bounced",
            "mailer-daemon", "delivery status notification", "undeliverable", "delivery has failed", "rcpt to command",
            "recipientsrefused", "returned mail", "could not be delivered", "delivery to the following recipient",
            "remote-mta", "reporting-mta", "end of data", "recipients were refused", "recipients failed",
            "after rcpt to", "remote mail server", "unknown user", "bouncetype", "bouncedrecipients",
            "couldn't be delivered",
        ])
    }

    /// The side that the words speak of, when they speak of one only.
    var service: MailService? {
        let smtp = !ports.isDisjoint(with: [25, 465, 587, 2525]) || has(["smtp", "outgoing server", "ehlo"])
        let imap = !ports.isDisjoint(with: [143, 993]) || has(["imap", "incoming server"])
        return smtp == imap ? nil : smtp ? .smtp : .imap
    }
}
