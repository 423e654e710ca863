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

/// What the placeholders of draft-ietf-mailmaint-autoconfig (section "Placeholders") stand for, once the domain is known.
///
/// The address is not: what depends on it stays open in a user name, and rules a host out.
struct AddressPlaceholders: Hashable, Sendable {
    /// The domain that the settings are looked for.
    let domain: DomainName

    /// Fills the host of a server in, once: what is put in is not looked at again.
    ///
    /// - Throws: `badPlaceholder` for every `%` that does not belong to one of the three, `addressNeeded` for a host that
    ///   depends on the address.
    func host(_ text: String) throws(DroppedServer.Reason) -> String {
        var host = ""
        for part in try parts(of: text) {
            guard case .text(let text) = part else { throw .addressNeeded }
            host += text
        }
        return host
    }

    /// The form of a user name.
    ///
    /// - Throws: `badPlaceholder` for every `%` that does not belong to one of the three.
    func username(_ text: String) throws(DroppedServer.Reason) -> UsernameTemplate {
        let parts = try parts(of: text)
        let texts = parts.compactMap { if case .text(let text) = $0 { text } else { nil } }
        if texts.count == parts.count { return .fixed(texts.joined()) }
        if parts == [.address] || parts == [.localPart, .text("@\(domain)")] { return .address }
        return parts == [.localPart] ? .localPart : .composed(parts)
    }

    /// The pieces, neighbouring texts joined and empty ones left out.
    private func parts(of text: String) throws(DroppedServer.Reason) -> [UsernameTemplate.Part] {
        var pieces = text.split(separator: "%", omittingEmptySubsequences: false)[...]
        guard !pieces.count.isMultiple(of: 2) else { throw .badPlaceholder }
        var result: [UsernameTemplate.Part] = []
        append(.text(String(pieces.removeFirst())), to: &result)
        while let name = pieces.popFirst() {
            append(try part(named: name), to: &result)
            append(.text(String(pieces.popFirst() ?? "")), to: &result)
        }
        return result
    }

    private func part(named name: Substring) throws(DroppedServer.Reason) -> UsernameTemplate.Part {
        switch name {
        case "EMAILADDRESS": .address
        case "EMAILLOCALPART": .localPart
        case "EMAILDOMAIN": .text(domain.description)
        default: throw .badPlaceholder
        }
    }

    private func append(_ part: UsernameTemplate.Part, to result: inout [UsernameTemplate.Part]) {
        guard case .text(let text) = part else { return result.append(part) }
        if text.isEmpty { return }
        if case .text(let before)? = result.last {
            result.removeLast(); result.append(.text(before + text))
        } else {
            result.append(part)
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
