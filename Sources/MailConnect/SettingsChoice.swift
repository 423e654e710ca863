internal import MailModel

/// Puts the user's own choices over what was inferred. The rest of the inference stays.
struct SettingsChoice {
    let request: DoctorRequest

    func apply(to inferred: [AccountSettings]) -> [AccountSettings] {
        if let complete { return [complete] }
        var result: [AccountSettings] = []
        for settings in inferred {
            let changed = override(settings)
            let isKnown = result.contains { $0.smtp == changed.smtp && $0.imap == changed.imap }
            if !isKnown { result.append(changed) }
        }
        if request.prefersIMAPOverTLS, let preferred = result.firstIndex(where: { $0.imap.security == .tls }) {
            result.insert(result.remove(at: preferred), at: 0)
        }
        return result
    }

    /// The user's own settings when both endpoints are named: then nothing has to be inferred.
    var complete: AccountSettings? {
        guard let smtp = request.smtpEndpoint, let imap = request.imapEndpoint else { return nil }
        let username = request.address?.description
        return override(
            AccountSettings(smtp: smtp, smtpUsername: username, imap: imap, imapUsername: username, source: "user"))
    }

    private func override(_ settings: AccountSettings) -> AccountSettings {
        var result = settings
        if let smtp = request.smtpEndpoint { result.smtp = smtp }
        if let imap = request.imapEndpoint { result.imap = imap }
        if let username = request.smtpUsername { result.smtpUsername = username }
        if let username = request.imapUsername { result.imapUsername = username }
        let chosen = request.smtpEndpoint != nil || request.imapEndpoint != nil
        if chosen { result.source = "user" }
        return result
    }
}
