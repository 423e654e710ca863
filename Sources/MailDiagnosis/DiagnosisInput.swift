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
    /// The time of the run, for certificates. A rule reads no clock.
    public var now: Date
    /// How the search for settings ended.
    public var search: SettingsSearch

    /// Makes an input.
    public init(
        observations: [Observation], provider: ProviderIdentification, profile: ProviderProfile?,
        signatures: SignatureBase, now: Date, search: SettingsSearch = .found
    ) {
        self.observations = observations
        self.provider = provider
        self.profile = profile
        self.signatures = signatures
        self.now = now
        self.search = search
    }

    /// The observations that ended early, with the reason.
    var failures: [(observation: Observation, failure: Failure)] {
        observations.compactMap { observation in
            guard case .failed(let failure) = observation.outcome else { return nil }
            return (observation, failure)
        }
    }
}
