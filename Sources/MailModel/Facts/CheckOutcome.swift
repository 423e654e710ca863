/// How a check ended. "Could not tell" is never folded into "fine".
public enum CheckOutcome: Hashable, Sendable {
    /// It saw what it came to see.
    case observed
    /// It ended early, for this reason.
    case failed(Failure)
    /// An earlier step had failed.
    case blocked(by: CheckID)
    /// It was not asked for, or cannot be done, for this reason.
    case skipped(SkipReason)
    /// Our own mistake.
    case broke(String)
}

/// Why a check was left out. Rules look at the case, people read `words`.
public enum SkipReason: Hashable, Sendable {
    /// There was no password or token to try.
    case passwordNotGiven
    /// The same login was tried before in this run, or by another run that shares its guard.
    case triedBefore
    /// Only the catalogue was to be looked at.
    case offline
    /// Only the DNS was to be asked.
    case dnsOnly
    /// An endpoint was tried for its own sake: no login was wanted there.
    case loginNotWanted
    /// The address cannot stand in an SMTP command.
    case addressCannotBeSentTo
    /// The resolver gave no answer.
    case resolverSilent
    /// A limit of this process stood in the way, and none of the server's.
    case ownLimit
    /// A reason that only a newer version knows, in its own words.
    case other(String)

    /// The reasons that this version gives.
    public static let known: [SkipReason] = [
        .passwordNotGiven, .triedBefore, .offline, .dnsOnly, .loginNotWanted, .addressCannotBeSentTo, .resolverSilent,
        .ownLimit,
    ]

    /// The reason with an id, or else with the words that older reports have in place of one.
    public init(id: String?, words: String) {
        // An id that is not known is from a newer version; its words may be known all the same.
        let named = id.flatMap { id in Self.known.first { $0.id == id } }
        self = named ?? Self.known.first { $0.words == words } ?? .other(words)
    }

    /// Its stable name in reports; nil for what only a newer version knows.
    public var id: String? {
        switch self {
        case .passwordNotGiven: "password_not_given"
        case .triedBefore: "tried_before"
        case .offline: "offline"
        case .dnsOnly: "dns_only"
        case .loginNotWanted: "login_not_wanted"
        case .addressCannotBeSentTo: "address_cannot_be_sent_to"
        case .resolverSilent: "resolver_silent"
        case .ownLimit: "own_limit"
        case .other: nil
        }
    }

    /// The reason for people.
    public var words: String {
        switch self {
        case .passwordNotGiven: "no password was given"
        case .triedBefore: "this login was tried before in this run"
        case .offline: "the run may not reach the servers (offline)"
        case .dnsOnly: "the run may not reach the servers (DNS only)"
        case .loginNotWanted: "no login was wanted"
        case .addressCannotBeSentTo: "the address cannot be sent to"
        case .resolverSilent: "the resolver gave no answer"
        case .ownLimit: "this machine is at its own limit"
        case .other(let words): words
        }
    }
}
