public import MailModel
import MailNetwork

/// How a peer speaks TLS.
public struct PeerTLS: Sendable {
    /// What it presents.
    public var certificate: IssuedCertificate
    /// Whether TLS begins with the first octet; otherwise the peer begins it when its dialogue says so.
    public var isImplicit: Bool
    /// The oldest version it speaks, nil for OpenSSL's default.
    public var minimumVersion: TLSVersion?
    /// The newest version it speaks, nil for OpenSSL's default.
    public var maximumVersion: TLSVersion?

    /// Says how a peer speaks TLS.
    ///
    /// - Parameters:
    ///   - certificate: What it presents.
    ///   - isImplicit: Whether TLS begins with the first octet.
    ///   - minimumVersion: The oldest version, nil for OpenSSL's default.
    ///   - maximumVersion: The newest version, nil for OpenSSL's default.
    public init(
        _ certificate: IssuedCertificate, isImplicit: Bool = false, minimumVersion: TLSVersion? = nil,
        maximumVersion: TLSVersion? = nil
    ) {
        self.certificate = certificate
        self.isImplicit = isImplicit
        self.minimumVersion = minimumVersion
        self.maximumVersion = maximumVersion
    }

    func makeContext() throws(LoopbackError) -> TLSServerContext {
        do {
            return try TLSServerContext(
                certificateChainPEM: certificate.chainPEM, privateKeyPEM: certificate.privateKeyPEM,
                minimumVersion: minimumVersion, maximumVersion: maximumVersion)
        } catch {
            throw LoopbackError(.badCertificate, error.description)
        }
    }
}
