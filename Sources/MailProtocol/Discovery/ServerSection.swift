import MailModel

/// One server as a document writes it, before it is checked.
struct ServerSection: Hashable, Sendable {
    /// How a document says that TLS begins.
    enum Security: Hashable, Sendable {
        case tls, starttls, plain, unknown
    }

    /// Which side.
    var service: MailService
    /// The host as written.
    var host: String?
    /// The port as written.
    var port: String?
    /// How TLS begins.
    var security: Security
    /// The user name as written.
    var username: String?
    /// Whether host and user name are templates; if not, a `%` in them is just that.
    var hasPlaceholders = false
    /// The login methods that are known; nil when the document names none at all.
    var authentication: [AuthenticationMethod]?

    /// Checks the section and fills its placeholders in.
    ///
    /// - Parameter placeholders: What stands for what.
    /// - Returns: The server.
    /// - Throws: The first reason not to use it.
    func server(_ placeholders: AddressPlaceholders) throws(DroppedServer.Reason) -> DiscoveredServer {
        let endpoint = Endpoint(
            service: service, host: try checkedHost(placeholders), port: try checkedPort(),
            security: try checkedSecurity())
        if let methods = authentication, !methods.contains(where: \.takesSecret) { throw .noUsableAuthentication }
        return DiscoveredServer(
            endpoint: endpoint, username: try checkedUsername(placeholders), authentication: authentication ?? [])
    }

    private func checkedHost(_ placeholders: AddressPlaceholders) throws(DroppedServer.Reason) -> String {
        guard let host else { throw .badHost }
        let filled = hasPlaceholders ? try placeholders.host(host) : host
        guard let name = HostName.checked(filled) else { throw .badHost }
        return name
    }

    private func checkedPort() throws(DroppedServer.Reason) -> Int {
        guard let port, let number = ASCII.number(port.utf8), (1...65535).contains(number) else { throw .badPort }
        return number
    }

    private func checkedSecurity() throws(DroppedServer.Reason) -> ConnectionSecurity {
        switch security {
        case .tls: .tls
        case .starttls: .starttls
        case .plain: throw .unencrypted
        case .unknown: throw .unknownSecurity
        }
    }

    private func checkedUsername(_ placeholders: AddressPlaceholders) throws(DroppedServer.Reason) -> UsernameTemplate?
    {
        guard let username else { return nil }
        guard username.utf8.count <= DiscoveryLimits.username, ServerText(username).escaped == username else {
            throw .badUsername
        }
        return hasPlaceholders ? try placeholders.username(username) : .fixed(username)
    }
}
