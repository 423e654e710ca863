import Foundation

/// A URL that a record or document may send us to.
enum SecureURL {
    /// Checks a URL (RFC 3986, RFC 9110 section 4.2.2).
    ///
    /// - Parameter text: The URL.
    /// - Returns: The URL as written. Nil unless it is `https`, names a fully qualified host, and carries neither user
    ///   information nor anything but visible ASCII.
    static func checked(_ text: String) -> String? {
        guard text.utf8.count <= DiscoveryLimits.url, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
            let parts = URLComponents(string: text), parts.scheme?.lowercased() == "https",
            let host = parts.host, HostName.checked(host) != nil,
            parts.user == nil, parts.password == nil, (1...65535).contains(parts.port ?? 443)
        else { return nil }
        return text
    }
}
