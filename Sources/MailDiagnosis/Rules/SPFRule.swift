import MailModel

/// The SPF record of the sending domain (RFC 7208): missing, broken, or without the provider's servers. Mail from the
/// mailbox is the worse for it, and the mailbox works all the same; so it is never an error.
struct SPFRule: DiagnosisRule {
    func findings(in input: DiagnosisInput) -> [Finding] {
        input.observations.compactMap { observation in
            guard case .spf(let facts)? = observation.facts, observation.outcome == .observed else { return nil }
            let domain = facts.lookup.name
            if facts.recordCount == 0 {
                return Finding(.spfMissing, severity: .info, confidence: 0.95, on: observation, .missing(domain))
            }
            if let fault = Self.fault(facts) {
                return Finding(
                    .spfInvalid, severity: .warning, confidence: 0.95, on: observation, .invalid(domain, fault))
            }
            guard facts.includesProvider == false else { return nil }
            return Finding(
                .spfExcludesProvider, severity: .info, confidence: 0.6, on: observation,
                .excludes(domain, input.provider.name ?? "the provider"))
        }
    }

    private static func fault(_ facts: SPFFacts) -> String? {
        guard let error = facts.fault else { return nil }
        switch error.kind {
        case .severalRecords where error.name == facts.lookup.name:
            return "there are \(facts.recordCount) SPF records, and one is allowed"
        case .severalRecords: return "\(error.name), which it includes, has several SPF records, and one is allowed"
        case .syntax: return facts.problems.first ?? "the record of \(error.name) breaks the grammar"
        case .tooManyLookups: return "it takes more than 10 look-ups"
        case .tooManyVoidLookups: return "more than 2 of the names in it do not exist, the last is \(error.name)"
        case .tooManyExchangers: return "\(error.name) has more than 10 mail exchangers"
        case .loop: return "it includes \(error.name) inside of \(error.name), so it never ends"
        case .noRecord: return "\(error.name), which it includes, has no SPF record"
        }
    }
}

extension FindingWords {
    private static let link = "https://www.rfc-editor.org/rfc/rfc7208"

    fileprivate static func missing(_ domain: String) -> Self {
        FindingWords(
            summary: "\(domain) has no SPF record.",
            detail: "Receivers cannot tell which servers may send for the domain.",
            remedy: Remedy(
                who: .admin, steps: ["Publish the SPF record that the provider's help names."], links: [link]))
    }

    fileprivate static func invalid(_ domain: String, _ fault: String) -> Self {
        FindingWords(
            summary: "The SPF record of \(domain) does not work: \(ServerText(fault).escaped).",
            detail: "Receivers answer it with permerror, as if there were none.",
            remedy: Remedy(who: .admin, steps: ["Fix the record; merge several into one."], links: [link]))
    }

    fileprivate static func excludes(_ domain: String, _ provider: String) -> Self {
        FindingWords(
            summary: "The SPF record of \(domain) does not name the servers of \(provider).",
            detail: "Mail that the mailbox sends through them may fail SPF, unless the record lists their addresses.",
            remedy: Remedy(who: .admin, steps: ["Add the include that the provider's help names."], links: [link]))
    }
}
