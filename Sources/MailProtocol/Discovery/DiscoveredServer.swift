public import MailModel

/// One server that a document names, ready to be tried.
public struct DiscoveredServer: Hashable, Sendable {
    /// Where it is: service, host in A-labels, port, and how TLS begins there.
    public var endpoint: Endpoint
    /// The form of the user name; nil when the document names none.
    public var username: UsernameTemplate?
    /// How to log in, in the document's order; empty when the document does not say.
    public var authentication: [AuthenticationMethod]

    /// Makes a server.
    public init(endpoint: Endpoint, username: UsernameTemplate?, authentication: [AuthenticationMethod]) {
        self.endpoint = endpoint
        self.username = username
        self.authentication = authentication
    }
}
