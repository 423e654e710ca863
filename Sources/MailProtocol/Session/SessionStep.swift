/// What a session wants to happen next.
public enum SessionStep: Hashable, Sendable {
    /// Read more from the peer and hand it to `receive`.
    case wait
    /// Write this, then go on with `receive`.
    case send(OutgoingData)
    /// The peer agreed to TLS: begin the handshake now, then call `tlsEstablished`.
    case startTLS
    /// All is known that can be known without a login; `authenticate` or `finish`.
    case ready
    /// All is known but whether the test message has come: wait a little and `resume`, or `finish`.
    case pause
    /// The dialogue came to its end: write the farewell if there is one, and close.
    case finished(farewell: OutgoingData?)
    /// The dialogue cannot go on; `record.failure` says why. Write the farewell if there is one, and close.
    case stopped(farewell: OutgoingData?)
}

/// Octets to write, and how they may be shown.
public struct OutgoingData: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
    /// What goes on the wire, line ends included. May hold a secret.
    public let octets: [UInt8]
    /// The same for eyes: one line without its line end, secrets masked.
    public let shown: String

    /// Makes data.
    ///
    /// - Parameters:
    ///   - octets: What goes on the wire.
    ///   - shown: What a transcript may show of it.
    public init(octets: [UInt8], shown: String) {
        self.octets = octets
        self.shown = shown
    }

    /// What may be shown.
    public var description: String { shown }

    /// A mirror of what may be shown.
    public var customMirror: Mirror { Mirror(self, children: ["shown": shown]) }
}
