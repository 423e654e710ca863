import MailModel

/// The fixed words around a finding.
enum FindingWords {
    /// Which side a finding is about.
    static func side(of finding: Finding) -> String {
        if let service = finding.service { return name(of: service) }
        let named = MailService.allCases.filter { service in
            finding.evidence.contains { $0.hasPrefix(service.rawValue + ".") }
        }
        if !named.isEmpty { return named.map(name).joined(separator: " and ") }
        switch finding.stage {
        case .dns: return "DNS"
        case .register: return "Registration"
        default: return finding.evidence.contains { $0.hasPrefix("dns.") } ? "DNS" : "Account"
        }
    }

    /// `SMTP` or `IMAP`.
    static func name(of service: MailService) -> String { service.rawValue.uppercased() }

    /// Who must act.
    static func name(of actor: RemedyOwner) -> String {
        switch actor {
        case .user: "the owner of the mailbox"
        case .admin: "the administrator of the domain or organisation"
        case .provider: "the provider"
        case .support: "whoever runs this program"
        }
    }

    /// Whether trying again makes sense.
    static func sentence(for advice: RetryAdvice) -> String {
        switch advice {
        case .no: "Trying again helps only after a change."
        case .once: "Try again once."
        case .afterSeconds(let seconds): "Try again after \(TimeWords.text(.seconds(max(0, seconds))))."
        }
    }

    /// A share as `95 %`.
    static func percent(_ share: Double) -> String {
        guard share.isFinite else { return "0 %" }
        return "\(Int((min(1, max(0, share)) * 100).rounded())) %"
    }
}
