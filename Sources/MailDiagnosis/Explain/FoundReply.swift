import MailModel

/// A reply of a server that stands somewhere in a text.
struct FoundReply {
    /// The reply.
    var reply: ServerReply
    /// The side.
    var service: MailService
    /// The line in which it begins.
    var line: Int
    /// Whether another line of the same reply may follow: `535-`.
    var goesOn = false

    /// Whether the server said no.
    var isRefusal: Bool {
        if let code = reply.code { return code >= 400 }
        if let enhanced = reply.enhancedCode { return !enhanced.hasPrefix("2") }
        return reply.status != nil && reply.status != "OK" && reply.status != "PREAUTH"
    }
}
