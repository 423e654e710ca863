import MailModel

/// The planned endpoint failed, and another was found that works: the remedy names it. Where the endpoint was not the
/// user's own choice, the settings have been put right already, so there is nothing left to be done.
struct AlternativeRefinement: FindingRefinement {
    func refine(_ findings: [Finding], in input: DiagnosisInput) -> [Finding] {
        findings.map { finding in
            guard let service = finding.service, let facts = input.alternatives(of: service),
                isAboutConnection(finding)
            else { return finding }
            guard let working = facts.working else { return told(finding, facts.tried) }
            var finding = finding
            // What works is said once, and not beside a guess at it.
            finding.remedy.steps.removeAll { step in
                if case .useEndpoint = step { true } else { false }
            }
            finding.remedy.steps.insert(step(working, passed: input.isLoginAccepted(service)), at: 0)
            finding.retry = .no
            if !facts.isUserChoice {
                finding.severity = .warning
                finding.detail += " The settings above are those that work."
            }
            return finding
        }
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

    private func step(_ working: AlternativeFacts, passed: Bool) -> RemedyStep {
        var notes: Set<EndpointNote> = [passed ? .loginPassed : .answers]
        if working.reason == .otherFamily { notes.insert(.otherFamily) }
        return .useEndpoint(working.endpoint, notes)
    }

    private func told(_ finding: Finding, _ tried: [AlternativeFacts]) -> Finding {
        guard !tried.isEmpty else { return finding }
        var finding = finding
        let places = tried.map(\.endpoint.description).joined(separator: ", ")
        finding.detail += " Tried besides, without success: \(places)."
        return finding
    }
}

/// A resolver that fails for everything is one trouble, not three: what it did to both sides is folded under it.
struct ResolverFolding: FindingRefinement {
    func refine(_ findings: [Finding], in input: DiagnosisInput) -> [Finding] {
        let troubles = findings.filter { $0.id == .dnsFailure }
        guard let general = troubles.first(where: { $0.service == nil }),
            MailService.allCases.allSatisfy({ service in troubles.contains { $0.service == service } })
        else { return findings }
        var folded = general
        folded.severity = .error
        folded.evidence = troubles.flatMap(\.evidence)
        return findings.filter { $0.id != .dnsFailure } + [folded]
    }
}
