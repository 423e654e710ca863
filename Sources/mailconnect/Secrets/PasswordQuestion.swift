import MailConnect
import MailModel
import ProviderCatalog

/// What a person is told before the password is asked for: which kind this provider wants, and where it is made.
enum PasswordQuestion {
    /// The question.
    ///
    /// - Parameters:
    ///   - account: Whose password it is.
    ///   - detection: What was found out about the domain.
    ///   - isOptional: Whether the checks go on without it.
    /// - Returns: A line or two, and the question without a line end.
    static func text(for account: String, _ detection: DomainDetection, isOptional: Bool) -> String {
        let profile = detection.profile
        let name = ServerText(profile?.name ?? "The provider").escaped
        let lines = [profile?.password.flatMap { kind($0, name) }, profile?.password.flatMap { place($0) }]
        let rest = isOptional ? " (empty: all checks but the logins)" : ""
        return lines.compactMap { $0.map { $0 + "\n" } }.joined()
            + "Password for \(ServerText(account))\(rest): "
    }

    private static func kind(_ password: PasswordProfile, _ name: String) -> String? {
        switch password.kind {
        case .appPassword: "\(name) wants an app password here, not the password of the account."
        case .account: "\(name) takes the password of the mailbox."
        case .oauthOnly: "\(name) takes no password over IMAP: \(password.how.first ?? "connect it with OAuth.")"
        case .bridge: "\(name) is reached through its bridge: the bridge shows the password."
        case .notKnown: nil
        }
    }

    /// The page where it is made, which stands behind those that explain it.
    private static func place(_ password: PasswordProfile) -> String? {
        guard password.kind == .appPassword else { return nil }
        return (password.links.last ?? password.how.first).map { "Make one: \(ServerText($0))" }
    }
}
