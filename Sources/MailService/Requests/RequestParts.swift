internal import FoundationEssentials
internal import MailConnect
internal import MailJSON
internal import MailModel
internal import MailNetwork

extension JSONDescription where Value == Secret {
    /// A secret as a client sends it. It is never written.
    static var secret: JSONDescription {
        JSONDescription<String>.text(length: 1...SecretLimit.characters).annotated([
            "format": "password", "writeOnly": true,
        ])
        .mapped { text throws(JSONMistake) -> Secret in
            guard !text.isEmpty else { throw JSONMistake(.badValue, "it is empty") }
            guard text.unicodeScalars.count <= SecretLimit.characters else {
                throw JSONMistake(.badValue, "it has more than \(SecretLimit.characters) characters")
            }
            return Secret(text)
        } write: { _ in
            "[redacted]"
        }
    }
}

/// How long a secret may be: an access token has some thousand characters.
private enum SecretLimit {
    static let characters = 16_384
}

extension JSONDescription where Value == String {
    /// A text of so many characters.
    static func text(of length: ClosedRange<Int>) -> JSONDescription {
        text(length: length).checked { text throws(JSONMistake) in
            guard length.contains(text.unicodeScalars.count) else {
                throw JSONMistake(
                    .badValue, "it has \(length.lowerBound) to \(length.upperBound) characters")
            }
        }
    }

    /// A host name or an IP address.
    static var host: JSONDescription {
        text(of: 1...255).annotated([
            "anyOf": [["format": "hostname"], ["format": "ipv4"], ["format": "ipv6"]]
        ]).checked { text throws(JSONMistake) in
            guard IPAddress(text) != nil || (try? DomainName(text)) != nil else {
                throw JSONMistake(.badValue, "it is neither a host name nor an IP address")
            }
        }
    }
}

extension JSONDescription where Value == EmailAddress {
    /// A mail address as a client sends it.
    static var address: JSONDescription { EmailAddress.json.annotated(["format": "email", "minLength": 3]) }
}

extension JSONDescription where Value == DomainName {
    /// A domain as a client sends it.
    static var domain: JSONDescription { DomainName.json.annotated(["format": "hostname", "minLength": 1]) }
}

extension JSONDescription where Value == Double {
    /// A number of seconds within bounds.
    static func seconds(_ range: ClosedRange<Double>) -> JSONDescription {
        JSONDescription(
            schema: [
                "type": "number", "minimum": .number(range.lowerBound), "maximum": .number(range.upperBound),
            ],
            write: { .number($0) },
            read: { value, _ throws(JSONMistake) in
                guard let number = value.number else { throw JSONMistake(.wrongType, "a number must stand here") }
                guard range.contains(number) else {
                    throw JSONMistake(
                        .badValue, "it is not within \(Int(range.lowerBound)) and \(Int(range.upperBound))")
                }
                return number
            })
    }
}

/// How far a run may reach, as it is called in a request.
enum ReachChoice: String, CaseIterable, Sendable {
    case offline
    case dnsOnly = "dns_only"
    case everything
    case thirdParties = "third_parties"

    var reach: Reach {
        switch self {
        case .offline: .offline
        case .dnsOnly: .dnsOnly
        case .everything: .everything
        case .thirdParties: .thirdParties
        }
    }
}

/// What a client may say of a mailbox's age.
enum StageChoice: String, CaseIterable, Sendable {
    case new
    case warming
    case established

    var stage: MailboxStage {
        switch self {
        case .new: .new
        case .warming: .warming
        case .established: .established
        }
    }
}

/// A server that a client names.
struct EndpointChoice: Hashable, Sendable {
    var host: String?
    var port: Int?
    var security: ConnectionSecurity?
    var username: String?

    static let json = JSONDescription<EndpointChoice>.object(
        EndpointChoice.init,
        .field("host", \.host, .optional(.host), missing: nil, "The host name or IP address."),
        .field(
            "port", \.port, .optional(.integer(in: 1...65_535)), missing: nil,
            "The port; 587 for SMTP and 993 for IMAP where none is named."),
        .field(
            "security", \.security, .optional(.word("a kind of TLS")), missing: nil,
            "When TLS begins; where it is not named, at once on 465 and 993, after STARTTLS elsewhere."),
        .field("username", \.username, .optional(.text(of: 1...320)), missing: nil, "The user name."),
        about: "A server to use in place of the one that is found."
    ).checked { choice throws(JSONMistake) in
        guard choice.host != nil || (choice.port == nil && choice.security == nil) else {
            throw JSONMistake(.missingKey, at: "host", "a port or a kind of TLS needs a host")
        }
    }

    /// The endpoint; nil where no host is named.
    func endpoint(_ service: MailModel.MailService) -> Endpoint? {
        guard let host else { return nil }
        let port = port ?? (service == .smtp ? 587 : 993)
        let usual: ConnectionSecurity = [465, 993].contains(port) ? .tls : .starttls
        let name = IPAddress(host) == nil ? (try? DomainName(host))?.description ?? host : host
        return Endpoint(service: service, host: name, port: port, security: security ?? usual)
    }
}
