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
    /// How many octets came in clear between the go-ahead for STARTTLS and the handshake; they were thrown away.
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
    /// The peer's first octets are no TLS record: it speaks in clear here.
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
