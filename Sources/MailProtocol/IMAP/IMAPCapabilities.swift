/// What a server offers (RFC 9051, section 7.2.2).
struct IMAPCapabilities: Hashable, Sendable {
    /// The capabilities as sent.
    let names: [[UInt8]]
    private let keywords: Set<String>

    /// Reads a list of capabilities.
    ///
    /// - Parameter octets: The capabilities, separated by spaces.
    init(_ octets: some Collection<UInt8>) {
        names = octets.split(separator: ASCII.space).map { Array($0) }
        keywords = Set(names.map { ASCII.keyword($0) })
    }

    /// Reads the capabilities in a response code, if it brings some.
    ///
    /// - Parameter code: Any response code.
    init?(_ code: IMAPResponseCode?) {
        guard let code, code.name == "CAPABILITY" else { return nil }
        self.init(code.data)
    }

    /// Whether a capability is offered.
    ///
    /// - Parameter name: Its name, upper case.
    /// - Returns: True in whatever case the server wrote it.
    func has(_ name: String) -> Bool { keywords.contains(name) }

    /// Whether the command LOGIN may be used (RFC 9051, section 6.2.3).
    var allowsLOGIN: Bool { !has("LOGINDISABLED") }

    /// Whether it is IMAP as we speak it: one of the two names is among the capabilities of every such server (RFC 3501,
    /// section 7.2.1; RFC 9051, section 7.2.2). One that lists nothing at all has not said that it is something else.
    var isIMAP4: Bool { names.isEmpty || has("IMAP4REV1") || has("IMAP4REV2") }

    /// The capabilities as one text.
    var text: [UInt8] { Array(names.joined(separator: [ASCII.space])) }

    /// Whether quotas can be asked for (RFC 9208, section 3).
    var hasQuota: Bool { keywords.contains { $0 == "QUOTA" || $0.hasPrefix("QUOTA=") } }

    /// The command that lists mailboxes with their special uses where the server knows them (RFC 6154, section 3;
    /// RFC 5258; XLIST is what some had before).
    var listCommand: String {
        if has("SPECIAL-USE") && has("LIST-EXTENDED") { return "LIST \"\" \"*\" RETURN (SPECIAL-USE)" }
        return has("XLIST") && !has("SPECIAL-USE") ? "XLIST \"\" \"*\"" : "LIST \"\" \"*\""
    }

    /// The SASL mechanisms, upper case, in the server's order, each once.
    var saslMechanisms: [String] {
        var known: Set<String> = []
        return names.map { ASCII.keyword($0) }.filter { $0.hasPrefix("AUTH=") && $0.utf8.count > 5 }
            .map { String($0.dropFirst(5)) }.filter { known.insert($0).inserted }
    }

    /// The ways to log in: the SASL mechanisms, and `LOGIN` where the command may be used.
    var logins: [String] {
        let mechanisms = saslMechanisms
        return allowsLOGIN && !mechanisms.contains("LOGIN") ? mechanisms + ["LOGIN"] : mechanisms
    }

    /// Whether a literal may be sent without waiting (RFC 7888).
    ///
    /// - Parameter count: The octets in the literal.
    /// - Returns: True for any length with `LITERAL+`, up to 4096 octets with `LITERAL-`.
    func takesLiteralUnasked(of count: Int) -> Bool {
        has("LITERAL+") || (has("LITERAL-") && count <= 4096)
    }
}
