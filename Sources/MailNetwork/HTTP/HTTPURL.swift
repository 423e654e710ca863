internal import CCurl
internal import MailModel

/// An https URL as libcurl itself will read it, so that what is looked up and what is connected to are one host.
///
/// libcurl's own parser is used since it has ideas of its own about hosts: `https://2130706433/` is 127.0.0.1 to it.
struct HTTPURL: Hashable, Sendable {
    /// The URL without user and fragment, its host in canonical form.
    let text: String
    /// The host: a name in A-labels, or an IP address without brackets.
    let host: String
    /// The port.
    let port: UInt16

    /// The longest URL that is sent.
    static let maximumLength = 8_000

    /// Reads a URL.
    ///
    /// - Parameter text: An absolute https URL in ASCII, without user and password.
    /// - Throws: `HTTPFailure` of the kind `badURL`.
    init(_ text: String) throws(HTTPFailure) {
        guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw Self.failure("it holds odd characters")
        }
        try self.init(base: nil, text: text)
    }

    /// Where a `Location` field leads (RFC 9110, section 10.2.2).
    ///
    /// - Parameter location: The field's value, absolute or relative to this URL.
    /// - Returns: The target, without a fragment.
    /// - Throws: `HTTPFailure` of the kind `badURL` when it is no https URL.
    func resolving(_ location: String) throws(HTTPFailure) -> HTTPURL {
        try HTTPURL(base: self.text, text: location)
    }

    private init(base: String?, text: String) throws(HTTPFailure) {
        guard text.utf8.count <= Self.maximumLength else { throw Self.failure("it is too long") }
        guard let parser = curl_url() else { throw Self.failure("no memory") }
        defer { curl_url_cleanup(parser) }
        if let base { try Self.set(CURLUPART_URL, base, in: parser) }
        try Self.set(CURLUPART_URL, text, in: parser)
        guard Self.get(CURLUPART_SCHEME, of: parser) == "https" else { throw Self.failure("it is not https") }
        guard Self.get(CURLUPART_ZONEID, of: parser) == nil else { throw Self.failure("it names a zone") }
        host = try Self.canonicalHost(of: parser)
        try Self.set(CURLUPART_HOST, host.contains(":") ? "[\(host)]" : host, in: parser)
        curl_url_set(parser, CURLUPART_FRAGMENT, nil, 0)
        guard let whole = Self.get(CURLUPART_URL, of: parser),
            let port = Self.get(CURLUPART_PORT, of: parser, flags: UInt32(CURLU_DEFAULT_PORT)).flatMap({ UInt16($0) })
        else { throw Self.failure("it has no usable port") }
        (self.text, self.port) = (whole, port)
    }

    /// Whether a request to the other URL goes to the same server and port (RFC 9110, section 4.3.2).
    func hasOrigin(of other: HTTPURL) -> Bool { host == other.host && port == other.port }

    private static func canonicalHost(of parser: OpaquePointer) throws(HTTPFailure) -> String {
        guard var host = get(CURLUPART_HOST, of: parser) else { throw failure("it has no host") }
        if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
        if let address = IPAddress(host) { return address.description }
        guard let name = try? DomainName(host) else { throw failure("its host is no host name") }
        return name.description
    }

    private static func set(_ part: CURLUPart, _ text: String, in parser: OpaquePointer) throws(HTTPFailure) {
        let flags = UInt32(CURLU_NON_SUPPORT_SCHEME | CURLU_DISALLOW_USER | CURLU_URLENCODE)
        let code = curl_url_set(parser, part, text, part == CURLUPART_URL ? flags : 0)
        guard code == CURLUE_OK else { throw failure(String(cString: curl_url_strerror(code))) }
    }

    private static func get(_ part: CURLUPart, of parser: OpaquePointer, flags: UInt32 = 0) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        guard curl_url_get(parser, part, &text, flags) == CURLUE_OK, let text else { return nil }
        defer { curl_free(text) }
        return String(cString: text)
    }

    private static func failure(_ reason: String) -> HTTPFailure {
        HTTPFailure(kind: .badURL, requestMayHaveLeft: false, detail: "the URL cannot be used: \(reason)")
    }
}
