public import Foundation
public import MailModel
public import ProviderCatalog

/// Everything the rules may look at: the facts of one run, and what the catalogue knows.
public struct DiagnosisInput: Sendable {
    /// What the checks saw.
    public var observations: [Observation]
    /// Who hosts the mailbox.
    public var provider: ProviderIdentification
    /// The provider's profile, when it is known.
    public var profile: ProviderProfile?
    /// What the replies of servers mean.
    public var signatures: SignatureBase
    /// Who opens TLS on the way, known by the issuer in certificates.
    public var interceptors: [Interceptor]
    /// The time of the run, for certificates. A rule reads no clock.
    public var now: Date
    /// How the search for settings ended.
    public var search: SettingsSearch

    /// Makes an input.
    public init(
        observations: [Observation], provider: ProviderIdentification, profile: ProviderProfile?,
        signatures: SignatureBase, now: Date, search: SettingsSearch = .found,
        interceptors: [Interceptor] = []
    ) {
        self.observations = observations
        self.provider = provider
        self.profile = profile
        self.signatures = signatures
        self.now = now
        self.search = search
        self.interceptors = interceptors
    }

    /// What else was tried in place of an endpoint, nil when nothing was.
    func alternatives(to endpoint: Endpoint) -> AlternativesFacts? {
        for observation in observations where observation.endpoint == endpoint {
            if case .alternatives(let facts)? = observation.facts { return facts }
        }
        return nil
    }

    /// Whether the login of one side passed.
    func loginPassed(_ service: MailService) -> Bool { VerdictRule.loginPassed(service, in: observations) }

    /// The observations that ended early, with the reason.
    var failures: [(observation: Observation, failure: Failure)] {
        observations.compactMap { observation in
            guard case .failed(let failure) = observation.outcome else { return nil }
            return (observation, failure)
        }
    }
}
