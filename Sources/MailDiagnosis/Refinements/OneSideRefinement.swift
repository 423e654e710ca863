import MailModel
import ProviderCatalog

/// One side took the login and the other calls the password wrong: then it is most likely not the password, but that
/// side's own switch, user name or password.
struct OneSideRefinement: FindingRefinement {
    func refine(_ findings: [Finding], in input: DiagnosisInput) -> [Finding] {
        findings.map { finding in
            guard finding.id == .badCredentials, finding.stage == .auth, let service = finding.service else {
                return finding
            }
            let other: MailService = service == .smtp ? .imap : .smtp
            guard input.loginPassed(other) else { return finding }
            var finding = finding
            let name = service.rawValue.uppercased()
            finding.detail +=
                " \(other.rawValue.uppercased()) took its login in this run, so look for what differs: "
                + "\(name) may be switched off for the mailbox, or want another user name or password."
            let how = switchedOff(service, input.profile)
            finding.remedy.steps += how?.how ?? ["Check in the provider's settings that \(name) is switched on."]
            finding.remedy.links += how?.links ?? []
            return finding
        }
    }

    /// How to switch a side on, where it can be off.
    private func switchedOff(_ service: MailService, _ profile: ProviderProfile?) -> AccessSwitch? {
        profile?.switches.first { $0.what == (service == .smtp ? .smtpAuth : .imap) }
    }
}
