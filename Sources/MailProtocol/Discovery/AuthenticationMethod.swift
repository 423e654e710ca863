/// How a document says that one logs in: the `<authentication>` values of draft-ietf-mailmaint-autoconfig, section
/// "authentication", which other documents are translated to.
public enum AuthenticationMethod: Hashable, Sendable {
    /// The password itself: SASL PLAIN or LOGIN, or the protocol's own command.
    case passwordCleartext
    /// A mechanism that does not show the password: CRAM-MD5, SCRAM and others.
    case passwordEncrypted
    /// OAuth 2: SASL OAUTHBEARER or XOAUTH2.
    case oauth2
    /// One named SASL mechanism, upper case.
    case sasl(String)
    /// NTLM, which the Microsoft world also calls SPA.
    case ntlm
    /// Kerberos.
    case gssapi
    /// A certificate of the client.
    case tlsClientCertificate
    /// The address that the client connects from.
    case clientIPAddress
    /// No login at all.
    case none

    /// Reads an `<authentication>` element. Nil for a name that is not known.
    ///
    /// - Parameters:
    ///   - name: Its text. `plain` and `secure` are names of the format's first version that are still seen.
    ///   - system: Its `system` attribute; `sasl` makes the text a SASL mechanism name (RFC 4422, section 3.1).
    init?(autoconfig name: String, system: String?) {
        switch (system?.lowercased(), name.lowercased()) {
        case ("sasl", _):
            guard let mechanism = Self.mechanism(name) else { return nil }
            self = .sasl(mechanism)
        case (.some, _): return nil
        case (_, "password-cleartext"), (_, "plain"): self = .passwordCleartext
        case (_, "password-encrypted"), (_, "secure"): self = .passwordEncrypted
        case (_, "oauth2"), (_, "oauth"): self = .oauth2
        case (_, "ntlm"): self = .ntlm
        case (_, "gssapi"): self = .gssapi
        case (_, "tls-client-cert"): self = .tlsClientCertificate
        case (_, "client-ip-address"): self = .clientIPAddress
        case (_, "none"): self = .none
        default: return nil
        }
    }

    /// Whether a password or an access token is what it takes.
    public var takesSecret: Bool {
        switch self {
        case .passwordCleartext, .passwordEncrypted, .oauth2, .sasl: true
        case .ntlm, .gssapi, .tlsClientCertificate, .clientIPAddress, .none: false
        }
    }

    private static func mechanism(_ name: String) -> String? {
        let isAllowed = { (octet: UInt8) in
            switch octet {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
            default: octet == UInt8(ascii: "-") || octet == UInt8(ascii: "_")
            }
        }
        let upper = ASCII.keyword(name.utf8)
        return (1...20).contains(upper.utf8.count) && upper.utf8.allSatisfy(isAllowed) ? upper : nil
    }
}
