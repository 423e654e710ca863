internal import MailModel

/// Puts the user's own choices over what was inferred. The rest of the inference stays.
struct SettingsChoice {
    private let account: Account

    init(_ account: Account) { self.account = account }

    func apply(to inferred: [AccountSettings]) -> [AccountSettings] {
        if let complete { return [complete] }
        var result: [AccountSettings] = []
        for settings in inferred {
            let changed = override(settings)
            let isKnown = result.contains { $0.smtp == changed.smtp && $0.imap == changed.imap }
            if !isKnown { result.append(changed) }
        }
        if account.prefersIMAPOverTLS, let preferred = result.firstIndex(where: { $0.imap.security == .tls }) {
            result.insert(result.remove(at: preferred), at: 0)
        }
        return result
    }

    /// The user's own settings when both endpoints are named: then nothing has to be inferred.
    var complete: AccountSettings? {
        guard let smtp = account.smtpEndpoint, let imap = account.imapEndpoint else { return nil }
        let username = account.address?.description
        return override(
            AccountSettings(smtp: smtp, smtpUsername: username, imap: imap, imapUsername: username, source: .user))
    }

    private func override(_ settings: AccountSettings) -> AccountSettings {
        var result = settings
        if let smtp = account.smtpEndpoint { result.smtp = smtp }
        if let imap = account.imapEndpoint { result.imap = imap }
        if let username = account.smtpUsername { result.smtpUsername = username }
        if let username = account.imapUsername { result.imapUsername = username }
        let chosen = account.smtpEndpoint != nil || account.imapEndpoint != nil
        if chosen { result.source = .user }
        return result
    }
}
