internal import MailJSON
public import MailModel

/// A configuration in the JSON of draft-ietf-mailmaint-pacc, which is found at
/// `https://ua-auto-config.DOMAIN/.well-known/user-agent-configuration.json`.
///
/// ```json
/// {"protocols": {"imap": {"host": "imap.example.com"}, "submit": {"host": "smtp.example.com"}},
///  "authentication": {"oauth-public": {"issuer": "https://login.example.com/"}, "password": true}}
/// ```
///
/// It is to be believed only if one of the domain's `PACCDigest` records matches its octets. Revision 02 of the draft
/// says `smtp` for what revision 03 calls `submit`: both are read. There are no ports, implicit TLS is meant (RFC 8314:
/// 993 and 465), and no user names.
public struct PACCDocument: Hashable, Sendable {
    /// The provider's name for itself.
    public let providerName: ServerText?
    /// Where OAuth 2 clients begin, an `https` URL; nil when there is none.
    public let oauthIssuer: String?
    /// Whether passwords are accepted; nil when the document does not say.
    public let acceptsPassword: Bool?
    private let sections: [ServerSection]

    /// Reads a document.
    ///
    /// - Parameter octets: The body of the answer.
    /// - Throws: `DiscoveryError` when it is no such document.
    public init(octets: [UInt8]) throws(DiscoveryError) {
        let body = try Self.body(octets)
        guard let protocols = body.protocols else { throw .notThisDocument(.other) }
        let name = body.info?.provider?.name
        providerName = name.map { ServerText(octets: Array($0.utf8), limit: 255) }
        oauthIssuer = body.authentication?.oauthPublic?.issuer.flatMap(SecureURL.checked)
        acceptsPassword = body.authentication?.password
        let methods = body.authentication.map(Self.methods)
        sections = Self.sections(protocols, methods: methods)
    }

    /// The servers that the document names.
    ///
    /// - Parameter domain: The domain of the addresses.
    /// - Returns: The IMAP server, then the submission server.
    public func servers(of domain: DomainName) -> DiscoveredServers {
        DiscoveredServers(sections, placeholders: AddressPlaceholders(domain: domain))
    }

    private static func body(_ octets: [UInt8]) throws(DiscoveryError) -> PACCBody {
        let document = try DocumentText(octets: octets)
        guard document.text.first == "{" else {
            guard document.text.first == "<" else { throw .notThisDocument(.other) }
            _ = try XMLProlog.root(of: document)
            throw .notThisDocument(.other)
        }
        guard document.isFaithful, let body = try? PACCBody.json.read(octets: Array(document.text.utf8))
        else { throw .malformed }
        return body
    }

    private static func methods(_ authentication: PACCBody.Authentication) -> [AuthenticationMethod] {
        var methods: [AuthenticationMethod] = []
        if authentication.oauthPublic != nil { methods.append(.oauth2) }
        if authentication.password == true { methods.append(.passwordCleartext) }
        return methods
    }

    private static func sections(_ protocols: PACCBody.Protocols, methods: [AuthenticationMethod]?) -> [ServerSection] {
        var hosts: [(MailService, String?)] = []
        if let imap = protocols.imap { hosts.append((.imap, imap.host)) }
        if let submission = protocols.submit ?? protocols.smtp { hosts.append((.smtp, submission.host)) }
        return hosts.map { service, host in
            ServerSection(
                service: service, host: host, port: service == .imap ? "993" : "465", security: .tls,
                authentication: methods)
        }
    }
}

/// The parts of the JSON of draft-ietf-mailmaint-pacc that matter here. Keys that are not listed are ignored.
struct PACCBody {
    /// One TCP protocol.
    struct Service {
        let host: String?
    }

    /// The protocols that are offered.
    struct Protocols {
        let imap: Service?
        let submit: Service?
        let smtp: Service?
    }

    /// OAuth 2 for clients without a secret.
    struct OAuthPublic {
        let issuer: String?
    }

    /// How to log in.
    struct Authentication {
        let oauthPublic: OAuthPublic?
        let password: Bool?
    }

    /// Who it is.
    struct Provider {
        let name: String?
    }

    /// Texts for people.
    struct Info {
        let provider: Provider?
    }

    let protocols: Protocols?
    let authentication: Authentication?
    let info: Info?

    /// How the document stands in JSON.
    static let json = JSONDescription<PACCBody>.object(
        PACCBody.init,
        .field("protocols", \.protocols, .optional(protocols), "The protocols that are offered."),
        .field("authentication", \.authentication, .optional(authentication), "How to log in."),
        .field("info", \.info, .optional(info), "Texts for people."))

    private static let service = JSONDescription<Service>.object(
        Service.init, .field("host", \.host, .optional(.text), "The host."))

    private static let protocols = JSONDescription<Protocols>.object(
        Protocols.init, .field("imap", \.imap, .optional(service), "IMAP."),
        .field("submit", \.submit, .optional(service), "Submission, since revision 03."),
        .field("smtp", \.smtp, .optional(service), "Submission, in revision 02."))

    private static let authentication = JSONDescription<Authentication>.object(
        Authentication.init,
        .field(
            "oauth-public", \.oauthPublic,
            .optional(.object(OAuthPublic.init, .field("issuer", \.issuer, .optional(.text), "The issuer."))),
            "OAuth 2."),
        .field("password", \.password, .optional(.bool), "Whether passwords are accepted."))

    private static let info = JSONDescription<Info>.object(
        Info.init,
        .field(
            "provider", \.provider,
            .optional(.object(Provider.init, .field("name", \.name, .optional(.text), "The provider's name."))),
            "Who it is."))
}

/// A TXT record of `_ua-auto-config.DOMAIN`, which vouches for a `PACCDocument` (draft-ietf-mailmaint-pacc).
///
/// `v=UAAC1; a=sha256; d=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=`
public struct PACCDigest: Hashable, Sendable {
    /// The SHA-256 that the record holds, 32 octets.
    public let sha256: [UInt8]

    /// Reads a record.
    ///
    /// Nil for other records, for other algorithms, and for a digest that is not 32 octets in base64.
    ///
    /// - Parameter record: The text of a TXT record.
    public init?(record: String) {
        let list = TagList(record)
        guard list.begins(version: "UAAC1"), list.values("a").map({ $0.lowercased() }) == ["sha256"] else { return nil }
        let digests = list.values("d")
        guard digests.count == 1, let digest = Base64.decode(Array(digests[0].utf8)), digest.count == 32 else {
            return nil
        }
        sha256 = digest
    }

    /// The records among others.
    ///
    /// - Parameter records: The texts of all TXT records of the name.
    /// - Returns: Those that can be read, in order; a document is good if one of them matches.
    public static func all(in records: [String]) -> [PACCDigest] { records.compactMap { PACCDigest(record: $0) } }

    /// Whether a document is the one that is meant.
    ///
    /// - Parameter digest: The SHA-256 of the document's octets, as they were fetched.
    /// - Returns: True for equal digests.
    public func matches(_ digest: [UInt8]) -> Bool { digest == sha256 }
}
