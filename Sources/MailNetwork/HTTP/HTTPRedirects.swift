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
