import FoundationEssentials
public import MailModel

/// A key for the API. It prints as redacted.
///
/// The documented form is the prefix `cs_live_` and more; the length is not promised, so it is not checked.
/// Source: <https://docs.coldsend.pro/authentication/api-keys>
public struct APIKey: Hashable, Sendable {
    /// The documented prefix.
    public static let prefix = "cs_live_"

    /// The key, without the white space around it.
    let secret: Secret

    /// Checks a key.
    ///
    /// - Parameter text: The key as it stands in a file or variable; white space around it is dropped.
    /// - Throws: `APIKeyError`, which never quotes the key.
    public init(_ text: Secret) throws(APIKeyError) {
        let key = text.revealed.trimmingWhitespace()
        guard !key.isEmpty else { throw .empty }
        guard key.hasPrefix(Self.prefix) else { throw .wrongPrefix }
        // What could end a header field's line, or has no place in one (RFC 9110, section 5.5).
        guard key.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { throw .unusableCharacter }
        secret = Secret(key)
    }
}
