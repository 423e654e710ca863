import MailModel
import ProviderCatalog

/// Says in one line what decided, for whoever has to answer for it.
enum DecisionWords {
    /// The sentence for a cause.
    ///
    /// - Parameters:
    ///   - cause: The cause that won.
    ///   - reply: The reply in which its signature stands, nil for words of a program.
    ///   - wrappers: What programs say of any failure.
    /// - Returns: What decided, and what did not.
    static func sentence(for cause: WeighedCause, reply: FoundReply?, wrappers: [Clue]) -> String {
        let decided: String
        if reply != nil {
            decided = "The server's own reply decides"
        } else if let clue = cause.clue, clue.weight >= cause.candidate?.weight ?? 0 {
            decided = words(of: clue, cause.id)
        } else {
            decided = "The innermost error is \(noun(cause.id))"
        }
        let quote = wrapperQuote(wrappers, beside: cause)
        return decided + (quote.map { "; “\($0)” is what the program says of any failure." } ?? ".")
    }

    /// The sentence for a failure whose reason is not there.
    static func sentence(forWrapper clue: Clue) -> String {
        clue.words.isEmpty
            ? "Only what the program says of any failure stands here; the reason does not."
            : "“\(clue.words)” is what programs say of any failure; the reason does not stand here."
    }

    private static func words(of clue: Clue, _ id: FindingID) -> String {
        if let translation = clue.translation {
            let language = LanguageWords.name(of: translation.language)
            return "\(translation.program) says this in \(language): it is \(noun(id))"
        }
        guard isQuotable(clue.words) else { return "The innermost error is \(noun(id))" }
        return "“\(clue.words)” decides: it is \(noun(id))"
    }

    /// Whether somebody can read it: words, and no number in brackets or half of a constant's name.
    private static func isQuotable(_ words: String) -> Bool {
        words.contains(" ") && !words.contains("_") && words.utf8.contains(where: \.isLetter)
    }

    /// Words of a wrapper that point elsewhere, and stand in the text beside the reason.
    private static func wrapperQuote(_ wrappers: [Clue], beside cause: WeighedCause) -> String? {
        wrappers.first { $0.weight >= 0.4 && $0.finding != cause.id && $0.words.contains(" ") }?.words
    }

    /// What a cause is, for a sentence.
    static func noun(_ id: FindingID) -> String { nouns[id] ?? "what this cause looks like" }

    private static let nouns: [FindingID: String] = [
        .connectRefused: "a refused connection", .connectTimeout: "a connection that nobody answered",
        .wrongHost: "a host name that does not exist", .dnsFailure: "a look-up of a name that failed",
        .certInvalid: "a certificate that is not trusted", .certExpired: "a certificate that is out of date",
        .certNameMismatch: "a certificate for another name", .wrongPort: "TLS and plaintext that met on one port",
        .tlsVersionMismatch: "a handshake without a common version or cipher",
        .starttlsStripped: "STARTTLS that is not offered", .tlsRequired: "a login that is only taken over TLS",
        .serverBusy: "a server that gave up or hung up", .badCredentials: "a refused login",
        .appPasswordRequired: "an app password that is asked for", .oauthRequired: "an access token that is not taken",
        .protocolMismatch: "a command that the server does not take", .tooManyLogins: "too many logins at once",
        .rateLimited: "mail that comes too fast", .quotaExceeded: "a limit that is used up",
        .ipBlocked: "a network address that is refused", .senderNotAllowed: "a sender that is not the account's",
        .imapDisabled: "IMAP that is switched off", .conditionalAccessOrMFA: "a policy that ended the sign-in",
        .captchaOrWebLoginRequired: "a login in the browser that is asked for",
        .smtpAuthDisabledTenant: "SMTP AUTH that is off for the organisation",
        .smtpAuthDisabledMailbox: "SMTP AUTH that is off for the mailbox", .accountLocked: "an account that is locked",
        .mailboxMissing: "a mailbox that does not exist",
    ]
}

/// Says what would make an answer surer.
enum SurerWords {
    /// From here on nothing more is asked for.
    private static let sure = 0.85

    /// What is missing.
    ///
    /// - Parameters:
    ///   - findings: The causes, best first.
    ///   - provider: Whose server it is, where that shows.
    ///   - replies: The replies in the text.
    ///   - context: The text.
    /// - Returns: One sentence, nil when nothing is missing or nothing is wrong.
    static func sentence(
        _ findings: [Finding], provider: String?, replies: [FoundReply], context: TextContext
    ) -> String? {
        guard let first = findings.first, first.id != .notAnAccountProblem, first.confidence < sure else { return nil }
        if replies.last?.goesOn == true {
            return "The rest of the server's reply: it goes on in the line after the last one here."
        }
        switch first.id {
        case .unknownReply where !replies.contains(where: \.isRefusal):
            return "The server's reply, or the error of the system, stands in a line before or after this one."
        case .connectTimeout, .connectRefused, .serverBusy, .wrongPort, .starttlsStripped, .tlsRequired:
            if context.ports.isEmpty { return "The host and the port that were tried, and the TLS mode that is set." }
        case .certInvalid, .certNameMismatch, .proxyOrAntivirusInterception:
            return "What `openssl s_client -connect HOST:PORT -showcerts` shows of the certificate."
        case .badCredentials, .appPasswordRequired, .basicAuthDisabled:
            if provider == nil { return "The name of the server: what a refused password means differs by provider." }
        case .tooManyLogins, .rateLimited, .quotaExceeded:
            return "How many logins and messages went before, and since when it fails."
        case .senderNotAllowed: return "The address that logs in, and the one that stands in From."
        case .protocolMismatch where replies.contains(where: \.isRefusal),
            .unknownReply where replies.contains(where: \.isRefusal):
            return "The session from its greeting on: what the program sent just before this reply."
        case .ipBlocked, .regionBlocked: return "Whether the same account works from another network."
        default: break
        }
        return replies.contains(where: \.isRefusal)
            ? "Whether the other side, SMTP or IMAP, takes the same password."
            : "The server's own reply, word for word."
    }
}
