import MailModel

/// One `Protocol` element of an Autodiscover answer.
struct AutodiscoverProtocol {
    private let element: XMLElement
    private let service: MailService

    /// Takes an element. Nil unless it is about IMAP or SMTP.
    ///
    /// - Parameter element: Any `Protocol` element.
    init?(_ element: XMLElement) {
        switch element.value("type")?.uppercased() {
        case "IMAP": service = .imap
        case "SMTP": service = .smtp
        default: return nil
        }
        self.element = element
    }

    /// The server that it describes.
    ///
    /// - Parameter incomingLogin: The user name of the incoming server, which SMTP shares when `UsePOPAuth` is on.
    /// - Returns: The server as written.
    func section(incomingLogin: String?) -> ServerSection {
        let security = security
        let shares = service == .smtp && isOn("usepopauth") == true
        return ServerSection(
            service: service, host: element.value("server"), port: port(security), security: security,
            username: element.value("loginname") ?? (shares ? incomingLogin : nil), authentication: methods)
    }

    /// `Encryption` outranks `SSL`, which is on when it is missing.
    ///
    /// What `TLS` and a bare `SSL` mean is open: Outlook starts TLS later on the ports where that is the custom, and at
    /// once elsewhere, and so do those who write these documents.
    private var security: ServerSection.Security {
        switch element.value("encryption")?.lowercased() {
        case "none": .plain
        case "ssl": .tls
        case "tls", "auto": isImplicitPort ? .tls : .starttls
        case nil where isOn("ssl") == false: .plain
        case nil: isSTARTTLSPort ? .starttls : .tls
        default: .unknown
        }
    }

    /// The ports of RFC 8314, sections 3.2 and 3.3.
    private var isImplicitPort: Bool { element.value("port") == (service == .imap ? "993" : "465") }

    private var isSTARTTLSPort: Bool {
        guard let port = element.value("port") else { return false }
        return (service == .imap ? ["143"] : ["587", "25", "2525"]).contains(port)
    }

    /// A missing port, or 0, is the usual one.
    private func port(_ security: ServerSection.Security) -> String? {
        if let port = element.value("port"), port != "0" { return port }
        switch (service, security) {
        case (.imap, .starttls): return "143"
        case (.imap, _): return "993"
        case (.smtp, .starttls): return "587"
        case (.smtp, _): return "465"
        }
    }

    private var methods: [AuthenticationMethod]? {
        var methods: [AuthenticationMethod] = []
        if let usesSPA = isOn("spa") { methods.append(usesSPA ? .ntlm : .passwordCleartext) }
        if service == .smtp, isOn("authrequired") == false { methods.append(.none) }
        return methods.isEmpty ? nil : methods
    }

    private func isOn(_ name: String) -> Bool? {
        switch element.value(name)?.lowercased() {
        case "on", "true", "1": true
        case "off", "false", "0": false
        default: nil
        }
    }
}
