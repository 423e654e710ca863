import FoundationEssentials
import MailModel
import ProviderCatalog

/// Everything the rules may look at: the facts of one run, and what the catalogue knows about them.
struct DiagnosisInput: Sendable {
    /// What the checks saw.
    let observations: [Observation]
    /// Who hosts the mailbox.
    let provider: ProviderIdentification
    /// The provider's profile; also where the settings were given and only the hosts tell whose they are.
    let profile: ProviderProfile?
    /// What the replies of servers mean.
    let signatures: SignatureBase
    /// The time of the run, for certificates. A rule reads no clock.
    let now: Date
    /// How the search for settings ended.
    let search: SettingsSearch
    /// Who opened TLS on the way, at the place of each observation.
    private let interceptors: [Int: Interceptor]

    init(_ facts: JudgedFacts, catalogue: Catalog, now: Date) {
        observations = facts.observations
        provider = facts.provider
        profile = facts.provider.id.flatMap { catalogue.profile(id: $0) } ?? Self.host(of: facts, catalogue)
        signatures = catalogue.signatures
        self.now = now
        search = facts.search
        var interceptors: [Int: Interceptor] = [:]
        for (place, observation) in facts.observations.enumerated() {
            guard case .tls(let seen)? = observation.facts else { continue }
            interceptors[place] = catalogue.interceptor(of: seen.certificates.flatMap { [$0.issuer, $0.subject] })
        }
        self.interceptors = interceptors
    }

    /// The one provider whose servers were connected to, where detection did not name any.
    private static func host(of facts: JudgedFacts, _ catalogue: Catalog) -> ProviderProfile? {
        let hosts = Set(facts.observations.compactMap { $0.endpoint?.host.lowercased() })
        guard facts.provider.id == nil, !hosts.isEmpty else { return nil }
        return catalogue.onlyProfile(ofHosts: hosts)
    }

    /// The provider's id, for signatures.
    var providerID: String? { provider.id ?? profile?.id }

    /// Each handshake that came to its end, and who opened it on the way, if somebody did.
    var handshakes: [(observation: Observation, facts: TLSFacts, interceptor: Interceptor?)] {
        observations.enumerated().compactMap { place, observation in
            guard case .tls(let facts)? = observation.facts else { return nil }
            return (observation, facts, interceptors[place])
        }
    }

    /// The observations that ended early, with the reason.
    var failures: [(observation: Observation, failure: Failure)] {
        observations.compactMap { observation in
            guard case .failed(let failure) = observation.outcome else { return nil }
            return (observation, failure)
        }
    }

    /// What else was tried in place of an endpoint, nil when nothing was.
    func alternatives(to endpoint: Endpoint) -> AlternativesFacts? {
        for observation in observations where observation.endpoint == endpoint {
            if case .alternatives(let facts)? = observation.facts { return facts }
        }
        return nil
    }

    /// What else was tried on one side, nil when nothing was.
    func alternatives(of service: MailService) -> AlternativesFacts? {
        for observation in observations where observation.service == service {
            if case .alternatives(let facts)? = observation.facts { return facts }
        }
        return nil
    }

    /// Whether the login of one side was accepted.
    func isLoginAccepted(_ service: MailService) -> Bool { Judgement.isLoginAccepted(service, in: observations) }

    /// The last login of one side, whatever came of it; nil when none was sent.
    func login(_ service: MailService) -> LoginFacts? {
        observations.last { observation in
            guard observation.service == service, case .login? = observation.facts else { return false }
            return true
        }.flatMap { observation in
            guard case .login(let facts)? = observation.facts else { return nil }
            return facts
        }
    }
}

extension MailService {
    /// The side that it is not.
    var other: MailService { self == .smtp ? .imap : .smtp }

    /// `SMTP` or `IMAP`, for sentences.
    var label: String { rawValue.uppercased() }
}
