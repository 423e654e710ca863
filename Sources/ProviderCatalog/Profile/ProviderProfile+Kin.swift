internal import MailModel

extension ProviderProfile {
    /// Whether two profiles are parts of one house: the regions of one provider, or its free and its paid mailboxes.
    /// Evidence for one is no evidence against the other.
    ///
    /// - Parameter other: Another profile.
    /// - Returns: True for the same profile, for the same kind of mailbox at one of the houses that the registration API
    ///   knows by name, and for profiles that share a server or something else that gives them away.
    public func isKin(to other: ProviderProfile) -> Bool {
        if id == other.id { return true }
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
