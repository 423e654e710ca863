internal import HTTPTypes
internal import Hummingbird

/// Who may come in at all: by host, origin and token.
struct Gate: Sendable {
    let configuration: ServiceConfiguration
    /// The port that is listened at.
    let port: Int

    /// Looks at a request before anything else is done with it.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - remote: The remote address.
    ///   - needsToken: Whether what it asks for needs a token, where there are tokens.
    /// - Returns: Who asks.
    /// - Throws: `Problem`.
    func client(of request: Request, remote: String, needsToken: Bool) throws(Problem) -> Client {
        guard needsToken, let tokens = configuration.tokens else { return Client(address: remote) }
        let values = request.headers[values: .authorization]
        guard values.count == 1, let token = Self.bearer(values[0]), let name = tokens.name(of: token) else {
            throw Problem(
                .unauthorized, "send a token: Authorization: Bearer TOKEN",
                headers: ["WWW-Authenticate": #"Bearer realm="mailconnectd""#])
        }
        return Client(token: name)
    }

    /// Refuses hosts and origins that are not ours: a page of somebody else that a browser was led to must not get anything
    /// done here (DNS rebinding, cross-site requests).
    ///
    /// - Parameter request: The request.
    /// - Throws: `Problem`.
    func checkOrigin(of request: Request) throws(Problem) {
        guard let host = request.head.authority, request.headers[values: Self.host].isEmpty else {
            throw Problem(.badRequest, "one header Host must be there", field: "Host")
        }
        guard let own = Authority(host) else { throw Problem(.badRequest, "Host is no host", field: "Host") }
        if configuration.isLoopback, !configuration.isBehindProxy, !isOurs(own) {
            throw Problem(.foreignHost, "this service is asked by its own address only", field: "Host")
        }
        let origins = request.headers[values: .origin]
        guard origins.count <= 1 else { throw Problem(.badRequest, "there is more than one Origin", field: "Origin") }
        guard let origin = origins.first else { return }
        guard let (scheme, authority) = Self.parts(of: origin), schemes(request).contains(scheme),
            hosts(request, own).contains(where: {
                $0.name == authority.name && $0.port(scheme) == authority.port(scheme)
            })
        else {
            throw Problem(.foreignOrigin, "only pages of this service may ask here", field: "Origin")
        }
    }

    private func isOurs(_ authority: Authority) -> Bool {
        let names: Set<String> = ["localhost", "127.0.0.1", "[::1]", configuration.hostInURL]
        return names.contains(authority.name) && (authority.port == nil || authority.port == port)
    }

    private func schemes(_ request: Request) -> [String] {
        guard configuration.isBehindProxy else { return [configuration.tls == nil ? "http" : "https"] }
        let told = HTTPField.Name("X-Forwarded-Proto").flatMap { request.headers[values: $0].last }
        return told.map { [$0.lowercased()] } ?? ["https", "http"]
    }

    private func hosts(_ request: Request, _ own: Authority) -> [Authority] {
        guard configuration.isBehindProxy, let name = HTTPField.Name("X-Forwarded-Host"),
            let told = request.headers[values: name].last, let forwarded = Authority(told)
        else { return [own] }
        return [own, forwarded]
    }

    private static func parts(of origin: String) -> (scheme: String, authority: Authority)? {
        guard let range = origin.firstRange(of: "://"), let authority = Authority(String(origin[range.upperBound...]))
        else { return nil }
        return (origin[..<range.lowerBound].lowercased(), authority)
    }

    /// `Bearer TOKEN` (RFC 6750, section 2.1); the scheme in any case.
    private static func bearer(_ value: String) -> String? {
        let parts = value.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
        return parts[1].trimmed
    }

    private static let host: HTTPField.Name = .init("Host") ?? .origin
}

/// `HOST` or `HOST:PORT` (RFC 3986, section 3.2), in small letters.
struct Authority: Hashable {
    /// The host; an IPv6 address stands in brackets.
    let name: String
    /// The port; nil where none is named.
    let port: Int?

    init?(_ text: String) {
        let text = text.lowercased()
        var rest = text[...]
        if text.hasPrefix("[") {
            guard let end = text.firstIndex(of: "]") else { return nil }
            name = String(text[...end])
            rest = text[text.index(after: end)...]
        } else {
            let end = text.firstIndex(of: ":") ?? text.endIndex
            name = String(text[..<end])
            rest = text[end...]
        }
        let isPlain = name.utf8.allSatisfy { octet in
            octet > 0x20 && octet < 0x7F && !"/?#@\\".utf8.contains(octet)
        }
        guard !name.isEmpty, isPlain else { return nil }
        guard !rest.isEmpty else {
            port = nil
            return
        }
        guard let number = Int(rest.dropFirst()), (0...65_535).contains(number),
            rest.dropFirst().utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else { return nil }
        port = number
    }

    /// The port, or the one that a scheme stands for.
    func port(_ scheme: String) -> Int { port ?? (scheme == "https" ? 443 : 80) }
}
