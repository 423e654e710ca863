import MailModel

/// The pattern of a network that lets no mail out: silence on several mail ports of a host whose other ports answer, or
/// on both submission ports.
struct PortBlock {
    /// The silent ports, for a sentence.
    let ports: String
    /// What speaks for it, as a sentence.
    let proof: String
    /// How sure that is.
    let confidence: Double

    /// nil unless the pattern is there.
    init?(_ endpoint: Endpoint, _ attempts: [ConnectionAttempt], in input: DiagnosisInput) {
        guard Self.isSilent(attempts), [25, 465, 587, 143, 993].contains(endpoint.port) else { return nil }
        let tried = input.alternatives(to: endpoint)?.tried ?? []
        let silent = tried.filter { other in
            guard other.reason == .otherPort, case .notConnected(let attempts)? = other.failure else { return false }
            return Self.isSilent(attempts)
        }
        let ports = [endpoint.port] + silent.map(\.endpoint.port)
        self.ports = ports.sorted().map(String.init).joined(separator: " and ")
        let elsewhere = Self.portThatAnswers(on: endpoint.host, in: input)
        if let elsewhere {
            proof = "Port \(elsewhere) of the same host answers, so the host is up."
            confidence = silent.isEmpty ? 0.85 : 0.95
        } else {
            guard !silent.isEmpty else { return nil }
            proof = "All usual ports of this service are silent alike."
            confidence = 0.7
        }
    }

    /// No answer at all, at any address.
    private static func isSilent(_ attempts: [ConnectionAttempt]) -> Bool {
        let counted = attempts.filter { $0.outcome != .superseded }
        return !counted.isEmpty && counted.allSatisfy { $0.outcome == .timedOut }
    }

    private static func portThatAnswers(on host: String, in input: DiagnosisInput) -> Int? {
        input.observations.lazy.compactMap { observation -> Int? in
            guard let endpoint = observation.endpoint, endpoint.host.lowercased() == host.lowercased(),
                case .connection(let facts)? = observation.facts, facts.connectedAddress != nil
            else { return nil }
            return endpoint.port
        }.first
    }
}
