import MailModel

/// No address of the host could be connected to: refused, no answer, or no route. It is never about the password.
struct NotConnectedRule: DiagnosisRule {
    func findings(in input: DiagnosisInput) -> [Finding] {
        input.failures.compactMap { observation, failure in
            guard case .notConnected(let attempts) = failure, let endpoint = observation.endpoint else { return nil }
            let counted = attempts.telling.filter { ![.ourLimit, .notAllowed].contains($0.outcome) }
            // Nobody was asked: other rules say why.
            guard !counted.isEmpty || attempts.isEmpty else { return nil }
            if counted.contains(where: { $0.outcome == .refused || $0.outcome == .reset }) {
                return Finding(.connectRefused, confidence: 0.9, on: observation, .refused(endpoint, attempts))
            }
            switch Silence(of: endpoint, counted, in: input)?.blame {
            case .network(let proof, let confidence)?:
                return Finding(
                    .connectTimeout, confidence: confidence, on: observation,
                    .blocked(endpoint, ports: Silence.ports(of: endpoint, in: input), proof))
            case .host(let proof)?:
                return Finding(
                    .connectTimeout, confidence: 0.9, on: observation, .dead(endpoint, proof, attempts))
            case .open?, nil:
                return Finding(.connectTimeout, confidence: 0.9, on: observation, .noAnswer(endpoint, attempts))
            }
        }
    }
}

/// Whose fault it is that a mail port is silent, as far as the other connections of the run show.
///
/// Hosts that answer on the same port clear the network; hosts that are known to answer, and are silent from here too,
/// convict it. One dead host alone shows nothing of the network.
struct Silence {
    /// Who is to blame.
    enum Blame: Hashable {
        /// The network that the run was made in, with what speaks for it as a sentence, and how sure that is.
        case network(proof: String, confidence: Double)
        /// The host, with what speaks for it as a sentence.
        case host(proof: String)
        /// Either.
        case open
    }

    /// A connection to another host, for comparison.
    private struct Comparison {
        var service: MailService?
        var host: String
        var port: Int
        /// nil when it tells nothing.
        var answered: Bool?
        /// Whether the host is known to answer.
        var isControl = false
    }

    /// The verdict.
    let blame: Blame

    /// nil unless a usual mail port was silent at every address.
    init?(of endpoint: Endpoint, _ attempts: [ConnectionAttempt], in input: DiagnosisInput) {
        guard Self.isSilent(attempts), Self.mailPorts.contains(endpoint.port) else { return nil }
        let ports = Self.ports(of: endpoint, in: input)
        let others = Self.comparisons(in: input).filter { $0.host.lowercased() != endpoint.host.lowercased() }
        let fellows = others.filter { ports.contains($0.port) }
        let controls = fellows.filter(\.isControl)
        if let fellow = fellows.first(where: { $0.answered == true }) {
            blame = .host(proof: "\(fellow.host) answers on port \(fellow.port) from here, so the network lets it out.")
        } else if !controls.isEmpty, controls.allSatisfy({ $0.answered == false }) {
            let names = controls.map(\.host).joined(separator: " and ")
            blame = .network(
                proof: "\(names), known to answer, cannot be reached on this port either.", confidence: 0.95)
        } else if let port = Self.portThatAnswers(on: endpoint, in: input) {
            blame = .network(
                proof: "Port \(port) of the same host answers, so the host is up.",
                confidence: ports.count > 1 ? 0.95 : 0.85)
        } else if !others.isEmpty, others.allSatisfy({ $0.answered == false }) {
            blame = .network(proof: "No mail server at all answers from here.", confidence: 0.7)
        } else {
            blame = .open
        }
    }

    /// The ports of the endpoint's host that were silent.
    static func ports(of endpoint: Endpoint, in input: DiagnosisInput) -> [Int] {
        let silent = (input.alternatives(to: endpoint)?.tried ?? []).filter { other in
            guard other.reason == .otherPort, case .notConnected(let attempts)? = other.failure else { return false }
            return isSilent(attempts.telling)
        }
        return ([endpoint.port] + silent.map(\.endpoint.port)).sorted()
    }

    private static let mailPorts: Set<Int> = [25, 465, 587, 143, 993]

    /// No answer at all, at any address.
    private static func isSilent(_ attempts: [ConnectionAttempt]) -> Bool { attempts.isStopped(by: .timedOut) }

