/// How much a match rests on. A later case is the better one.
public enum Specificity: Int, Hashable, Sendable, Comparable, CaseIterable {
    /// A class of codes, or an IMAP status alone.
    case codeClass
    /// An SMTP code alone.
    case code
    /// An enhanced status code, or an IMAP response code.
    case enhancedCode
    /// Words that several servers use, without a code.
    case text
    /// A code and words.
    case codeAndText
    /// The default words of a server software.
    case softwareText
    /// A code, at a provider where it means this.
    case providerCode
    /// The words of this provider, or words that only one provider uses. Among those the longer ones say more, with a
    /// code or without.
    case providerText

    /// Whether one rests on less than another.
    ///
    /// - Parameters:
    ///   - left: One.
    ///   - right: The other.
    /// - Returns: True when `left` is the weaker one.
    public static func < (left: Specificity, right: Specificity) -> Bool { left.rawValue < right.rawValue }
}
