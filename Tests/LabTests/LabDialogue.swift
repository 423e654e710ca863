import Foundation
import MailTestSupport

/// Talks to a server of the lab as OpenSSL's client does: all lines at once, then everything that comes back.
struct LabDialogue {
    var host: String
    var port = 587
    /// The protocol whose STARTTLS to use; nil for TLS from the first byte.
    var startTLS: String? = "smtp"
    /// The client's delay, in milliseconds. A delay that nobody else uses makes a client of its own.
    var delay = 0

    /// What the server says to the lines, and what OpenSSL thinks of its certificate. Line ends are LF.
    func say(_ lines: [String] = []) async throws -> String {
        var arguments = ["s_client", "-connect", "\(host):\(port)", "-verify_hostname", host, "-crlf", "-ign_eof"]
        if let startTLS { arguments += ["-starttls", startTLS] }
        let last = startTLS == "imap" || port == 993 ? "z LOGOUT" : "QUIT"
        let said = try await Lab.shared().client(delay: delay).run(
            "openssl", arguments, standardInput: (lines + [last, ""]).joined(separator: "\n"))
        return said.standardOutput.replacingOccurrences(of: "\r\n", with: "\n")
    }

    /// `AUTH PLAIN` (RFC 4616) as one line.
    static func authPlain(_ user: LabUser, password: String? = nil) -> String {
        "AUTH PLAIN \(Data("\0\(user.address)\0\(password ?? user.password)".utf8).base64EncodedString())"
    }

    /// The argument of XOAUTH2, as Google documents it.
    static func bearer(_ user: LabUser, _ token: String) -> String {
        Data("user=\(user.address)\u{1}auth=Bearer \(token)\u{1}\u{1}".utf8).base64EncodedString()
    }
}
