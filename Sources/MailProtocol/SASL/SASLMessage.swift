/// One message of a client in a SASL exchange (RFC 4422). It prints as what may be shown of it.
struct SASLMessage: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
    /// The message in base64, as SMTP and IMAP carry it. May hold a secret.
    let encoded: [UInt8]
    /// What a transcript may show.
    let shown: String

    /// Makes a message with a secret in it.
    ///
    /// - Parameter secret: The message before base64.
    init(secret: [UInt8]) {
        encoded = Base64.encode(secret)
        shown = "[redacted]"
    }

    /// Makes a message that everybody may see.
    ///
    /// - Parameter open: The message before base64.
    init(open: [UInt8]) {
        encoded = Base64.encode(open)
        shown = String(decoding: encoded, as: UTF8.self)
    }

    /// What may be shown.
    var description: String { shown }

    /// A mirror of what may be shown.
    var customMirror: Mirror { Mirror(self, children: ["shown": shown]) }
}
