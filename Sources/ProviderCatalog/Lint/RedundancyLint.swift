import MailModel

/// Looks for entries of a profile that say what another entry says already, and sources for nothing.
struct RedundancyLint {
    private let file: String
    private let profile: ProviderProfile

    /// Takes a profile.
    init(_ profile: Located<ProviderProfile>) {
        file = profile.file
        self.profile = profile.value
    }

    /// What should be looked at.
    func problems() -> [LintProblem] {
        let prints = profile.fingerprints
        return exchangers()
            + names("spf_include", prints.spfInclude) + names("dkim_cname", prints.dkimCNAME)
            + names("autodiscover_cname", prints.autodiscoverCNAME)
            + names("autoconfig_cname", prints.autoconfigCNAME) + names("certificate_name", prints.certificateName)
            + repeated("dkim_selector", prints.dkimSelector) + repeated("txt_prefix", prints.txtPrefix)
            + repeated("greeting", prints.greeting) + idleSources()
    }

    /// An exchanger below a suffix of the same profile.
    private func exchangers() -> [LintProblem] {
        let suffixes = profile.mxPatterns.compactMap { if case .suffix(let name) = $0 { name } else { nil } }
        return profile.mxPatterns.enumerated().compactMap { number, pattern in
            let above = ProfileIndex.parents(of: pattern.name).dropFirst(pattern.isExact ? 0 : 1)
            return above.first(where: suffixes.contains).map { error("mx[\(number)]", "\($0) covers it") }
        }
    }

    /// A name that stands here twice, or below another one.
    private func names(_ key: String, _ names: [String]) -> [LintProblem] {
        names.enumerated().compactMap { number, name in
            let others = names.enumerated().filter { $0.offset != number }.map(\.element)
            let above = ProfileIndex.parents(of: name).first(where: others.contains)
            return above.map { error("fingerprints.\(key)[\(number)]", "\($0) covers it") }
        }
    }

    private func repeated(_ key: String, _ texts: [String]) -> [LintProblem] {
        texts.indices.compactMap { place in
            texts[..<place].contains(texts[place])
                ? error("fingerprints.\(key)[\(place)]", "it stands here twice") : nil
        }
    }

    /// A source for a part that holds nothing: the part was taken out, or never came in.
    private func idleSources() -> [LintProblem] {
        profile.sources.enumerated().flatMap { number, source in
            source.sections.filter { !profile.has($0) }.map(\.rawValue).sorted().map {
                error("sources[\(number)].for", "\($0) holds nothing")
            }
        }
    }

    private func error(_ keyPath: String, _ message: String) -> LintProblem {
        LintProblem(file: file, keyPath: keyPath, severity: .error, message: message)
    }
}

extension MXPattern {
    fileprivate var isExact: Bool { if case .exact = self { true } else { false } }
}
