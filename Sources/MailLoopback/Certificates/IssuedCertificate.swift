/// A certificate with its key, ready for a TLS server.
public struct IssuedCertificate: Hashable, Sendable, CustomStringConvertible {
    /// The certificate (PEM).
    public var certificatePEM: String
    /// The certificates between it and the root, nearest first (PEM). Empty it to play a server that forgot them.
    public var intermediatesPEM: String
    /// The private key (PEM, PKCS #8, not encrypted).
    public var privateKeyPEM: String

    /// Puts a certificate together.
    ///
    /// - Parameters:
    ///   - certificatePEM: The certificate.
    ///   - intermediatesPEM: The certificates between it and the root.
    ///   - privateKeyPEM: The private key.
    public init(certificatePEM: String, intermediatesPEM: String = "", privateKeyPEM: String) {
        self.certificatePEM = certificatePEM
        self.intermediatesPEM = intermediatesPEM
        self.privateKeyPEM = privateKeyPEM
    }

    /// What a server presents: the certificate, then the intermediates.
    public var chainPEM: String { certificatePEM + intermediatesPEM }

    /// The certificate, without the key.
    public var description: String { certificatePEM }
}
