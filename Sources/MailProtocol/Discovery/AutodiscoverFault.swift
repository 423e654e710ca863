public import MailModel

/// The `Error` element of an Autodiscover answer.
public struct AutodiscoverFault: Hashable, Sendable {
    /// The code, such as 500 for an address that is not found, 600 for a request that is not understood, 601 for one
    /// that nobody here answers ("ErrorCode (POX)", Exchange web service reference).
    public var code: Int?
    /// The server's words.
    public var message: ServerText?

    /// Makes a fault.
    public init(code: Int?, message: ServerText?) {
        self.code = code
        self.message = message
    }
}
