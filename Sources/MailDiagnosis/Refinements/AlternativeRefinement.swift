import MailModel

/// The planned endpoint failed, and another was found that works: the remedy names it. Where the endpoint was not the
/// user's own choice, the settings have been put right already, so there is nothing left to be done.
struct AlternativeRefinement: FindingRefinement {
    func refine(_ findings: [Finding], in input: DiagnosisInput) -> [Finding] {
        findings.map { finding in
            guard let service = finding.service, let facts = facts(of: service, in: input),
                isAboutConnection(finding)
            else { return finding }
            guard let working = facts.working else { return told(finding, facts.tried) }
            var finding = finding
            let passed = input.loginPassed(service)
            finding.remedy.steps.insert(step(working, passed: passed), at: 0)
            finding.retry = .no
            if !facts.isUserChoice {
                finding.severity = .warning
                finding.detail += " The settings above are those that work."
            }
            return finding
        }
    }

    private func facts(of service: MailService, in input: DiagnosisInput) -> AlternativesFacts? {
        for observation in input.observations where observation.service == service {
            if case .alternatives(let facts)? = observation.facts { return facts }
        }
        return nil
    }

    /// Whether a finding is about the way to the login. At the login itself only "none is offered" is.
    private func isAboutConnection(_ finding: Finding) -> Bool {
        guard finding.severity == .error else { return false }
        switch finding.stage {
        case .dns, .connect, .greeting, .tls, .capabilities: return true
        case .auth: return finding.id == .wrongPort
        default: return false
        }
    }

    private func step(_ working: AlternativeFacts, passed: Bool) -> String {
        let endpoint = working.endpoint
        let family = working.reason == .otherFamily ? " over the other IP family" : ""
        let proof = passed ? "the login passed there" : "it answers as it should"
        return "Use --\(endpoint.service.rawValue) \(endpoint)\(family): \(proof)."
    }

    private func told(_ finding: Finding, _ tried: [AlternativeFacts]) -> Finding {
        guard !tried.isEmpty else { return finding }
        var finding = finding
        let places = tried.map(\.endpoint.description).joined(separator: ", ")
        finding.detail += " Tried besides, without success: \(places)."
        return finding
    }
}
