import FoundationEssentials
import MailModel
import ProviderCatalog

/// A password was called wrong at a provider that takes another kind of password, none at all any more, or that has
/// other servers for other regions: the profile knows what to do.
struct PasswordKindRefinement: FindingRefinement {
    func refine(_ findings: [Finding], in input: DiagnosisInput) -> [Finding] {
        guard let profile = input.profile else { return findings }
        return findings.map { finding in
            guard [.badCredentials, .unknownReply].contains(finding.id), finding.stage == .auth,
                let service = finding.service, input.login(service)?.usesAccessToken != true
            else { return finding }
            if let ended = profile.endedLogin(service, at: input.now) {
                return Self.ended(finding, service, ended, at: profile)
            }
            guard finding.id == .badCredentials else { return finding }
            var finding = finding
            addPassword(profile, to: &finding)
            addRegions(profile, service, input, to: &finding)
            return finding
        }
    }

    /// A refused password where none is taken: whether it was right does not matter, and was not found out.
    private static func ended(
        _ refused: Finding, _ service: MailService, _ ending: LoginEnding, at profile: ProviderProfile
    ) -> Finding {
        var finding = refused
        finding.id = .basicAuthDisabled
        finding.summary = "\(profile.name) takes no password over \(service.label)."
        finding.detail =
            "It has taken none since \(ending.day); a right one is refused in the words of a wrong one. A new password "
            + "or an app password does not help."
        finding.remedy = Remedy(who: .user, steps: [.connectByOAuth], links: [ending.source])
        finding.retry = .no
        return finding
    }

    /// What a refused password most likely means at a provider that takes app passwords only: they are wanted.
    ///
    /// - Parameters:
    ///   - profile: The provider.
    ///   - refused: The finding that calls the password wrong.
    /// - Returns: The finding to tell before it.
    static func wanted(at profile: ProviderProfile, inPlaceOf refused: Finding) -> Finding {
        guard let password = profile.password else { return refused }
        var finding = refused
        finding.id = .appPasswordRequired
        finding.confidence = 0.65
        finding.summary = "The provider wants an app password here."
        finding.detail = explanation(profile)
        finding.remedy = Remedy(
            who: password.who, steps: password.how.map(RemedyStep.init(catalogue:)), links: password.links)
        finding.evidence.append("provider:\(profile.id)")
        return finding
    }

    private static func explanation(_ profile: ProviderProfile) -> String {
        "\(profile.name) takes app passwords only; the account's own password is refused in the same words as a wrong one."
    }

    private func addPassword(_ profile: ProviderProfile, to finding: inout Finding) {
        guard let password = profile.password, [.appPassword, .bridge].contains(password.kind) else { return }
        finding.detail +=
            password.kind == .appPassword
            ? " " + Self.explanation(profile) : " \(profile.name) takes the password of its bridge only."
        let known = Set(finding.remedy.steps)
        finding.remedy.steps += password.how.map(RemedyStep.init(catalogue:)).filter { !known.contains($0) }
        finding.remedy.links += password.links.filter { !finding.remedy.links.contains($0) }
    }

    private func addRegions(
        _ profile: ProviderProfile, _ service: MailService, _ input: DiagnosisInput, to finding: inout Finding
    ) {
        guard !profile.regions.isEmpty else { return }
        let tried = Set(input.observations.compactMap { $0.service == service ? $0.endpoint?.host : nil })
        let hosts = (service == .smtp ? profile.smtp : profile.imap).map(\.host).filter { !tried.contains($0) }
        guard !hosts.isEmpty else { return }
        let names = Array(Set(hosts)).sorted().prefix(6).joined(separator: ", ")
        finding.detail +=
            " \(profile.name) has servers of its own for each region (\(profile.regions.joined(separator: ", ")))."
        finding.remedy.steps.append("If the mailbox is in another region, name that region's server: \(names).")
    }
}

/// One side took the login and the other calls the password wrong: then it is most likely not the password, but that
/// side's own switch, user name or password.
struct OneSideRefinement: FindingRefinement {
    func refine(_ findings: [Finding], in input: DiagnosisInput) -> [Finding] {
        findings.map { finding in
            guard finding.id == .badCredentials, finding.stage == .auth, let service = finding.service,
                input.isLoginAccepted(service.other)
            else { return finding }
            var finding = finding
            let name = service.label
            let mayBeOff = !saysWhenItIsOff(service, input)
            finding.detail +=
                " \(service.other.label) took its login in this run, so look for what differs: "
                + (mayBeOff
                    ? "\(name) may be switched off for the mailbox, or want another user name or password."
                    : "\(name) may want another user name or password.")
            guard mayBeOff else { return finding }
            let how = switchedOff(service, input.profile)
            finding.remedy.steps +=
                how?.how.map(RemedyStep.init(catalogue:))
                ?? ["Check in the provider's settings that \(name) is switched on."]
            finding.remedy.links += how?.links ?? []
            return finding
        }
    }

