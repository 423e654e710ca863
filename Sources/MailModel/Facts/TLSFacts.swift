public import MailJSON

/// A version of TLS that was negotiated.
public struct TLSVersion: Hashable, Sendable, CustomStringConvertible {
    /// OpenSSL's name for it: `TLSv1.3`, `TLSv1.2`, ...
    public let description: String

    /// Names a version.
    ///
    /// - Parameter name: OpenSSL's name.
    public init(_ name: String) { description = name }

    /// TLS 1.2 (RFC 5246).
    public static let v1_2 = TLSVersion("TLSv1.2")
    /// TLS 1.3 (RFC 8446).
    public static let v1_3 = TLSVersion("TLSv1.3")

    /// Whether a login may be sent over it: TLS 1.2 or later (RFC 8996 retired the older ones).
    public var allowsLogin: Bool { self == .v1_2 || self == .v1_3 }
}

/// What the verification of the peer's chain ended in.
public enum ChainVerification: Hashable, Sendable {
    /// The chain leads to a trusted root and every certificate in it is valid now.
    case trusted
    /// It does not; OpenSSL's `X509_V_ERR_*` number and the words it has for it.
    case rejected(code: Int, reason: String)
}

/// What was seen in a TLS handshake that came to its end, before anything was judged.
public struct TLSFacts: Hashable, Sendable {
    /// The version.
    public var version: TLSVersion
    /// The cipher suite, by its RFC name.
    public var cipherSuite: String
    /// The application protocol (RFC 7301), when one was agreed on.
    public var alpn: String?
    /// The name asked for by SNI (RFC 6066) and held against the certificate.
    public var serverName: String
    /// The certificates that the peer sent, its own first.
    public var certificates: [CertificateFacts]
    /// Whether the chain can be trusted.
    public var chain: ChainVerification
    /// Whether the peer's certificate is for `serverName` (RFC 9525).
    public var hostNameMatches: Bool
    /// How many octets came as plaintext between the go-ahead for STARTTLS and the handshake; they were thrown away.
    public var discardedPlaintext: Int
    /// What the stapled OCSP response says, nil when none was sent.
    public var ocspStaple: OCSPStapleFacts?
    /// Whether an earlier session was resumed (RFC 8446, section 2.2; RFC 5077). No certificate was sent then: what
    /// stands here about the chain, the name and the staple is of the full handshake that began the session.
    public var isResumed: Bool

    /// Makes facts.
    public init(
        version: TLSVersion, cipherSuite: String, alpn: String?, serverName: String, certificates: [CertificateFacts],
        chain: ChainVerification, hostNameMatches: Bool, discardedPlaintext: Int = 0,
        ocspStaple: OCSPStapleFacts? = nil, isResumed: Bool = false
    ) {
        self.version = version
        self.cipherSuite = cipherSuite
        self.alpn = alpn
        self.serverName = serverName
        self.certificates = certificates
        self.chain = chain
        self.hostNameMatches = hostNameMatches
        self.discardedPlaintext = discardedPlaintext
        self.ocspStaple = ocspStaple
        self.isResumed = isResumed
    }
}

/// Why a TLS handshake did not come to its end.
public enum TLSFailure: Hashable, Sendable {
    /// The peer's first octets are no TLS record: it speaks plaintext here.
    case notTLS(firstOctets: ServerText)
    /// The peer sent a fatal alert (RFC 8446, section 6): its number and name.
    case alert(number: Int, name: String)
    /// No version of TLS that both sides accept.
    case unsupportedVersion
    /// The peer closed the connection in the middle.
    case closed
    /// Anything else, in OpenSSL's words.
    case other(String)
}

extension TLSVersion {
    /// How it stands in a report.
    public static let json = JSONDescription<String>.text.mapped(read: { TLSVersion($0) }, write: \.description)
}

extension ChainVerification {
    private struct Members {
        var isTrusted: Bool
        var code: Int?
        var reason: String?
    }

    /// How it stands in a report.
    public static let json = JSONDescription<Members>.object(
        Members.init,
        .field("trusted", \.isTrusted, .bool, "Whether the chain leads to a trusted root and is valid now."),
        .field("code", \.code, .optional(.integer), "The X509_V_ERR number; null when it is trusted."),
        .field("reason", \.reason, .optional(.text), "The words for it; null when it is trusted.")
    ).mapped { members throws(JSONMistake) -> ChainVerification in
        if members.isTrusted { return .trusted }
        guard let code = members.code else { throw JSONMistake(.missingKey, at: "code", "this key is missing") }
        guard let reason = members.reason else { throw JSONMistake(.missingKey, at: "reason", "this key is missing") }
        return .rejected(code: code, reason: reason)
    } write: { (chain: ChainVerification) -> Members in
        switch chain {
        case .trusted: Members(isTrusted: true, code: nil, reason: nil)
        case .rejected(let code, let reason): Members(isTrusted: false, code: code, reason: reason)
        }
    }
}

extension TLSFacts {
    /// How it stands in a report.
    public static let json = JSONDescription<TLSFacts>.object(
        TLSFacts.init,
        .field("version", \.version, TLSVersion.json, "TLSv1.3, TLSv1.2, ..."),
        .field("cipher_suite", \.cipherSuite, .text, "The cipher suite, by its RFC name."),
        .field("alpn", \.alpn, .optional(.text), "The application protocol, when one was agreed on."),
        .field("server_name", \.serverName, .text, "The name asked for and held against the certificate."),
        .field(
            "certificates", \.certificates, .list(CertificateFacts.json),
            "What the peer sent, its own certificate first."),
        .field("chain", \.chain, ChainVerification.json, "Whether the chain can be trusted."),
        .field("host_name_matches", \.hostNameMatches, .bool, "Whether the certificate is for server_name."),
        .field(
            "discarded_plaintext", \.discardedPlaintext, .integer,
            "Octets that came as plaintext between the go-ahead for STARTTLS and the handshake, and were thrown away."),
        .field(
            "ocsp_staple", \.ocspStaple, .optional(OCSPStapleFacts.json),
            "The stapled OCSP response, null when none came."),
        .field(
            "is_resumed", \.isResumed, .bool, missing: false,
            "Whether a session was resumed; what is said of certificates is then of its full handshake."),
        order: ["version", "cipher_suite", "alpn", "server_name", "host_name_matches", "chain"])
}

extension TLSFailure {
    /// How it stands in a report.
    public static let json = JSONDescription<TLSFailure>.union(
        "a failure of TLS", [Case.notTLS, Case.alert, Case.unsupportedVersion, Case.closed, Case.other],
        about: "Why a TLS handshake did not come to its end."
    ) { failure in
        switch failure {
        case .notTLS(let octets): Case.notTLS(octets)
        case .alert(let number, let name): Case.alert(number, name)
        case .unsupportedVersion: Case.unsupportedVersion()
        case .closed: Case.closed()
        case .other(let words): Case.other(words)
        }
    }

    private enum Case {
        static let notTLS = JSONCase(
            "not_tls", TLSFailure.notTLS,
            .payload("first_octets", .serverText, "The peer's first octets, which are not a TLS record."))
        static let alert = JSONCase(
            "alert", TLSFailure.alert, .payload("number", .integer, "The number of the alert (RFC 8446, section 6)."),
            .payload("name", .text, "Its name."))
        static let unsupportedVersion = JSONCase("unsupported_version") { TLSFailure.unsupportedVersion }
        static let closed = JSONCase("closed") { TLSFailure.closed }
        static let other = JSONCase("other", TLSFailure.other, .payload("detail", .text, "OpenSSL's words."))
    }
}
