/// Finds profiles by the names that give them away, each in a few look-ups however many profiles there are.
struct FingerprintIndex: Hashable, Sendable {
    private var names: [FingerprintKind: [String: [Int]]] = [:]

    /// Builds the index of profiles in their order.
    ///
    /// - Parameter profiles: The profiles.
    init(_ profiles: [ProviderProfile]) {
        for (place, profile) in profiles.enumerated() {
            for kind in FingerprintKind.allCases {
                for name in kind.names(of: profile) { names[kind, default: [:]][name, default: []].append(place) }
            }
        }
    }

    /// The places of the profiles that a name belongs to: those with the longest pattern that it is or lies below.
    func places(_ kind: FingerprintKind, _ name: String) -> [Int] {
        guard let table = names[kind] else { return [] }
        return ProfileIndex.parents(of: name.lowercased()).lazy.compactMap { table[$0] }.first ?? []
    }
}

/// The kinds of name by which a provider is found. A name stands for itself and the names below it.
public enum FingerprintKind: Hashable, Sendable, CaseIterable {
    /// In `include:`, `redirect=`, `a:`, `mx:` or `exists:` of an SPF record.
    case spf
    /// Where `autodiscover.` and the domain leads to.
    case autodiscover
    /// Where `autoconfig.` and the domain leads to.
    case autoconfig
    /// In the certificate of a mail server.
    case certificate
    /// The provider's own servers for mail programs.
    case server

    /// These names of a profile.
    func names(of profile: ProviderProfile) -> [String] {
        switch self {
        case .spf: profile.fingerprints.spfInclude
        case .autodiscover: profile.fingerprints.autodiscoverCNAME
        case .autoconfig: profile.fingerprints.autoconfigCNAME
        case .certificate: profile.fingerprints.certificateName
        case .server:
            Set((profile.smtp + profile.imap).map(\.host)).filter { !$0.contains(EndpointProfile.domainPlaceholder) }
                .sorted()
        }
    }
}

extension Catalog {
    /// The profiles that a name belongs to.
    ///
    /// - Parameters:
    ///   - kind: The kind of name.
    ///   - name: The name, in any case.
    /// - Returns: The profiles with the longest name that this one is or lies below; several share some names.
    public func profiles(_ kind: FingerprintKind, _ name: String) -> [ProviderProfile] {
        fingerprints.places(kind, name).map { profiles[$0] }
    }
}
