/// What an HTTPS server answered.
public struct HTTPResponse: Sendable {
    /// The status code.
    public var status: Int
    /// The header fields as sent, in order, names in lower case.
    public var headers: [(name: String, value: String)]
    /// The body, whole.
    public var body: [UInt8]
    /// The URL that answered, after redirects.
    public var url: String

    /// Makes a response.
    public init(status: Int, headers: [(name: String, value: String)], body: [UInt8], url: String) {
        self.status = status
        self.headers = headers
        self.body = body
        self.url = url
    }

    /// The first field of that name.
    ///
    /// - Parameter name: The name in lower case.
    /// - Returns: Its value, nil when it was not sent.
    public func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
}
