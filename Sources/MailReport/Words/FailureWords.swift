import MailModel

/// Why a check ended early, in a few words.
enum FailureWords {
    static func summary(of failure: Failure) -> String {
        switch failure {
        case .noAddress(let lookups): "no address: \(kinds(of: lookups))"
        case .notConnected(let attempts): list(of: attempts)
        case .ourLimit: "not tried: too much is under way here"
        case .timedOut(let after): "no answer within \(TimeWords.text(after))"
        case .closed(let reset, let words): closed(reset: reset, words: words)
        case .violation(let what, let text): text.map { "\(what.rawValue): \"\($0)\"" } ?? what.rawValue
        case .tls(let failure): tls(failure)
        case .rejected(let reply): "refused, \(reply.quoted)"
        case .startTLSNotOffered: "STARTTLS is not offered"
        case .loginNotOffered: "no login is offered"
        case .noCommonMechanism(let offered): "no login fits, offered: \(DNSWords.list(offered, atMost: 6))"
        case .unusableCredential(let reason): reason.rawValue
        }
    }

    private static func kinds(of lookups: [DNSResponse]) -> String {
        var kinds: [String] = []
        for words in lookups.map(DNSWords.summary) where !kinds.contains(words) { kinds.append(words) }
        return kinds.isEmpty ? "why is not known" : kinds.joined(separator: "; ")
    }

    private static func list(of attempts: [ConnectionAttempt]) -> String {
        let words = attempts.map { "\($0.address) \(word(for: $0.outcome))" }
        return words.isEmpty ? "no address was tried" : DNSWords.list(words, atMost: 4)
    }

    static func word(for outcome: ConnectOutcome) -> String {
        switch outcome {
        case .connected: "connected"
        case .refused: "refused"
        case .timedOut: "did not answer"
        case .unreachable: "cannot be reached"
        case .reset: "reset the connection"
        case .superseded: "was given up"
        case .failed: "failed"
        case .ourLimit: "was not tried: too much is under way here"
        case .notAllowed: "is not allowed here"
        }
    }

    private static func closed(reset: Bool, words: ServerText?) -> String {
        let what = reset ? "the server reset the connection" : "the server closed the connection"
        return words.map { "\(what) after \"\($0)\"" } ?? what
    }

    private static func tls(_ failure: TLSFailure) -> String {
        switch failure {
        case .notTLS(let octets): "no TLS there, but \"\(octets)\""
        case .alert(let number, let name): "TLS alert \(number) (\(name))"
        case .unsupportedVersion: "no common version of TLS"
        case .closed: "closed during the TLS handshake"
        case .other(let words): "TLS handshake failed: \(words)"
        }
    }
}
