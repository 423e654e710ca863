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

/// All the servers that a document names, in its order, usable or not.
public struct DiscoveredServers: Hashable, Sendable {
    /// The servers to try, in the document's order.
    public private(set) var usable: [DiscoveredServer] = []
    /// The servers that are left out, in the document's order.
    public private(set) var dropped: [DroppedServer] = []

    /// The usable servers of one side.
    ///
    /// - Parameter service: The side.
    /// - Returns: These servers, in the document's order.
    public func usable(for service: MailService) -> [DiscoveredServer] {
        usable.filter { $0.endpoint.service == service }
    }

    /// Makes servers out of the sections of a document.
    ///
    /// - Parameters:
    ///   - sections: The sections, in order; what is beyond the limit is not looked at.
    ///   - placeholders: What to put in the place of `%EMAILADDRESS%` and its like.
    init(_ sections: [ServerSection], placeholders: AddressPlaceholders) {
        for section in sections.prefix(DiscoveryLimits.sections) {
            do throws(DroppedServer.Reason) {
                usable.append(try section.server(placeholders))
            } catch {
                let host = section.host.map { ServerText(octets: Array($0.utf8), limit: 255) }
                dropped.append(DroppedServer(service: section.service, host: host, reason: error))
            }
        }
    }
}

/// One server that a document names and that is not used, with the reason.
public struct DroppedServer: Hashable, Sendable {
    /// Why a server is not used. The raw values are stable.
    public enum Reason: String, Error, Hashable, Sendable, CaseIterable {
        /// Neither TLS nor STARTTLS: never recommended.
        case unencrypted
        /// How TLS begins is missing or in a word that is not known.
        case unknownSecurity = "unknown_security"
        /// There is no host, or it is no fully qualified host name; an IP address is none.
        case badHost = "bad_host"
        /// There is no port, or it is no number in 1...65535.
        case badPort = "bad_port"
        /// The user name is too long or holds characters that no login can send.
        case badUsername = "bad_username"
        /// A `%` that does not belong to one of the three placeholders.
        case badPlaceholder = "bad_placeholder"
        /// The host holds the address, and only the domain is known.
        case addressNeeded = "address_needed"
        /// No login method is known that takes a password or a token.
        case noUsableAuthentication = "no_usable_authentication"
    }

    /// Which side it would have been for.
    public var service: MailService
    /// The host as written.
    public var host: ServerText?
    /// Why it is not used.
    public var reason: Reason

    /// Makes a dropped server.
    public init(service: MailService, host: ServerText?, reason: Reason) {
        self.service = service
        self.host = host
        self.reason = reason
    }
}

/// Why a document that was fetched tells no settings. The text of the document is never part of it.
public enum DiscoveryError: Error, Hashable, Sendable {
    /// What else a document can be.
    public enum Foreign: String, Hashable, Sendable, CaseIterable {
        /// A web page: the usual answer of a web server that knows no such path and says 200 all the same.
        case html
        /// Anything else: plain text, JSON where XML was asked for, or XML with another root.
        case other
    }

    /// There is nothing in it, or nothing but blanks.
    case empty
    /// It passes a limit: octets, depth, elements, or the length of a text.
    case tooLarge
    /// It is a document of another kind.
    case notThisDocument(Foreign)
    /// It begins like the document, and does not follow the grammar or its own encoding; a cut one is such.
    case malformed
    /// It brings a document type declaration, the place where entities are declared that grow or read other files.
    case forbidden

    /// A stable name for reports: `empty`, `too_large`, `not_this_document_html`, ...
    public var id: String {
        switch self {
        case .empty: "empty"
        case .tooLarge: "too_large"
        case .notThisDocument(let foreign): "not_this_document_" + foreign.rawValue
        case .malformed: "malformed"
        case .forbidden: "forbidden"
        }
    }
}
