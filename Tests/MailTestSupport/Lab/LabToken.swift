internal import Foundation

/// Access tokens for the lab's users: JWTs (RFC 7519) signed with HMAC-SHA-256, which Dovecot checks by itself.
enum LabToken {
    /// The key that signs.
    static let key = "a key that is only good for the lab"
    /// Who issues them, as in `oauth2.conf.ext`.
    static let issuer = "https://lab.test"

    /// Makes a token.
    ///
    /// - Parameters:
    ///   - address: Whose mailbox it opens.
    ///   - lifetime: How long from now it is valid, in seconds; negative for one that has expired.
    /// - Returns: The token.
    /// - Throws: `LabError` when openssl does not sign it.
    static func make(for address: String, lifetime: Int) async throws -> String {
        let now = Int(Date().timeIntervalSince1970)
        let header = #"{"alg":"HS256","typ":"JWT"}"#
        let claims =
            #"{"iss":"\#(issuer)","sub":"\#(address)","email":"\#(address)","iat":\#(now - 7_200),"#
            + #""nbf":\#(now - 7_200),"exp":\#(now + lifetime)}"#
        let signed = "\(base64URL(Array(header.utf8))).\(base64URL(Array(claims.utf8)))"
        let signature = try await LabProgram(
            name: "openssl", arguments: ["dgst", "-sha256", "-hmac", key, "-binary"], standardInput: signed
        ).succeed()
        return "\(signed).\(base64URL(signature))"
    }

    /// RFC 4648, section 5, without the padding (RFC 7515, section 2).
    private static func base64URL(_ bytes: [UInt8]) -> String {
        Data(bytes).base64EncodedString().replacingOccurrences(of: "+", with: "-")
            .replacingOccurrences(of: "/", with: "_").replacingOccurrences(of: "=", with: "")
    }
}
