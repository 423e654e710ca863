public import MailModel

/// One side of a mail dialogue as a value: octets go in, the next step comes out. It does no I/O and knows no clock.
///
/// The order of calls: `start` once the transport is up; then, for each step, what the step asks for; `receive` for all
/// that the peer sends, however it is cut.
///
/// ```
/// transport up -> start -> wait | send ... -> startTLS -> tlsEstablished -> ... -> ready
///                                                 ready -> authenticate or finish -> ... -> finished
/// ```
public protocol MailSession: Sendable {
    /// What was learnt so far.
    var record: SessionRecord { get }

    /// The lines of a reply whose end has not come: they are in no record, and of use where the connection breaks off.
    var unfinished: [ServerText] { get }

    /// What is being waited for now: this names a time-out or a lost connection.
    var stage: Stage { get }

    /// Whether what the peer says next may ask for much calculation: a challenge of SCRAM names its number of rounds.
    var calculates: Bool { get }

    /// The transport is up.
    ///
    /// - Parameter secured: Whether TLS (implicit) is already in place.
    /// - Returns: The next step, most often `wait` for the greeting.
    mutating func start(secured: Bool) -> SessionStep

    /// Takes what the peer sent.
    ///
    /// - Parameter octets: Any number of octets, cut anywhere.
    /// - Returns: The next step. After `send`, what is still in the buffer is looked at by the next call, which may be
    ///   made with no octets.
    mutating func receive(_ octets: [UInt8]) -> SessionStep

    /// The handshake that `startTLS` asked for came to its end.
    ///
    /// - Returns: The next step.
    mutating func tlsEstablished() -> SessionStep

    /// Logs in, once. May be called at `ready` only.
    ///
    /// - Parameters:
    ///   - username: The user name.
    ///   - credential: What proves it.
    ///   - channel: The proof that this connection may carry it.
    /// - Returns: The next step.
    mutating func authenticate(username: String, credential: Credential, over channel: VerifiedChannel) -> SessionStep

    /// Says goodbye without a login. May be called at `ready` and at `pause` only.
    ///
    /// - Returns: `finished` with the farewell.
    mutating func finish() -> SessionStep

    /// Looks once more for the test message. May be called at `pause` only.
    ///
    /// - Returns: The next step.
    mutating func resume() -> SessionStep
}

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
