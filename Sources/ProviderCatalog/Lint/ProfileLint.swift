import MailModel

/// Looks one profile through.
struct ProfileLint {
    private let file: String
    private let profile: ProviderProfile
    private let today: CatalogDate

    /// Takes a profile.
    init(_ profile: Located<ProviderProfile>, today: CatalogDate) {
        file = profile.file
        self.profile = profile.value
        self.today = today
    }

    /// What should be looked at.
    func problems() -> [LintProblem] {
        unsourced() + stale() + ports() + (profile.kind.hasServers ? mailbox() : noMailbox()) + repeated() + names()
    }

    /// Every part with facts in it names where they come from.
    private func unsourced() -> [LintProblem] {
        let sourced = profile.sources.reduce(into: Set()) { $0.formUnion($1.sections) }
        return SourceReference.Section.allCases.filter { profile.has($0) && !sourced.contains($0) }
            .map { error($0.rawValue, "no source is named for it") }
    }

    private func stale() -> [LintProblem] {
        let dated =
            profile.sources.enumerated().map { ("sources[\($0.offset)].date", $0.element.date) }
            + profile.limits.enumerated().map { ("limits[\($0.offset)].date", $0.element.date) }
            + (profile.dailyCap.map { [("daily_cap.date", $0.date)] } ?? [])
        return dated.compactMap { keyPath, date in DateLint.problem(date, file, keyPath, today: today) }
    }

    /// Each port has one side and one way for TLS to begin (RFC 8314, section 7; RFC 6409, section 3).
    private func ports() -> [LintProblem] {
        check(profile.smtp, key: "smtp", tls: [465], strange: [993, 143, 995, 110])
            + check(profile.imap, key: "imap", tls: [993], strange: [465, 587, 25, 995, 110])
    }

    private func check(_ servers: [EndpointProfile], key: String, tls: Set<Int>, strange: Set<Int>) -> [LintProblem] {
        servers.enumerated().compactMap { number, server in
            if strange.contains(server.port) {
                return error("\(key)[\(number)].port", "another protocol is spoken there")
            }
            let isUsual = tls.contains(server.port) || [587, 143, 25].contains(server.port)
            guard isUsual, tls.contains(server.port) != (server.security == .tls) else { return nil }
            return error("\(key)[\(number)].security", "TLS does not begin like that on port \(server.port)")
        }
    }

    /// A mailbox has servers and a kind of account. Where nobody knows its servers, it says so.
    private func mailbox() -> [LintProblem] {
        var problems: [LintProblem] = []
        if profile.smtp.isEmpty || profile.imap.isEmpty {
            let isAdmitted = profile.smtp.isEmpty && profile.imap.isEmpty && !profile.notes.isEmpty
            let missing = [("smtp", profile.smtp.isEmpty), ("imap", profile.imap.isEmpty)].filter(\.1)
            if !isAdmitted { problems += missing.map { error($0.0, "a mailbox needs a server") } }
        }
        if profile.inboxType == nil { problems.append(error("inbox_type", "a mailbox needs one")) }
        if profile.password == nil { problems.append(error("password", "a mailbox needs one")) }
        return problems
    }

    /// Where no program can log in, there is nothing to log in to.
    private func noMailbox() -> [LintProblem] {
        let kind = profile.kind.rawValue
        var problems: [LintProblem] = []
        if !profile.imap.isEmpty { problems.append(error("imap", "\(kind) has no mailbox to read")) }
        if !profile.smtp.isEmpty { problems.append(error("smtp", "\(kind) has no server to log in to")) }
        guard !profile.kind.hasMailboxes else { return problems }
        if profile.inboxType != nil { problems.append(error("inbox_type", "\(kind) has no mailbox")) }
        if profile.password != nil { problems.append(error("password", "\(kind) has no login")) }
        return problems
    }

    /// Names among the fingerprints are compared label by label, so they must be names.
    private func names() -> [LintProblem] {
        let prints = profile.fingerprints
        let lists = [
            ("spf_include", prints.spfInclude), ("dkim_cname", prints.dkimCNAME),
            ("autodiscover_cname", prints.autodiscoverCNAME), ("autoconfig_cname", prints.autoconfigCNAME),
            ("certificate_name", prints.certificateName),
        ]
        var problems = lists.flatMap { key, names in
            names.enumerated().filter { !HostNameForm.isCanonical($0.element) }.map { number, _ in
                error("fingerprints.\(key)[\(number)]", "it is no lower-case host name")
            }
        }
        if prints.dkimSelector.isEmpty && !prints.dkimCNAME.isEmpty {
            problems.append(error("fingerprints.dkim_cname", "it says something only together with dkim_selector"))
        }
        return problems + selectors()
    }

    /// Selectors that any sender may use tell nobody, unless their records are aliases.
    private func selectors() -> [LintProblem] {
        guard profile.fingerprints.dkimCNAME.isEmpty else { return [] }
        return profile.fingerprints.dkimSelector.enumerated().filter { Self.everybodys.contains($0.element) }
            .map { number, _ in
                error("fingerprints.dkim_selector[\(number)]", "anybody may use it: it needs dkim_cname")
            }
    }

    private static let everybodys: Set = [
        "default", "dkim", "dkim1", "dkim2", "email", "k1", "k2", "k3", "key1", "key2", "key3", "mail", "mta", "mx",
        "s1",
        "s2", "sel1", "sel2", "selector", "selector1", "selector2", "sig1", "smtp", "x",
    ]

    private func repeated() -> [LintProblem] {
        [("smtp", profile.smtp), ("imap", profile.imap)].flatMap { key, servers in
            servers.indices.compactMap { place in
                servers[..<place].contains(servers[place]) ? error("\(key)[\(place)]", "it stands here twice") : nil
            }
        }
    }

    private func error(_ keyPath: String, _ message: String) -> LintProblem {
        LintProblem(file: file, keyPath: keyPath, severity: .error, message: message)
    }
}

/// Which parts of a profile hold facts, and so need a source.
extension ProviderProfile {
    func has(_ section: SourceReference.Section) -> Bool {
        switch section {
        case .domains: !domains.isEmpty
        case .mx: !mxPatterns.isEmpty
        case .fingerprints: !fingerprints.isEmpty
        case .smtp: !smtp.isEmpty
        case .imap: !imap.isEmpty
        case .password: password.map { $0.kind != .notKnown } ?? false
        case .switches: !switches.isEmpty
        case .restrictions: !restrictions.isEmpty
        case .regions: !regions.isEmpty
        }
    }
}
