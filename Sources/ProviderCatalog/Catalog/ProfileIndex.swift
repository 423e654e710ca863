/// Finds profiles by id, by mail domain and by mail exchanger, each in a few look-ups however many profiles there are.
struct ProfileIndex: Hashable, Sendable {
    /// The place of each profile by its id.
    private(set) var byID: [String: Int] = [:]
    private var domains: [String: Int] = [:]
    private var parents: [String: Int] = [:]
    private var exactExchanges: [String: Int] = [:]
    private var exchangeSuffixes: [String: Int] = [:]
    private var hosts: [String: [Int]] = [:]

    /// Builds the index of profiles in their order.
    ///
    /// - Parameter profiles: The profiles with their files.
    /// - Returns: The index, and an error for each id, domain or exchanger that is claimed twice.
    static func build(_ profiles: [Located<ProviderProfile>]) -> (index: ProfileIndex, conflicts: [CatalogError]) {
        var index = ProfileIndex()
        var conflicts: [CatalogError] = []
        for (place, profile) in profiles.enumerated() {
            let clashes = index.insert(profile.value, at: place)
            conflicts += clashes.map { key, name, other in
                CatalogError(
                    .duplicate, file: profile.file,
                    keyPath: profile.keyPath.isEmpty ? key : "\(profile.keyPath).\(key)",
                    reason: "\(name) is claimed by \(profiles[other].file) too")
            }
        }
        return (index, conflicts)
    }

    /// The place of the profile that a mail domain belongs to.
    ///
    /// - Parameter name: The domain, lower case.
    /// - Returns: The place, nil when none fits.
    func profile(mailDomain name: String) -> Int? {
        domains[name] ?? Self.parents(of: name).dropFirst().lazy.compactMap { parents[$0] }.first
    }

    /// The place of the profile that a mail exchanger belongs to.
    ///
    /// - Parameter exchange: The host name in any case, with or without a trailing dot.
    /// - Returns: The place, nil when none fits.
    func profile(exchange: String) -> Int? {
        var name = exchange.lowercased()
        if name.hasSuffix(".") { name.removeLast() }
        return exactExchanges[name] ?? Self.parents(of: name).lazy.compactMap { exchangeSuffixes[$0] }.first
    }

    /// The places of the profiles that name a host for SMTP or IMAP, in order, each once.
    ///
    /// - Parameter host: The host as profiles write it.
    /// - Returns: The places.
    func profiles(host: String) -> [Int] { hosts[host] ?? [] }

    private typealias Clash = (key: String, name: String, other: Int)

    private mutating func insert(_ profile: ProviderProfile, at place: Int) -> [Clash] {
        var clashes: [Clash] = []
        if let other = byID.updateValue(place, forKey: profile.id) { clashes.append(("id", profile.id, other)) }
        for endpoint in profile.smtp + profile.imap where hosts[endpoint.host]?.last != place {
            hosts[endpoint.host, default: []].append(place)
        }
        for (number, domain) in profile.domains.enumerated() {
            let other =
                domain.includesSubdomains
                ? parents.updateValue(place, forKey: domain.name) : domains.updateValue(place, forKey: domain.name)
            if let other { clashes.append(("domains[\(number)]", domain.description, other)) }
        }
        for (number, pattern) in profile.mxPatterns.enumerated() {
            let other =
                switch pattern {
                case .exact(let name): exactExchanges.updateValue(place, forKey: name)
                case .suffix(let name): exchangeSuffixes.updateValue(place, forKey: name)
                }
            if let other { clashes.append(("mx[\(number)]", pattern.name, other)) }
        }
        return clashes
    }

    /// The name itself and each name above it, longest first.
    static func parents(of name: String) -> [String] {
        let labels = name.split(separator: ".", omittingEmptySubsequences: false)
        return labels.indices.map { labels[$0...].joined(separator: ".") }
    }
}
