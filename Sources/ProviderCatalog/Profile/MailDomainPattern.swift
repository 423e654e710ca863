/// A domain of mail addresses, or all domains below a name.
public struct MailDomainPattern: Hashable, Sendable, CustomStringConvertible {
    /// The name in A-labels, without the `*.` of a pattern.
    public let name: String
    /// Whether the domains below the name are meant, and not the name itself.
    public let includesSubdomains: Bool

    /// Reads `example.com` or `*.example.com`; nil for anything else.
    ///
    /// - Parameter text: The pattern, lower case.
    public init?(_ text: String) {
        includesSubdomains = text.hasPrefix("*.")
        name = includesSubdomains ? String(text.dropFirst(2)) : text
        guard HostNameForm.isCanonical(name) else { return nil }
    }

    /// `example.com` or `*.example.com`
    public var description: String { includesSubdomains ? "*." + name : name }
}
