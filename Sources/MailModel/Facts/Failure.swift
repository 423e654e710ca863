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
    /// What came breaks the protocol or its limits: in our words, with the text that did it.
    case violation(String, text: ServerText?)
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
    case unusableCredential(String)
    /// A limit of this machine or process (sockets, places in a queue) was in the way until the time was over: later it
    /// may well work. It says nothing about the server, and nobody is to blame.
    case ourLimit
}

/// How a check ended. "Could not tell" is never folded into "fine".
public enum CheckOutcome: Hashable, Sendable {
    /// It saw what it came to see.
    case observed
    /// It ended early, for this reason.
    case failed(Failure)
    /// An earlier step had failed.
    case blocked(by: CheckID)
    /// It was not asked for, or cannot be done, for this reason.
    case skipped(String)
    /// Our own mistake.
    case broke(String)
}
