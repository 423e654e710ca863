public import MailModel
public import ProviderCatalog

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

/// Which hosts to connect to for comparison, once a planned connection met silence: a dead host and a network that lets
/// no mail out look alike from one connection. Pure.
///
/// They are the servers whose settings the registration API itself documents, the most dependable ones that the
/// catalogue knows. Nothing is said to them; they learn no more than that somebody connected.
public enum ControlPlan {
    /// How many hosts are compared for each port.
    public static let limit = 2

    /// The endpoints to connect to; none for a connection whose end tells enough.
    ///
    /// - Parameters:
    ///   - endpoint: The endpoint that failed.
    ///   - failure: Why.
    ///   - catalogue: Where dependable hosts are found.
    /// - Returns: At most two endpoints of other hosts on the same port.
    public static func endpoints(after endpoint: Endpoint, failure: Failure, catalogue: Catalog) -> [Endpoint] {
        guard case .notConnected(let attempts) = failure, attempts.isStopped(by: .timedOut) else { return [] }
        let dependable = catalogue.profiles.filter { profile in
            profile.kind == .mailbox && (profile.inboxType == .googleWorkspace || profile.inboxType == .outlook365)
        }
        var result: [Endpoint] = []
        for profile in dependable {
            let servers = endpoint.service == .smtp ? profile.smtp : profile.imap
            let known = servers.compactMap { $0.endpoint(endpoint.service, domain: nil) }
            guard let fellow = known.first(where: { $0.port == endpoint.port }),
                fellow.host.lowercased() != endpoint.host.lowercased(),
                !result.contains(where: { $0.host == fellow.host })
            else { continue }
            result.append(fellow)
        }
        return Array(result.prefix(limit))
    }
}
