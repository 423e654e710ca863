import MailModel

/// A check broke. That is our own mistake, and it is never read as a pass.
struct BrokenCheckRule: DiagnosisRule {
    func findings(in input: DiagnosisInput) -> [Finding] {
        input.observations.compactMap { observation in
            guard case .broke(let what) = observation.outcome else { return nil }
            return Finding(.internalError, confidence: 1, on: observation, .broke(what))
        }
    }
}

/// A limit of our own held the run back: not enough descriptors, or places in a queue. No server is blamed for it, and
/// without logins the verdict is "cannot tell".
struct OwnLimitRule: DiagnosisRule {
    func findings(in input: DiagnosisInput) -> [Finding] {
        let held = input.failures.filter { Self.isOurs($0.failure) }.map(\.observation)
        guard let first = held.first else { return [] }
        var finding = Finding(.ownLimit, severity: .info, confidence: 1, on: first, .heldBack())
        if Set(held.map(\.service)).count > 1 { finding.service = nil }
        finding.evidence = held.map(\.id.description)
        return [finding]
    }

    private static func isOurs(_ failure: Failure) -> Bool {
        switch failure {
        case .ourLimit: true
        case .notConnected(let attempts): attempts.isStopped(by: .ourLimit)
        default: false
        }
    }
}

/// The addresses of a host are not allowed by the policy of the program that runs this; nothing was sent to them.
struct AddressNotAllowedRule: DiagnosisRule {
    func findings(in input: DiagnosisInput) -> [Finding] {
        input.failures.compactMap { observation, failure in
            guard case .notConnected(let attempts) = failure, let endpoint = observation.endpoint,
                attempts.isStopped(by: .notAllowed)
            else { return nil }
            return Finding(
                .addressNotAllowed, confidence: 1, on: observation, .notAllowed(endpoint, attempts.map(\.address)))
        }
    }
}

extension [ConnectionAttempt] {
    /// The attempts that tell something: not those that were given up since another one was faster.
    var telling: [ConnectionAttempt] { filter { $0.outcome != .superseded } }

    /// Whether nothing but this kept every address from being connected to.
    func isStopped(by outcome: ConnectOutcome) -> Bool {
        !telling.isEmpty && telling.allSatisfy { $0.outcome == outcome }
    }
}

extension FindingWords {
    fileprivate static func broke(_ what: String) -> Self {
        FindingWords(
            summary: "A check broke: \(what). This is a mistake in mailconnect.",
            detail: "What this check would have shown is not known.",
            remedy: Remedy(who: .support, steps: ["Report it with the JSON report attached."]), retry: .once)
    }

    fileprivate static func heldBack() -> Self {
        FindingWords(
            summary: "Too much is under way here at once, so this was not tried.",
            detail: "A limit of this program or machine held it back. That says nothing of the account or its servers.",
            remedy: Remedy(who: .support, steps: ["Have fewer runs at once, or more room for them."]),
            retry: .afterSeconds(60))
    }

    fileprivate static func notAllowed(_ endpoint: Endpoint, _ addresses: [String]) -> Self {
        FindingWords(
            summary: "\(endpoint.host) has an address that this service does not connect to: "
                + "\(addresses.prefix(4).joined(separator: ", ")).",
            detail: "Its address policy refuses private, loopback and other special addresses. Nothing was sent there.",
            remedy: Remedy(
                who: .support,
                steps: [
                    "Check the host name: the public name of a mail server has a public address.",
                    "If the server is meant, have its network allowed where this service is run.",
                ]))
    }
}
