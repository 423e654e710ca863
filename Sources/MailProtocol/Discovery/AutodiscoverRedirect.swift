public import MailModel

/// Where an Autodiscover answer sends its reader. It is told, and never followed by whoever parses.
public enum AutodiscoverRedirect: Hashable, Sendable {
    /// Ask again, for this address.
    case address(EmailAddress)
    /// Ask again, there: an `https` URL.
    case url(String)
    /// It should send somewhere, and what it says is neither an address nor an `https` URL; empty when it says nothing.
    case unusable(ServerText)
}
