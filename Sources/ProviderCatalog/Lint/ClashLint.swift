import MailModel

/// Looks for names with which one record in the DNS would speak for two profiles.
struct ClashLint {
    private let profiles: [Located<ProviderProfile>]

    /// Takes all profiles.
    init(_ profiles: [Located<ProviderProfile>]) { self.profiles = profiles }

    /// What should be looked at.
    func problems() -> [LintProblem] {
        exchangers() + aliases("spf_include", \.spfInclude) + aliases("dkim_cname", \.dkimCNAME)
            + aliases("autodiscover_cname", \.autodiscoverCNAME) + aliases("autoconfig_cname", \.autoconfigCNAME)
    }

    /// An exact exchanger that is the whole suffix of another profile: which one is meant cannot be told.
    private func exchangers() -> [LintProblem] {
        var suffixes: [String: String] = [:]
        for profile in profiles {
            for case .suffix(let name) in profile.value.mxPatterns { suffixes[name] = profile.file }
        }
        return profiles.flatMap { profile in
            profile.value.mxPatterns.enumerated().compactMap { number, pattern in
                guard case .exact(let name) = pattern, let other = suffixes[name], other != profile.file else {
                    return nil
                }
                return problem(profile, "mx[\(number)]", "\(name) is a suffix in \(other)")
            }
        }
    }

    /// The same name, or one below a name of another profile.
    private func aliases(_ key: String, _ names: KeyPath<Fingerprints, [String]>) -> [LintProblem] {
        var owners: [String: Set<String>] = [:]
        for profile in profiles {
            for name in profile.value.fingerprints[keyPath: names] { owners[name, default: []].insert(profile.file) }
        }
        return profiles.flatMap { profile in
            profile.value.fingerprints[keyPath: names].enumerated().compactMap { number, name in
                let others = ProfileIndex.parents(of: name).flatMap { owners[$0] ?? [] }.filter { $0 != profile.file }
                guard let other = others.min() else { return nil }
                return problem(profile, "fingerprints.\(key)[\(number)]", "\(name) belongs to \(other) too")
            }
        }
    }

    private func problem(_ profile: Located<ProviderProfile>, _ key: String, _ message: String) -> LintProblem {
        LintProblem(file: profile.file, keyPath: key, severity: .error, message: message)
    }
}