    private static func comparisons(in input: DiagnosisInput) -> [Comparison] {
        input.observations.flatMap { observation -> [Comparison] in
            switch observation.facts {
            case .control(let facts):
                return facts.attempts.map {
                    Comparison(host: $0.host, port: $0.port, answered: answered($0.outcome), isControl: true)
                }
            case .alternatives(let facts):
                return facts.tried.map {
                    Comparison(
                        service: $0.endpoint.service, host: $0.endpoint.host, port: $0.endpoint.port,
                        answered: answered($0.failure))
                }
            default:
                guard let endpoint = observation.endpoint, observation.id == .connect(endpoint.service) else {
                    return []
                }
                return [
                    Comparison(
                        service: endpoint.service, host: endpoint.host, port: endpoint.port,
                        answered: answered(observation))
                ]
            }
        }
    }

    private static func answered(_ observation: Observation) -> Bool? {
        if case .connection(let facts)? = observation.facts, facts.connectedAddress != nil { return true }
        guard case .failed(let failure) = observation.outcome else { return nil }
        return answered(failure)
    }

    /// Whether a connection was made before this went wrong; nil when that tells nothing of the network.
    private static func answered(_ failure: Failure?) -> Bool? {
        switch failure {
        case .notConnected(let attempts): isSilent(attempts.telling) ? false : nil
        case .noAddress, .ourLimit: nil
        default: true
        }
    }

    private static func answered(_ outcome: ConnectOutcome) -> Bool? {
        switch outcome {
        case .connected: true
        case .timedOut, .unreachable: false
        default: nil
        }
    }

    /// A port of the other service on the same host that answers. Another port of the same service shows no more than
    /// that it is the one to use.
    private static func portThatAnswers(on endpoint: Endpoint, in input: DiagnosisInput) -> Int? {
        let own = comparisons(in: input).filter {
            $0.host.lowercased() == endpoint.host.lowercased() && $0.answered == true
        }
        return own.contains { $0.service == endpoint.service } ? nil : own.first?.port
    }
}

extension FindingWords {
    fileprivate static func blocked(_ endpoint: Endpoint, ports: [Int], _ proof: String) -> Self {
        let list = ports.map(String.init).joined(separator: " and ")
        return FindingWords(
            summary: "Your network, not your password: connections to port \(list) of \(endpoint.host) get no "
                + "answer from here.",
            detail:
                "\(proof) That is how a network or hosting provider shows that lets no mail out: the servers "
                + "are not asked at all. No password was sent.",
            remedy: Remedy(
                who: .support,
                steps: [
                    "Try from another network, such as a telephone's.",
                    "Ask whoever runs this network or server to let connections out to ports 465, 587 and 993.",
                ]),
            retry: .afterSeconds(300))
    }

    fileprivate static func dead(_ endpoint: Endpoint, _ proof: String, _ attempts: [ConnectionAttempt]) -> Self {
        FindingWords(
            summary: "\(endpoint.host) does not answer on port \(endpoint.port): it is the host, not your network.",
            detail: "\(proof) \(list(attempts)) No password was sent.",
            remedy: Remedy(
                who: .provider,
                steps: [
                    "Check host and port: submission is on 587 or 465, IMAP on 993.",
                    "If they are right, ask the provider whether the server is down.",
                ]),
            retry: .afterSeconds(300))
    }

    fileprivate static func refused(_ endpoint: Endpoint, _ attempts: [ConnectionAttempt]) -> Self {
        FindingWords(
            summary: "\(endpoint.host) refuses connections on port \(endpoint.port).",
            detail: "The host is there, but nothing listens on this port, or a firewall says no. \(list(attempts)) "
                + "No password was sent.",
            remedy: Remedy(
                who: .support,
                steps: [
                    "Check host and port: submission is on 587 or 465, IMAP on 993.",
                    "Try from another network: some block these ports.",
                    "If it is the right server, ask the provider whether it is down.",
                ]),
            retry: .afterSeconds(300))
    }

    fileprivate static func noAnswer(_ endpoint: Endpoint, _ attempts: [ConnectionAttempt]) -> Self {
        FindingWords(
            summary: "\(endpoint.host) does not answer on port \(endpoint.port).",
            detail: "The connection was never made, so this is the network, the port or the host, not the password. "
                + list(attempts),
            remedy: Remedy(
                who: .support,
                steps: [
                    "Ask whether this network lets connections out to port \(endpoint.port); many block mail ports.",
                    endpoint.service == .smtp
                        ? "Try the other submission port: 587 with STARTTLS, or 465 with TLS."
                        : "Check that IMAP is offered there: port 993 with TLS.",
                    "Try again later, in case the server is down.",
                ]),
            retry: .afterSeconds(300))
    }

    private static func list(_ attempts: [ConnectionAttempt]) -> String {
        guard !attempts.isEmpty else { return "" }
        let parts = attempts.map { "\($0.address): \($0.outcome.rawValue.replacing("_", with: " "))" }
        return "Tried \(parts.joined(separator: ", "))."
    }
}