    /// How to switch a side on, where it can be off.
    private func switchedOff(_ service: MailService, _ profile: ProviderProfile?) -> AccessSwitch? {
        profile?.switches.first { $0.what == (service == .smtp ? .smtpAuth : .imap) }
    }

    /// Whether the provider has words of its own for a side that is off: then these, which speak of the password, show
    /// that it is on, and nobody is told to turn it on.
    private func saysWhenItIsOff(_ service: MailService, _ input: DiagnosisInput) -> Bool {
        guard let id = input.providerID else { return false }
        let causes: Set<FindingID> =
            service == .imap ? [.imapDisabled] : [.smtpAuthDisabledMailbox, .smtpAuthDisabledTenant]
        return input.signatures.signatures.contains { signature in
            signature.providers.contains(id) && !signature.needles.isEmpty && causes.contains(signature.finding)
                && (signature.service ?? service) == service
        }
    }
}

/// Says what is right for the user name of this run: nobody is told to use the form that was used, and the form that the
/// other side took is named.
struct UsernameRefinement: FindingRefinement {
    func refine(_ findings: [Finding], in input: DiagnosisInput) -> [Finding] {
        findings.map { finding in
            guard finding.stage == .auth, finding.severity == .error, let service = finding.service,
                let used = input.login(service)?.username
            else { return finding }
            var finding = finding
            if used.contains("@") { finding.remedy.steps.removeAll { $0 == .useFullAddress } }
            guard finding.id == .badCredentials, let taken = accepted(service.other, input), taken != used else {
                return finding
            }
            finding.remedy.steps.removeAll { $0 == .useFullAddress }
            finding.remedy.steps.insert(.useUsername(service, taken), at: 0)
            finding.detail +=
                " \(service.other.label) took the user name \(ServerText(taken)), and \(service.label) was asked with "
                + "\(ServerText(used))."
            return finding
        }
    }

    private func accepted(_ service: MailService, _ input: DiagnosisInput) -> String? {
        input.observations.last { $0.service == service && $0.acceptedLogin != nil }?.acceptedLogin?.username
    }
}

/// One side takes no password any more, so no change on the other one connects the mailbox: every cause that has to do
/// with passwords is told the way that works, and nobody is sent to switch on what cannot help.
struct PasswordWayRefinement: FindingRefinement {
    func refine(_ findings: [Finding], in input: DiagnosisInput) -> [Finding] {
        guard let profile = input.profile, !usesToken(input) else { return findings }
        let ended = MailService.allCases.filter { service in
            profile.endedLogin(service, at: input.now) != nil && !input.isLoginAccepted(service)
        }
        guard let dead = ended.first else { return findings }
        return findings.map { finding in
            if finding.id == .passwordNotGiven { return withoutPassword(finding, dead, profile) }
            guard finding.severity == .error, finding.stage == .auth, Self.causes.contains(finding.id),
                let service = finding.service
            else { return finding }
            var finding = finding
            let source = ended.contains(service) ? profile.endedLogin(service, at: input.now)?.source : nil
            finding.remedy.who = .user
            finding.remedy.steps = [.connectByOAuth]
            finding.remedy.links += [source].compactMap(\.self).filter { !finding.remedy.links.contains($0) }
            finding.retry = .no
            if !ended.contains(service) {
                finding.detail +=
                    " A change here alone does not connect the mailbox: \(profile.name) takes no password over "
                    + "\(dead.label), and both sides are needed."
            }
            return finding
        }
    }

    private func withoutPassword(_ finding: Finding, _ dead: MailService, _ profile: ProviderProfile) -> Finding {
        var finding = finding
        finding.detail += " \(profile.name) takes no password over \(dead.label)."
        finding.remedy = Remedy(who: .user, steps: [.connectByOAuth, .useAccessToken(nil)])
        return finding
    }

    private func usesToken(_ input: DiagnosisInput) -> Bool {
        MailService.allCases.contains { input.login($0)?.usesAccessToken == true }
    }

    /// What a password, or leave to use one, would put right.
    private static let causes: Set<FindingID> = [
        .badCredentials, .appPasswordRequired, .basicAuthDisabled, .smtpAuthDisabledTenant, .smtpAuthDisabledMailbox,
        .imapDisabled, .oauthRequired, .conditionalAccessOrMFA, .unknownReply,
    ]
}

extension ProviderProfile {
    /// The announcement by which one side takes no password any more, nil while it does.
    fileprivate func endedLogin(_ service: MailService, at now: Date) -> LoginEnding? {
        loginEndings.first { $0.service == service && $0.state == .ended && CatalogDate(now) >= $0.day }
    }
}
