public import MailJSON

/// One place to connect to: service, host, port and how TLS begins there.
public struct Endpoint: Hashable, Sendable, CustomStringConvertible {
    /// What is spoken there.
    public var service: MailService
    /// Host name, or an IP address as text.
    public var host: String
    /// TCP port, 1...65535.
    public var port: Int
    /// How TLS begins.
    public var security: ConnectionSecurity

    /// Makes an endpoint.
    public init(service: MailService, host: String, port: Int, security: ConnectionSecurity) {
        self.service = service
        self.host = host
        self.port = port
        self.security = security
    }

    /// `smtp.example.com:587/starttls`
    public var description: String { "\(host):\(port)/\(security.rawValue)" }
}

/// How an endpoint stands in JSON: in three ways, as the contract has it.
extension Endpoint {
    /// `smtp.example.com:587/starttls`. It does not say which side it belongs to.
    ///
    /// - Parameter service: The side.
    /// - Returns: The description.
    public static func text(of service: MailService) -> JSONDescription<Endpoint> {
        JSONDescription<String>.text.mapped(
            read: { text throws(JSONMistake) in try Endpoint(text, service) }, write: \.description)
    }

    /// The members `protocol` and `endpoint`, both null where there is none.
    public static let placed = JSONDescription<Place>.object(
        Place.init,
        .field("protocol", \.service, .optional(.word("smtp or imap")), "The side; null for DNS."),
        .field("endpoint", \.text, .optional(.text), "HOST:PORT/SECURITY; null for DNS.")
    ).mapped { place throws(JSONMistake) -> Endpoint? in
        guard let service = place.service, let text = place.text else { return nil }
        do throws(JSONMistake) { return try Endpoint(text, service) } catch {
            throw JSONMistake(error.kind, at: "endpoint", error.reason)
        }
    } write: { (endpoint: Endpoint?) -> Place in
        Place(service: endpoint?.service, text: endpoint?.description)
    }

    /// The members `protocol` and `endpoint` of something that always has a place.
    public static let named = placed.mapped { endpoint throws(JSONMistake) -> Endpoint in
        guard let endpoint else { throw JSONMistake(.missingKey, at: "protocol", "this key is missing") }
        return endpoint
    } write: { (endpoint: Endpoint) -> Endpoint? in
        endpoint
    }

    /// The members `smtp_host`, `smtp_port` and `smtp_security`, or those of IMAP.
    ///
    /// - Parameter service: The side.
    /// - Returns: The description.
    public static func members(of service: MailService) -> JSONDescription<Endpoint> {
        let side = service.rawValue
        return JSONDescription<Endpoint>.object(
            { Endpoint(service: service, host: $0, port: $1, security: $2) },
            .field(
                side + "_host", \.host, .text(length: 1...255),
                "Host name, or an IP address."),
            .field(side + "_port", \.port, .integer(in: 1...65_535), "TCP port."),
            .field(side + "_security", \.security, .word("a way to begin TLS"), "How TLS begins."))
    }

    private struct Place {
        var service: MailService?
        var text: String?
    }

    private init(_ text: String, _ service: MailService) throws(JSONMistake) {
        guard let slash = text.lastIndex(of: "/"), let colon = text[..<slash].lastIndex(of: ":"),
            let port = Int(text[text.index(after: colon)..<slash]), (1...65_535).contains(port),
            let security = ConnectionSecurity(rawValue: String(text[text.index(after: slash)...]))
        else { throw JSONMistake(.badValue, "HOST:PORT/tls or HOST:PORT/starttls must stand here") }
        self.init(service: service, host: String(text[..<colon]), port: port, security: security)
    }
}

/// Which side of a mailbox is meant: sending (RFC 6409) or reading (RFC 9051).
public enum MailService: String, Hashable, Sendable, CaseIterable {
    /// Message submission.
    case smtp
    /// Mailbox access.
    case imap
}

/// How TLS begins on a connection. There is no value for "not at all": such settings are never recommended.
public enum ConnectionSecurity: String, Hashable, Sendable, CaseIterable {
    /// TLS is negotiated inside the running session (RFC 3207, RFC 9051 section 6.2.1).
    case starttls
    /// TLS begins with the first octet ("implicit TLS", RFC 8314).
    case tls
}
