import COpenSSL
import FoundationEssentials

/// A certificate authority in memory, made anew each time, so that no test depends on a stored certificate that ends.
///
/// ```swift
/// let authority = try CertificateAuthority()
/// let certificate = try authority.issue(CertificateRequest(names: ["smtp.example.test"]))
/// ```
public struct CertificateAuthority: Sendable {
    /// The authority's own certificate (PEM): what a client has to trust.
    public let certificatePEM: String

    private let privateKeyPEM: String
    private let intermediatesPEM: String

    /// Makes a root on the curve P-256, valid from ten years ago for twenty years.
    ///
    /// - Parameter commonName: The name of the root, up to 64 characters (RFC 5280, appendix A.1).
    /// - Throws: `CertificateError` with OpenSSL's reasons.
    public init(commonName: String = "mailconnect loopback CA") throws(CertificateError) {
        let key = try PrivateKey()
        let root = try Self.authorityCertificate(commonName, key)
        try Self.finish(root, issuer: root, key: key)
        certificatePEM = try root.pem()
        privateKeyPEM = try key.pem()
        intermediatesPEM = ""
    }

    private init(certificatePEM: String, privateKeyPEM: String, intermediatesPEM: String) {
        self.certificatePEM = certificatePEM
        self.privateKeyPEM = privateKeyPEM
        self.intermediatesPEM = intermediatesPEM
    }

    /// Issues a certificate for a server.
    ///
    /// - Parameter request: What it is to say.
    /// - Returns: The certificate and its new key.
    /// - Throws: `CertificateError` with OpenSSL's reasons, for example for an address that is none.
    public func issue(_ request: CertificateRequest) throws(CertificateError) -> IssuedCertificate {
        let key = try PrivateKey()
        let certificate = try Certificate(
            key: key, subject: request.subject, notBefore: request.notBefore, notAfter: request.notAfter)
        let issuer = request.issuerIsSelf ? certificate : try Certificate(pem: certificatePEM)
        try certificate.setIssuer(issuer)
        try certificate.add(NID_basic_constraints, "critical,CA:FALSE", issuer: issuer)
        try certificate.add(NID_key_usage, "critical,digitalSignature", issuer: issuer)
        try certificate.add(NID_ext_key_usage, "serverAuth", issuer: issuer)
        try certificate.addKeyIdentifiers(issuer: issuer)
        if !request.names.isEmpty || !request.addresses.isEmpty {
            try certificate.add(AlternativeNames(names: request.names, addresses: request.addresses))
        }
        try certificate.sign(with: request.issuerIsSelf ? key : PrivateKey(pem: privateKeyPEM))
        return IssuedCertificate(
            certificatePEM: try certificate.pem(), intermediatesPEM: request.issuerIsSelf ? "" : intermediatesPEM,
            privateKeyPEM: try key.pem())
    }

    /// Makes an authority below this one. What it issues carries the intermediate certificate along.
    ///
    /// - Parameter commonName: The name of the intermediate, up to 64 characters.
    /// - Returns: The authority; its `certificatePEM` is the intermediate, and clients still trust the root.
    /// - Throws: `CertificateError` with OpenSSL's reasons.
    public func intermediate(commonName: String) throws(CertificateError) -> CertificateAuthority {
        let key = try PrivateKey()
        let certificate = try Self.authorityCertificate(commonName, key)
        try Self.finish(certificate, issuer: Certificate(pem: certificatePEM), key: PrivateKey(pem: privateKeyPEM))
        let pem = try certificate.pem()
        return CertificateAuthority(
            certificatePEM: pem, privateKeyPEM: try key.pem(), intermediatesPEM: pem + intermediatesPEM)
    }

    /// Has another authority sign this one's name and key too (cross-signing).
    ///
    /// - Parameters:
    ///   - other: Who signs.
    ///   - commonName: The name of this authority, as it was given.
    /// - Returns: The further certificate of this authority (PEM).
    /// - Throws: `CertificateError` with OpenSSL's reasons.
    public func certificate(signedBy other: CertificateAuthority, commonName: String) throws(CertificateError) -> String
    {
        let key = try PrivateKey(pem: privateKeyPEM)
        let certificate = try Self.authorityCertificate(commonName, key)
        try Self.finish(
            certificate, issuer: Certificate(pem: other.certificatePEM), key: PrivateKey(pem: other.privateKeyPEM))
        return try certificate.pem()
    }

    private static func authorityCertificate(
        _ name: String, _ key: PrivateKey
    ) throws(CertificateError) -> Certificate {
        let tenYears = 3_650 * 86_400.0
        return try Certificate(
            key: key, subject: name, notBefore: Date(timeIntervalSinceNow: -tenYears),
            notAfter: Date(timeIntervalSinceNow: tenYears))
    }

    private static func finish(
        _ certificate: Certificate, issuer: Certificate, key: PrivateKey
    ) throws(CertificateError) {
        try certificate.setIssuer(issuer)
        try certificate.add(NID_basic_constraints, "critical,CA:TRUE", issuer: issuer)
        try certificate.add(NID_key_usage, "critical,keyCertSign,cRLSign", issuer: issuer)
        try certificate.addKeyIdentifiers(issuer: issuer)
        try certificate.sign(with: key)
    }
}
