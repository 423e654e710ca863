/// What went wrong, as a fact: no cause is named here and nobody is blamed.
public enum Failure: Hashable, Sendable {
    /// The host has no address; the look-ups say which kind of "no".
    case noAddress([DNSResponse])
    /// No address could be connected to; the attempts say why.
    case notConnected([ConnectionAttempt])
    /// Nothing came in time.
    case timedOut(after: Duration)
    /// The peer closed or reset the connection; what it had said last.
    case closed(reset: Bool, lastWords: ServerText?)
    /// What came breaks the protocol or its limits, with the text that did it.
    case violation(ProtocolViolation, text: ServerText?)
    /// The TLS handshake did not end well.
    case tls(TLSFailure)
    /// The server said no.
    case rejected(ServerReply)
    /// The server does not offer STARTTLS on a connection that needs it.
    case startTLSNotOffered
    /// The server offers no login on this channel.
    case loginNotOffered
    /// The server offers logins, none of which fits the credential.
    case noCommonMechanism(offered: [String])
    /// The server's words cannot be asked for with what we have: a user name or password that the protocol cannot carry.
    case unusableCredential(UnusableCredential)
    /// A limit of this machine or process (sockets, places in a queue) was in the way until the time was over: later it
    /// may well work. It says nothing about the server, and nobody is to blame.
    case ourLimit
}
