/// The server's side of a SASL exchange (RFC 4422), up to the point where the credentials are known.
struct SASLServer: Hashable, Sendable {
    /// What follows a response.
    enum Step: Hashable, Sendable {
        case challenge([UInt8])
        case attempt(LoginAttempt)
        case malformed
    }

    /// The mechanisms that can be read.
    static let mechanisms: Set<String> = ["PLAIN", "LOGIN", "XOAUTH2", "OAUTHBEARER"]

    let mechanism: String
    private var username: String?

    /// Begins an exchange; nil for a mechanism that is not known.
    init?(mechanism: String) {
        guard Self.mechanisms.contains(mechanism.uppercased()) else { return nil }
        self.mechanism = mechanism.uppercased()
    }

    /// Takes the next response, nil for the beginning without an initial one.
    mutating func next(_ response: [UInt8]?) -> Step {
        guard let response else { return .challenge(mechanism == "LOGIN" ? Array("Username:".utf8) : []) }
        let text = String(decoding: response, as: UTF8.self)
        switch mechanism {
        case "PLAIN": return plain(text)
        case "LOGIN": return login(text)
        default: return bearer(text)
        }
    }

    /// RFC 4616: `[authzid] NUL authcid NUL passwd`.
    private func plain(_ text: String) -> Step {
        let parts = text.split(separator: "\0", omittingEmptySubsequences: false)
        return parts.count == 3 ? attempt(String(parts[1]), String(parts[2])) : .malformed
    }

    private mutating func login(_ text: String) -> Step {
        if let username { return attempt(username, text) }
        username = text
        return .challenge(Array("Password:".utf8))
    }

    /// RFC 7628 and its older form: key/value pairs behind 0x01, the user name in `user=` or in the GS2 header.
    private func bearer(_ text: String) -> Step {
        let fields = text.split(separator: "\u{1}")
        let user = fields.compactMap { Self.value("user=", in: $0) }.first ?? gs2User(fields.first ?? "")
        guard let token = fields.compactMap({ Self.value("auth=Bearer ", in: $0) }).first, let user else {
            return .malformed
        }
        return attempt(user, token)
    }

    private func gs2User(_ header: Substring) -> String? {
        header.split(separator: ",").compactMap { Self.value("a=", in: $0) }.first
    }

    private static func value(_ key: String, in field: Substring) -> String? {
        field.lowercased().hasPrefix(key.lowercased()) ? String(field.dropFirst(key.count)) : nil
    }

    private func attempt(_ username: String, _ password: String) -> Step {
        .attempt(LoginAttempt(username: username, password: password, mechanism: mechanism))
    }
}
