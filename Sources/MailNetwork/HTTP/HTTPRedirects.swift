/// Where a request goes next (RFC 9110, section 15.4).
struct HTTPRedirects {
    /// The request for the next hop.
    private(set) var request: HTTPRequest
    /// Where the next hop is.
    private(set) var url: HTTPURL
    /// How many redirects were followed.
    private(set) var count = 0

    /// Begins at the first hop.
    init(request: HTTPRequest, url: HTTPURL) {
        self.request = request
        self.url = url
    }

    /// Looks whether a response sends the request elsewhere.
    ///
    /// - Parameter response: The response of this hop.
    /// - Returns: True when there is a next hop; false when this response is the answer.
    /// - Throws: `HTTPFailure` of the kind `redirect`, when there were too many, or it leads to something other than
    ///   https.
    mutating func follow(_ response: HTTPResponse) throws(HTTPFailure) -> Bool {
        guard request.followsRedirects, [301, 302, 303, 307, 308].contains(response.status),
            let location = response.header("location")
        else { return false }
        guard count < request.maximumRedirects else {
            throw failure("more than \(request.maximumRedirects) redirects")
        }
        let next: HTTPURL
        do {
            next = try url.resolving(location)
        } catch {
            throw failure("a redirect that cannot be followed: \(error.detail)")
        }
        if !next.hasOrigin(of: url) { request = request.withoutSecrets() }
        url = next
        count += 1
        return true
    }

    private func failure(_ detail: String) -> HTTPFailure {
        HTTPFailure(kind: .redirect, requestMayHaveLeft: true, detail: "\(url.host): \(detail)")
    }
}

extension HTTPRequest {
    /// Whether the method only reads, so that a redirect may be followed (RFC 9110, section 15.4).
    var followsRedirects: Bool { maximumRedirects > 0 && body == nil && (method == "GET" || method == "HEAD") }

    /// Checks what goes on the wire as it stands: a line end in a field would begin another field.
    ///
    /// - Throws: `HTTPFailure` of the kind `badURL`; it names a field, never its value.
    func check() throws(HTTPFailure) {
        guard Self.isToken(method) else { throw Self.unsendable("the method is no token") }
        for (name, value) in headers {
            guard Self.isToken(name) else { throw Self.unsendable("the name of a header field is no token") }
            guard value.utf8.allSatisfy({ $0 == 0x09 || $0 >= 0x20 && $0 != 0x7F }) else {
                throw Self.unsendable("the header field \(name) holds a control character")
            }
        }
    }

    /// The same request for another server: only fields that can hold no secret go with it.
    ///
    /// - Returns: The request, its other fields removed.
    func withoutSecrets() -> HTTPRequest {
        var request = self
        request.headers = headers.filter { ["accept", "accept-language"].contains($0.name.lowercased()) }
        return request
    }

    /// RFC 9110, section 5.6.2.
    private static func isToken(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { octet in
                switch octet {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: "!#$%&'*+-.^_`|~".utf8.contains(octet)
                }
            }
    }

    private static func unsendable(_ reason: String) -> HTTPFailure {
        HTTPFailure(kind: .badURL, requestMayHaveLeft: false, detail: "the request cannot be sent: \(reason)")
    }
}
