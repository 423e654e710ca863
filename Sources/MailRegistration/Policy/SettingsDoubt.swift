public import MailModel

/// Settings that the API takes, but of which its pages leave something open.
public enum SettingsDoubt {
    /// The doubts about an account's settings.
    ///
    /// - Parameter settings: The settings that are registered.
    /// - Returns: Each doubt in a sentence; none for settings that the pages describe.
    public static func about(_ settings: AccountSettings) -> [String] {
        guard settings.imap.security == .starttls else { return [] }
        return [
            "IMAP with STARTTLS on port \(settings.imap.port): the API's pages allow it, but do not say what imap_use_ssl "
                + "has to be then; false is sent. A server with TLS on port 993 leaves no doubt."
        ]
    }
}
