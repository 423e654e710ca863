import MailModel

/// Whose work a text shows: a program that logs in to send or to read, or a server that hands mail on, takes it in, or asks
/// whether an address exists. The same refusals and the same silent hosts mean something else there: nobody's account is in
/// trouble when a server cannot deliver.
struct WhoseWork {
    /// Whether a server hands mail on to other servers.
    let isDelivery: Bool
    /// Whether it is the log of a server about those who connect to it.
    let isServersOwn: Bool
    /// Whether a web service is asked, and no mail server.
    let isWeb: Bool
    /// Whether a web page's certificate is spoken of, and no port of mail.
    let isPage: Bool
    /// Whether mail is fetched over POP3 and nothing else is spoken.
    let isPOP: Bool
    /// Whether anybody logs in.
    let hasLogin: Bool

    /// Looks at a text.
    ///
    /// - Parameters:
    ///   - evidence: What of the text speaks.
    ///   - context: What it shows around.
    ///   - words: What tells whose work it is.
    init(_ evidence: EvidenceText, _ context: TextContext, _ words: WorkWords) {
        let found = words.marks(in: evidence.octets)
        isDelivery = context.isDelivery || found.contains(.delivery)
        isServersOwn = found.contains(.server)
        isWeb = found.contains(.web) && !found.contains(.mail)
        isPage = found.contains(.page) && context.ports.isDisjoint(with: [25, 587, 465, 2525, 993, 143])
        isPOP = found.contains(.pop) && !found.contains(.mail)
        hasLogin = found.contains(.login) || !context.ports.isDisjoint(with: [587, 465, 2525, 993, 143])
    }

    /// Whether a cause is one that a server met on its way to a recipient.
    func isRecipients(_ cause: WeighedCause) -> Bool {
        isDelivery && !hasLogin && Self.ofDelivery.contains(cause.id)
    }

    /// Whether a cause is more likely another's than that of an account of ours.
    func isAnothers(_ cause: WeighedCause) -> Bool {
        if isWeb, cause.candidate?.found == nil { return true }
        if isPOP || isToldToAnybody(cause) { return true }
        if isPage, Self.ofCertificates.contains(cause.id), cause.candidate?.found == nil { return true }
        // A refused login or relay in a server's own log is anybody's: of its users, and of those who guess.
        let isProviders = cause.candidate?.isProviders ?? false
        if isServersOwn, Self.ofStrangers.contains(cause.id), !isProviders { return true }
        guard !hasLogin else { return false }
        return isRecipients(cause) || isServersOwn && Self.ofConnection.contains(cause.id)
            || isDelivery && Self.ofEitherSide.contains(cause.id) && !isProviders
    }

    /// Whether a cause is one that a server tells whoever knocks, and mostly those who deliver; a connection that was cut is
    /// none.
    private func isToldToAnybody(_ cause: WeighedCause) -> Bool {
        guard !hasLogin else { return false }
        return switch cause.id {
        case .ipBlocked, .rateLimited: true
        case .protocolMismatch: cause.clue?.reference == "signature:cue.helo.refused"
        case .serverBusy: cause.candidate?.found != nil || cause.clue?.reference == "signature:cue.server.temporary"
        default: false
        }
    }

    private static let ofCertificates: Set<FindingID> = [.certInvalid, .certExpired, .certNameMismatch]

    /// Causes that a recipient's server also gives to whoever delivers.
    private static let ofDelivery: Set<FindingID> = [
        .ipBlocked, .rateLimited, .serverBusy, .connectTimeout, .connectRefused, .tlsVersionMismatch, .certInvalid,
        .certExpired, .certNameMismatch, .wrongHost, .dnsFailure, .starttlsStripped,
    ]
    /// Causes that the own relay gives as well as a recipient's: a provider's own words tell whose they are.
    private static let ofEitherSide: Set<FindingID> = [
        .senderNotAllowed, .accountLocked, .quotaExceeded, .mailboxMissing,
    ]
    /// What a server's own log shows of those who guess passwords and look for open relays.
    private static let ofStrangers: Set<FindingID> = [.badCredentials, .protocolMismatch, .ipBlocked]
    /// Causes that a server's log shows of anybody who connects.
    private static let ofConnection: Set<FindingID> = [
        .serverBusy, .connectTimeout, .tlsVersionMismatch, .certInvalid, .certExpired, .wrongPort, .protocolMismatch,
        .tooManyLogins, .ipBlocked,
    ]
}
