extension Catalog {
    /// The profile that has both servers. Several share theirs: one with exchangers of its own comes first.
    ///
    /// - Parameters:
    ///   - smtp: The host of submission.
    ///   - imap: The host of IMAP.
    /// - Returns: The profile, nil when no one has both.
    public func profile(smtp: String, imap: String) -> ProviderProfile? {
        let owners = profiles.filter { profile in
            profile.kind.hasServers && profile.imap.contains { $0.host == imap }
                && profile.smtp.contains { $0.host == smtp }
        }
        return owners.first { $0.kind == .mailbox && !$0.mxPatterns.isEmpty } ?? owners.first
    }

    /// Who opens TLS on the way, told by the names in the certificates that came.
    ///
    /// - Parameter names: Subjects and issuers, each a distinguished name on one line.
    /// - Returns: The first whose words stand in one of them; nil when nobody is known for any.
    public func interceptor(of names: [String]) -> Interceptor? {
        let folded = names.map(FoldedText.init)
        return interceptors.first { interceptor in folded.contains { interceptor.isIssuer($0) } }
    }
}
