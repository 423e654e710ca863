internal import MailModel

/// What a provider does with the mail of a domain.
public enum ProviderKind: String, Hashable, Sendable, CaseIterable {
    /// It hosts mailboxes of own domains, and maybe of its own too.
    case mailbox
    /// It hosts mailboxes at its own domains.
    case consumer
    /// It filters mail and hands it to the mailbox host behind it, which its exchangers do not tell.
    case gateway
    /// It passes mail on to addresses elsewhere.
    case forwarding
    /// It sends, and takes mail for programs only.
    case sendingOnly = "sending-only"
    /// It hosts mailboxes that cannot be reached over IMAP.
    case noIMAP = "no-imap"

    /// Whether mailboxes are there, reachable or not.
    public var hasMailboxes: Bool { hasServers || self == .noIMAP }

    /// Whether an account there has servers that can be connected to.
    public var hasServers: Bool { self == .mailbox || self == .consumer }

    /// What the provider does, to be followed by its name.
    public var words: String {
        switch self {
        case .mailbox, .consumer: "mailboxes at"
        case .gateway: "the gateway of"
        case .forwarding: "forwarding by"
        case .sendingOnly: "mail for programs at"
        case .noIMAP: "mailboxes without IMAP at"
        }
    }
}

extension ProviderProfile {
    /// Whether two profiles are parts of one house: the regions of one provider, or its free and its paid mailboxes.
    /// Evidence for one is no evidence against the other.
    ///
    /// - Parameter other: Another profile.
    /// - Returns: True for the same profile, for mailboxes of one house, for the same kind of mailbox at one of the houses that the registration API
    ///   knows by name, and for profiles that share a server or something else that gives them away.
    public func isKin(to other: ProviderProfile) -> Bool {
        if id == other.id { return true }
        if let house, house == other.house, kind.hasMailboxes, other.kind.hasMailboxes { return true }
        guard kind.hasMailboxes, other.kind.hasMailboxes, let inboxType, inboxType == other.inboxType else {
            return kind == other.kind && sharesFingerprint(with: other)
        }
        return inboxType != .customSMTP || sharesServer(with: other) || sharesFingerprint(with: other)
    }

    private func sharesServer(with other: ProviderProfile) -> Bool {
        let hosts = Set((smtp + imap).map(\.host))
        return (other.smtp + other.imap).contains { hosts.contains($0.host) }
    }

    private func sharesFingerprint(with other: ProviderProfile) -> Bool {
        let (mine, theirs) = (fingerprints, other.fingerprints)
        let pairs = [
            (mine.spfInclude, theirs.spfInclude), (mine.dkimCNAME, theirs.dkimCNAME),
            (mine.txtPrefix, theirs.txtPrefix),
        ]
        return pairs.contains { !Set($0).isDisjoint(with: $1) }
    }
}
