/// What a server offers in its reply to EHLO (RFC 5321, section 4.1.1.1).
struct SMTPCapabilities: Hashable, Sendable {
    /// The lines as sent, the first one (the server's name) left out.
    let lines: [[UInt8]]
    /// Whether STARTTLS is offered (RFC 3207).
    private(set) var offersSTARTTLS = false
    /// The SASL mechanisms (RFC 4954), upper case, in the server's order, each once.
    ///
    /// `AUTH=LOGIN PLAIN` is read like `AUTH LOGIN PLAIN`: old servers write it, some of them beside the right form.
    private(set) var mechanisms: [String] = []

    /// What is known after HELO: nothing.
    static let none = SMTPCapabilities(SMTPReply(code: 250, lines: []))

    /// Reads a reply to EHLO.
    ///
    /// - Parameter reply: A reply with code 250.
    init(_ reply: SMTPReply) {
        lines = reply.lines.dropFirst().map { ASCII.trimmed($0) }.filter { !$0.isEmpty }
        for line in lines { read(ASCII.keyword(line).split(separator: " ")) }
    }

    private mutating func read(_ words: [Substring]) {
        guard let keyword = words.first else { return }
        if keyword == "STARTTLS" { offersSTARTTLS = true }
        guard keyword == "AUTH" || keyword.hasPrefix("AUTH=") else { return }
        for mechanism in [keyword.dropFirst(5)] + words.dropFirst() where !mechanism.isEmpty {
            if !mechanisms.contains(String(mechanism)) { mechanisms.append(String(mechanism)) }
        }
    }
}
