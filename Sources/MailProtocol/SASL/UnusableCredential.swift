import MailModel

extension UnusableCredential {
    /// Looks for emptiness and for octets that cannot be sent.
    ///
    /// - Parameters:
    ///   - username: The user name.
    ///   - secret: The password or token.
    ///   - forbidden: The octets that cannot be sent.
    /// - Throws: The first thing that is wrong.
    static func check(
        username: String, secret: String, without forbidden: some Collection<UInt8>
    ) throws(UnusableCredential) {
        if username.isEmpty { throw .emptyUsername }
        if secret.isEmpty { throw .emptySecret }
        if username.utf8.contains(where: forbidden.contains) { throw .controlInUsername }
        if secret.utf8.contains(where: forbidden.contains) { throw .controlInSecret }
    }
}
