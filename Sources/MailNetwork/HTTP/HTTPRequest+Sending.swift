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
