import MailModel
import ProviderCatalog

/// A password was called wrong at a provider that takes another kind of password, none at all any more, or that has
/// other servers for other regions: the profile knows what to do.
struct PasswordKindRefinement: FindingRefinement {
    func refine(_ findings: [Finding], in input: DiagnosisInput) -> [Finding] {
        guard let profile = input.profile else { return findings }
        return findings.map { finding in
            guard [.badCredentials, .unknownReply].contains(finding.id), finding.stage == .auth,
                let service = finding.service, !isToken(service, input)
            else { return finding }
            var finding = finding
            if let ended = profile.loginEndings.first(where: { $0.service == service && $0.state == .ended }),
                CatalogDate(input.now) >= ended.day
            {
                finding.id = .basicAuthDisabled
                finding.detail +=
                    " \(profile.name) takes no password over \(service.rawValue.uppercased()) since "
                    + "\(ended.day)."
                finding.remedy.steps.insert("Connect the mailbox by OAuth: a password cannot be used there.", at: 0)
                finding.remedy.links.append(ended.source)
                return finding
            }
            guard finding.id == .badCredentials else { return finding }
            addPassword(profile, to: &finding)
            addRegions(profile, service, input, to: &finding)
            return finding
        }
    }

    private func isToken(_ service: MailService, _ input: DiagnosisInput) -> Bool {
        input.observations.contains { observation in
            guard observation.service == service, case .login(let facts)? = observation.facts else { return false }
            return ["XOAUTH2", "OAUTHBEARER"].contains(facts.mechanism)
        }
    }

    private func addPassword(_ profile: ProviderProfile, to finding: inout Finding) {
        guard let password = profile.password, [.appPassword, .bridge].contains(password.kind) else { return }
        finding.detail +=
            password.kind == .appPassword
            ? " \(profile.name) takes app passwords only; the account's own password is refused in the same words."
            : " \(profile.name) takes the password of its bridge only."
        let known = Set(finding.remedy.steps)
        finding.remedy.steps += password.how.filter { !known.contains($0) }
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
