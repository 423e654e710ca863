/// A user name or secret that a login cannot carry. The raw values are the stable ids in `Failure.unusableCredential`.
enum UnusableCredential: String, Error, Hashable, Sendable {
    /// There is no user name.
    case emptyUsername = "empty_username"
    /// There is no password or token.
    case emptySecret = "empty_secret"
    /// The user name holds a character that ends a field or a line.
    case controlInUsername = "control_character_in_username"
    /// The password or token holds one.
    case controlInSecret = "control_character_in_secret"
    /// Letters beyond ASCII, and the only mechanisms offered would need them prepared (RFC 4013).
    case needsPreparation = "beyond_ascii"
    /// The mechanism needs one-way functions that were not handed down.
    case noCryptography = "no_cryptography"

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
