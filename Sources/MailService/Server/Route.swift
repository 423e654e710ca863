internal import HTTPTypes
internal import Hummingbird

/// One thing that can be asked for: method and path, who may ask, and what answers. The document of the interface is made
/// from the same values.
struct Route: Sendable {
    /// What the body is.
    enum Body: Sendable {
        case none
        case json(RequestSchema)
        case table
    }

    let method: HTTPRequest.Method
    /// Such as `/v1/batches/{id}/events`; a name in braces stands for one segment.
    let path: String
    let body: Body
    let document: RouteDocument
    let answer: @Sendable (Call) async throws -> Response

    init(
        _ method: HTTPRequest.Method, _ path: String, body: Body = .none, document: RouteDocument,
        answer: @escaping @Sendable (Call) async throws -> Response
    ) {
        self.method = method
        self.path = path
        self.body = body
        self.document = document
        self.answer = answer
    }

    /// Whether what a path leads to is for those who have a token, where there are tokens.
    static func needsToken(_ path: String) -> Bool { path.hasPrefix("/v1/") || path == "/v1" || path == "/metrics" }

    /// The most octets of a body.
    var bodyLimit: Int {
        switch body {
        case .none: 0
        case .json: Self.mostOctets
        case .table: Self.mostTableOctets
        }
    }

    /// The most octets of a body of JSON.
    static let mostOctets = 1_048_576
    /// The most octets of a batch.
    static let mostTableOctets = 16_777_216
    /// The media types of a batch.
    static let tableTypes = ["text/csv", "application/x-ndjson"]
}

/// All routes.
struct RouteTable: Sendable {
    /// What a path leads to.
    enum Match {
        case route(Route, parameters: [String])
        case otherMethods([String])
        case none
    }

    let routes: [Route]
    private let patterns: [[Substring]]

    init(_ routes: [Route]) {
        self.routes = routes
        patterns = routes.map { $0.path.split(separator: "/", omittingEmptySubsequences: false) }
    }

    /// Finds the route of a request. A route that can be got can also be asked for its head.
    func match(_ method: HTTPRequest.Method, _ path: String) -> Match {
        let segments = path.split(separator: "/", omittingEmptySubsequences: false)
        var methods: [String] = []
        for (route, pattern) in zip(routes, patterns) {
            guard let parameters = Self.parameters(of: segments, pattern) else { continue }
            if route.method == method || (method == .head && route.method == .get) {
                return .route(route, parameters: parameters)
            }
            methods += route.method == .get ? ["GET", "HEAD"] : [route.method.rawValue]
        }
        return methods.isEmpty ? .none : .otherMethods(methods)
    }

    private static func parameters(of segments: [Substring], _ pattern: [Substring]) -> [String]? {
        guard segments.count == pattern.count else { return nil }
        var parameters: [String] = []
        for (segment, part) in zip(segments, pattern) {
            if part.hasPrefix("{") {
                guard let value = String(segment).removingURLPercentEncoding(), !value.isEmpty else { return nil }
                parameters.append(value)
            } else if segment != part {
                return nil
            }
        }
        return parameters
    }
}

extension String {
    /// The text with its percent escapes (RFC 3986, section 2.1) read; nil when one is broken or it is no UTF-8 then.
    fileprivate func removingURLPercentEncoding() -> String? {
        var octets: [UInt8] = []
        var rest = utf8[...]
        while let octet = rest.popFirst() {
            guard octet == UInt8(ascii: "%") else {
                octets.append(octet)
                continue
            }
            guard let digits = String(rest.prefix(2)), digits.utf8.count == 2, let value = UInt8(digits, radix: 16)
            else { return nil }
            octets.append(value)
            rest = rest.dropFirst(2)
        }
        return String(validating: octets, as: UTF8.self)
    }
}
