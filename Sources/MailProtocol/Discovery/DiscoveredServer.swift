public import MailModel

/// One server that a document names, ready to be tried.
public struct DiscoveredServer: Hashable, Sendable {
    /// Where it is: service, host in A-labels, port, and how TLS begins there.
    public var endpoint: Endpoint
    /// The user name, its placeholders filled in; nil when the document names none or the address is not known.
    public var username: String?
    /// How to log in, in the document's order; empty when the document does not say.
    public var authentication: [AuthenticationMethod]

    /// Makes a server.
    public init(endpoint: Endpoint, username: String?, authentication: [AuthenticationMethod]) {
        self.endpoint = endpoint
        self.username = username
        self.authentication = authentication
    }
}
