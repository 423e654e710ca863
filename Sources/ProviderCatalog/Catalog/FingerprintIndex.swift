/// Finds profiles by the names that give them away, each in a few look-ups however many profiles there are.
struct FingerprintIndex: Hashable, Sendable {
    private var names: [FingerprintKind: [String: [Int]]] = [:]
    /// What is asked of every domain, beside each other: going through all profiles for it would copy each of them.
    private(set) var selectors: [KnownSelector] = []
    private(set) var proofs: [KnownProof] = []

    /// Builds the index of profiles in their order.
    ///
    /// - Parameter profiles: The profiles.
    init(_ profiles: [ProviderProfile]) {
        for (place, profile) in profiles.enumerated() {
            for kind in FingerprintKind.allCases {
                for name in kind.names(of: profile) { names[kind, default: [:]][name, default: []].append(place) }
            }
            let prefixes = profile.fingerprints.txtPrefix
            if !prefixes.isEmpty {
                proofs.append(
                    KnownProof(
                        profile: profile.id, prefixes: prefixes.map { $0.lowercased() },
                        hasMailboxes: profile.kind.hasMailboxes))
            }
            guard profile.kind.hasMailboxes else { continue }
            selectors += profile.fingerprints.dkimSelector.map {
                KnownSelector(profile: profile.id, selector: $0, aliases: profile.fingerprints.dkimCNAME)
            }
        }
    }

    /// The places of the profiles that a name belongs to: those with the longest pattern that it is or lies below.
    func places(_ kind: FingerprintKind, _ name: String) -> [Int] {
        guard let table = names[kind] else { return [] }
        return ProfileIndex.parents(of: name.lowercased()).lazy.compactMap { table[$0] }.first ?? []
    }
}

/// A DKIM selector (RFC 6376) that a provider with mailboxes hands out.
public struct KnownSelector: Hashable, Sendable {
    /// The profile's id.
    public var profile: String
    /// The selector.
    public var selector: String
    /// Names that the selector is an alias of, or of one below; none where the key itself stands there.
    public var aliases: [String]
}

/// How a provider's proofs of ownership begin.
public struct KnownProof: Hashable, Sendable {
    /// The profile's id.
    public var profile: String
    /// Beginnings of TXT records, in small letters.
    public var prefixes: [String]
    /// Whether the provider has mailboxes.
    public var hasMailboxes: Bool
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
            Set((profile.smtp + profile.imap).map(\.host)).filter { !$0.contains("{") }
                .sorted()
        }
    }
}

extension Catalog {
    /// The DKIM selectors of all providers with mailboxes, in the order of their profiles.
    public var selectors: [KnownSelector] { fingerprints.selectors }

    /// The proofs of ownership that providers ask for, in the order of their profiles.
    public var proofs: [KnownProof] { fingerprints.proofs }

    /// The profiles to which the target of a record for mail programs leads: by the names that they hand out for it, by
    /// their servers, or by their exchangers, below whose names many hosters have them all.
    ///
    /// - Parameters:
    ///   - kind: The kind of name that is looked for first.
    ///   - target: Where the record leads, lower case.
    /// - Returns: The profiles; of those that are told by an exchanger, one with mailboxes.
    public func owners(_ kind: FingerprintKind, ofTarget target: String) -> [ProviderProfile] {
        let direct = profiles(kind, target)
        if !direct.isEmpty { return direct }
        let servers = profiles(.server, target)
        if !servers.isEmpty { return servers }
        return [profile(mx: target)].compactMap(\.self).filter(\.kind.hasMailboxes)
    }

    /// The name for Autodiscover of some provider from which a target differs by one slip of the finger.
    ///
    /// - Parameter target: Where a record leads, lower case.
    /// - Returns: The name that was probably meant; nil where none is so near.
    public func autodiscoverName(near target: String) -> String? {
        let octets = Array(target.utf8)
        guard octets.count >= 12 else { return nil }
        return profiles.lazy.flatMap(\.fingerprints.autodiscoverCNAME)
            .first { Self.isOneSlipAway(octets, Array($0.utf8)) }
    }

    private static func isOneSlipAway(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        guard left != right, abs(left.count - right.count) <= 1 else { return false }
        let (short, long) = left.count <= right.count ? (left, right) : (right, left)
        let start = zip(short, long).prefix { $0 == $1 }.count
        let rest = long.dropFirst(start + 1)
        return short.dropFirst(start + (left.count == right.count ? 1 : 0)).elementsEqual(rest)
    }

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
