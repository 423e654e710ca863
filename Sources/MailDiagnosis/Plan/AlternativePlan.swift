public import MailModel

/// What a good engineer would try next, once an endpoint has failed before a login could be sent. Pure.
public struct AlternativePlan: Hashable, Sendable {
    /// One endpoint to try.
    public struct Candidate: Hashable, Sendable {
        /// Where.
        public var endpoint: Endpoint
        /// Why.
        public var reason: AlternativeFacts.Reason
    }

    /// How many are tried at most.
    public static let limit = 4

    /// What to try, best first; empty when nothing else promises more.
    public let candidates: [Candidate]

    /// Makes the plan.
    ///
    /// - Parameters:
    ///   - endpoint: The endpoint that failed.
    ///   - stage: How far it came.
    ///   - failure: Why it went no further.
    ///   - known: The provider's endpoints of this side, best first.
    ///   - hasOtherFamily: Whether the host has addresses of the family that was not connected to.
    public init(
        after endpoint: Endpoint, stage: Stage, failure: Failure, known: [Endpoint] = [], hasOtherFamily: Bool = false
    ) {
        let helps = Self.help(stage, failure)
        var all: [Candidate] = []
        if helps.contains(.otherSecurity) {
            var flipped = endpoint
            flipped.security = endpoint.security == .tls ? .starttls : .tls
            all.append(Candidate(endpoint: flipped, reason: .otherSecurity))
        }
        if helps.contains(.otherFamily), hasOtherFamily {
            all.append(Candidate(endpoint: endpoint, reason: .otherFamily))
        }
        if helps.contains(.otherPort) {
            all += Self.otherPorts(of: endpoint).map { Candidate(endpoint: $0, reason: .otherPort) }
        }
        if helps.contains(.otherHost) {
            all += known.filter { $0.host.lowercased() != endpoint.host.lowercased() }
                .map { Candidate(endpoint: $0, reason: .otherHost) }
        }
        candidates = Array(all.prefix(Self.limit))
    }

    /// The kinds of change that can help. None where the server itself said no, or where a login was sent.
    private static func help(_ stage: Stage, _ failure: Failure) -> Set<AlternativeFacts.Reason> {
        switch failure {
        case .noAddress(let lookups):
            return lookups.contains { ResolverTroubleRule.trouble($0.outcome) != nil } ? [] : [.otherHost]
        case .notConnected: return [.otherPort, .otherHost]
        case .timedOut, .closed: return silence(stage)
        case .violation(let what, let text) where stage == .greeting:
            return what == .tlsRecord || text.map(ForeignProtocol.isTLS) == true
                ? [.otherSecurity, .otherPort] : [.otherPort, .otherHost]
        case .tls(.notTLS): return [.otherSecurity, .otherPort, .otherHost]
        case .tls: return [.otherPort, .otherHost]
        case .startTLSNotOffered: return [.otherPort, .otherHost]
        case .rejected: return stage == .tls ? [.otherPort] : []
        case .loginNotOffered: return [.otherPort, .otherHost]
        case .violation, .noCommonMechanism, .unusableCredential, .ourLimit: return []
        }
    }

    private static func silence(_ stage: Stage) -> Set<AlternativeFacts.Reason> {
        switch stage {
        case .greeting, .tls: [.otherSecurity, .otherFamily, .otherPort, .otherHost]
        case .capabilities: [.otherFamily, .otherPort, .otherHost]
        default: []
        }
    }

    /// The usual ports of the same service (RFC 6409, RFC 8314). A port out of the ordinary was meant.
    private static func otherPorts(of endpoint: Endpoint) -> [Endpoint] {
        let usual: [(Int, ConnectionSecurity)] =
            endpoint.service == .smtp ? [(587, .starttls), (465, .tls)] : [(993, .tls), (143, .starttls)]
        let ordinary = endpoint.service == .smtp ? [25, 465, 587, 2525] : [143, 993]
        guard ordinary.contains(endpoint.port) else { return [] }
        return usual.filter { $0.0 != endpoint.port }.map { port, security in
            Endpoint(service: endpoint.service, host: endpoint.host, port: port, security: security)
        }
    }
}
