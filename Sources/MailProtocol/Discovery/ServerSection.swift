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
        guard let filled = hasPlaceholders ? try placeholders.fill(host) : host else { throw .addressNeeded }
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

    private func checkedUsername(_ placeholders: AddressPlaceholders) throws(DroppedServer.Reason) -> String? {
        guard let username else { return nil }
        guard let filled = hasPlaceholders ? try placeholders.fill(username) : username else { return nil }
        guard filled.utf8.count <= DiscoveryLimits.username, ServerText(filled).escaped == filled else {
            throw .badUsername
        }
        return filled
    }
}

/// What the placeholders of draft-ietf-mailmaint-autoconfig (section "Placeholders") stand for.
struct AddressPlaceholders: Hashable, Sendable {
    /// The address, nil while only the domain is known.
    let address: EmailAddress?
    /// The domain that the settings are looked for.
    let domain: DomainName

    /// Fills a text in, once: what is put in is not looked at again.
    ///
    /// - Parameter text: A text with any number of placeholders.
    /// - Returns: The text, nil when it takes an address and there is none.
    /// - Throws: `badPlaceholder` for every `%` that does not belong to one of the three.
    func fill(_ text: String) throws(DroppedServer.Reason) -> String? {
        var parts = text.split(separator: "%", omittingEmptySubsequences: false)[...]
        guard !parts.count.isMultiple(of: 2) else { throw .badPlaceholder }
        var result = String(parts.removeFirst())
        var isComplete = true
        while let name = parts.popFirst() {
            if let value = try value(of: name) { result += value } else { isComplete = false }
            result += parts.popFirst() ?? ""
        }
        return isComplete ? result : nil
    }

    private func value(of name: Substring) throws(DroppedServer.Reason) -> String? {
        switch name {
        case "EMAILADDRESS": address?.description
        case "EMAILLOCALPART": address?.localPart
        case "EMAILDOMAIN": domain.description
        default: throw .badPlaceholder
        }
    }
}

/// A host that a document may send us to.
enum HostName {
    /// Checks a host name.
    ///
    /// - Parameter text: A name, internationalized or not.
    /// - Returns: The name in A-labels. Nil for what is not fully qualified, for an IP address (no certificate that we
    ///   trust names one, and it could point into the user's own network), and for what is no name at all.
    static func checked(_ text: String) -> String? {
        guard text.utf8.count <= 1024, let name = try? DomainName(text), name.labels.count >= 2 else { return nil }
        guard !name.description.contains("_"), let top = name.labels.last else { return nil }
        return top.utf8.contains { ASCII.digit($0) == nil } ? name.description : nil
    }
}
