import MailModel

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
