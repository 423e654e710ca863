public import FoundationEssentials

/// What a certificate for a loopback peer is to say. Wrong and hostile content is allowed: that is what tests need.
public struct CertificateRequest: Hashable, Sendable {
    /// The DNS names, wildcards included (RFC 5280, section 4.2.1.6).
    public var names: [String]
    /// The IP addresses, as text.
    public var addresses: [String]
    /// When the certificate begins to be valid.
    public var notBefore: Date
    /// When it ends.
    public var notAfter: Date
    /// The subject's common name, nil for the first name.
    public var commonName: String?
    /// Whether it signs itself instead of being signed by the authority.
    public var issuerIsSelf: Bool

    /// Asks for a certificate.
    ///
    /// - Parameters:
    ///   - names: The DNS names.
    ///   - addresses: The IP addresses, as text.
    ///   - notBefore: When it begins to be valid; a day ago if not said.
    ///   - notAfter: When it ends; in 30 days if not said.
    ///   - commonName: The subject's common name, nil for the first name.
    ///   - issuerIsSelf: Whether it signs itself.
    public init(
        names: [String], addresses: [String] = [], notBefore: Date = Date(timeIntervalSinceNow: -86_400),
        notAfter: Date = Date(timeIntervalSinceNow: 30 * 86_400), commonName: String? = nil, issuerIsSelf: Bool = false
    ) {
        self.names = names
        self.addresses = addresses
        self.notBefore = notBefore
        self.notAfter = notAfter
        self.commonName = commonName
        self.issuerIsSelf = issuerIsSelf
    }

    /// A certificate that ended yesterday.
    ///
    /// - Parameter names: The DNS names.
    /// - Returns: The request.
    public static func expired(names: [String]) -> CertificateRequest {
        CertificateRequest(
            names: names, notBefore: Date(timeIntervalSinceNow: -60 * 86_400),
            notAfter: Date(timeIntervalSinceNow: -86_400))
    }

    /// A certificate that begins tomorrow.
    ///
    /// - Parameter names: The DNS names.
    /// - Returns: The request.
    public static func notYetValid(names: [String]) -> CertificateRequest {
        CertificateRequest(names: names, notBefore: Date(timeIntervalSinceNow: 86_400))
    }

    var subject: String { commonName ?? names.first ?? addresses.first ?? "loopback peer" }
}
