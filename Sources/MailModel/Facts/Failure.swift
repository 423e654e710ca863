public import MailJSON

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

extension Failure {
    /// How it stands in a report.
    public static let json = JSONDescription<Failure>.union(
        "a failure",
        [
            Case.noAddress, Case.notConnected, Case.timedOut, Case.closed, Case.violation, Case.tls, Case.rejected,
            Case.startTLSNotOffered, Case.loginNotOffered, Case.noCommonMechanism, Case.unusableCredential,
            Case.ourLimit,
        ], about: "Why a check ended early."
    ) { failure in
        switch failure {
        case .noAddress(let lookups): Case.noAddress(lookups)
        case .notConnected(let attempts): Case.notConnected(attempts)
        case .timedOut(let after): Case.timedOut(after)
        case .closed(let reset, let lastWords): Case.closed(reset, lastWords)
        case .violation(let what, let text): Case.violation(what, text)
        case .tls(let failure): Case.tls(failure)
        case .rejected(let reply): Case.rejected(reply)
        case .startTLSNotOffered: Case.startTLSNotOffered()
        case .loginNotOffered: Case.loginNotOffered()
        case .noCommonMechanism(let offered): Case.noCommonMechanism(offered)
        case .unusableCredential(let reason): Case.unusableCredential(reason)
        case .ourLimit: Case.ourLimit()
        }
    }

    private enum Case {
        static let noAddress = JSONCase(
            "no_address", Failure.noAddress,
            .payload("lookups", .list(DNSResponse.json), "The look-ups; they say which kind of \"no\"."))
        static let notConnected = JSONCase(
            "not_connected", Failure.notConnected,
            .payload("attempts", .list(ConnectionAttempt.json), "The attempts; they say why."))
        static let timedOut = JSONCase(
            "timed_out", Failure.timedOut, .payload("after_ms", .milliseconds, "How long was waited."))
        static let closed = JSONCase(
            "closed", Failure.closed, .payload("reset", .bool, "Whether the connection was reset."),
            .payload("last_words", .optional(.serverText), "What the peer had said last."))
        static let violation = JSONCase(
            "violation", Failure.violation,
            .payload("what", ProtocolViolation.json, "What breaks the protocol or its limits."),
            .payload("text", .optional(.serverText), "The text that did it."))
        static let tls = JSONCase(
            "tls", Failure.tls, .payload("tls", TLSFailure.json, "Why the TLS handshake did not end well."))
        static let rejected = JSONCase(
            "rejected", Failure.rejected, .payload("reply", ServerReply.json, "What the server said."))
        static let startTLSNotOffered = JSONCase("starttls_not_offered") { Failure.startTLSNotOffered }
        static let loginNotOffered = JSONCase("login_not_offered") { Failure.loginNotOffered }
        static let noCommonMechanism = JSONCase(
            "no_common_mechanism", Failure.noCommonMechanism, .payload("offered", .texts, "The mechanisms offered."))
        static let unusableCredential = JSONCase(
            "unusable_credential", Failure.unusableCredential,
            .payload("reason", UnusableCredential.json, "Why it cannot be sent."))
        static let ourLimit = JSONCase("our_limit") { Failure.ourLimit }
    }
}

extension CheckOutcome {
    private enum Word: String, CaseIterable { case observed, failed, blocked, skipped, broke }

    private struct Members {
        var outcome: Word
        var blockedBy: CheckID?
        var reason: String?
        var reasonID: String?
        var failure: Failure?

        init(
            _ outcome: Word, blockedBy: CheckID? = nil, reason: String? = nil, reasonID: String? = nil,
            failure: Failure? = nil
        ) {
            self.outcome = outcome
            self.blockedBy = blockedBy
            self.reason = reason
            self.reasonID = reasonID
            self.failure = failure
        }

        func needed<Value>(_ value: Value?, _ key: String) throws(JSONMistake) -> Value {
            guard let value else { throw JSONMistake(.missingKey, at: key, "this key is missing") }
            return value
        }
    }

    /// How it stands in a report.
    public static let json = JSONDescription<Members>.object(
        Members.init,
        .field("outcome", \.outcome, .word("an outcome"), "How the check ended."),
        .field("blocked_by", \.blockedBy, .optional(CheckID.json), "blocked: the check that had failed before."),
        .field("reason", \.reason, .optional(.text), "skipped, broke: why."),
        .field("reason_id", \.reasonID, .optional(.text), missing: nil, "skipped: why, by its stable name."),
        .field("failure", \.failure, .optional(Failure.json), "failed: why it ended early.")
    ).mapped { members throws(JSONMistake) -> CheckOutcome in
        switch members.outcome {
        case .observed: .observed
        case .failed: .failed(try members.needed(members.failure, "failure"))
        case .blocked: .blocked(by: try members.needed(members.blockedBy, "blocked_by"))
        case .skipped:
            .skipped(SkipReason(id: members.reasonID, words: try members.needed(members.reason, "reason")))
        case .broke: .broke(try members.needed(members.reason, "reason"))
        }
    } write: { (outcome: CheckOutcome) -> Members in
        switch outcome {
        case .observed: Members(.observed)
        case .failed(let failure): Members(.failed, failure: failure)
        case .blocked(let id): Members(.blocked, blockedBy: id)
        case .skipped(let why): Members(.skipped, reason: why.words, reasonID: why.id)
        case .broke(let why): Members(.broke, reason: why)
        }
    }
}
