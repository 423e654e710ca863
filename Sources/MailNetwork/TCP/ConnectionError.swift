public import MailModel

/// Why nothing more came from a connection.
public enum ConnectionError: Error, Hashable, Sendable {
    /// Nothing came in time.
    case timedOut
    /// The peer closed or reset the connection.
    case closed(reset: Bool)
    /// The task was cancelled.
    case cancelled

    init(_ end: ReadEnd?) {
        switch end {
        case .timedOut: self = .timedOut
        case .closed(let reset): self = .closed(reset: reset)
        case .cancelled: self = .cancelled
        case nil: self = .closed(reset: false)
        }
    }
}

/// Why a TLS handshake did not come to its end.
public enum HandshakeError: Error, Hashable, Sendable {
    /// Something was wrong; so many octets in clear had been thrown away before it.
    case failed(TLSFailure, discardedPlaintext: Int)
    /// It took too long.
    case timedOut
    /// The task was cancelled.
    case cancelled
}
