import MailModel

/// Looks for names with which one record in the DNS would speak for two profiles.
struct ClashLint {
    private let profiles: [Located<ProviderProfile>]

    /// Takes all profiles.
    init(_ profiles: [Located<ProviderProfile>]) { self.profiles = profiles }

    /// What should be looked at.
    func problems() -> [LintProblem] {
        exchangers() + shadows() + aliases("spf_include", \.spfInclude) + aliases("dkim_cname", \.dkimCNAME)
            + aliases("autodiscover_cname", \.autodiscoverCNAME) + aliases("autoconfig_cname", \.autoconfigCNAME)
    }

    /// An exchanger below a suffix of another profile. The longer one wins, so both may be right: then a note of the
    /// longer one's profile names the other suffix.
    private func shadows() -> [LintProblem] {
        var suffixes: [String: String] = [:]
        for profile in profiles {
            for case .suffix(let name) in profile.value.mxPatterns { suffixes[name] = profile.file }
        }
        return profiles.flatMap { profile in
            profile.value.mxPatterns.enumerated().compactMap { number, pattern in
                let above = ProfileIndex.parents(of: pattern.name).dropFirst().first { suffixes[$0] != nil }
                guard let above, let other = suffixes[above], other != profile.file,
                    !profile.value.notes.contains(where: { $0.contains(above) })
                else { return nil }
                return problem(
                    profile, "mx[\(number)]",
                    "it takes names away from \(above) in \(other); if it is right, name that in notes",
                    .warning)
            }
        }
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

    private func problem(
        _ profile: Located<ProviderProfile>, _ key: String, _ message: String, _ severity: Severity = .error
    ) -> LintProblem {
        LintProblem(file: profile.file, keyPath: key, severity: severity, message: message)
    }
}
