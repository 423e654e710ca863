import MailModel

/// The SPF record of the sending domain (RFC 7208): missing, broken, or without the provider's servers. Mail from the
/// mailbox is the worse for it, and the mailbox works all the same; so it is never an error.
struct SPFRule: DiagnosisRule {
    func findings(in input: DiagnosisInput) -> [Finding] {
        input.observations.compactMap { observation in
            guard case .spf(let facts)? = observation.facts, observation.outcome == .observed else { return nil }
            let domain = facts.lookup.name
            switch PublishedRecordState(facts) {
            case .missing:
                return Finding(.spfMissing, severity: .info, confidence: 0.95, on: observation, .noSPF(domain))
            case .failing:
                return Finding(
                    .spfInvalid, severity: .warning, confidence: 0.95, on: observation,
                    .invalid(domain, Self.words(facts)))
            case .pass, .unknown:
                guard facts.includesProvider == false else { return nil }
                return Finding(
                    .spfExcludesProvider, severity: .info, confidence: 0.6, on: observation,
                    .excludes(domain, input.provider.name ?? "the provider"))
            }
        }
    }

    private static func words(_ facts: SPFFacts) -> String {
        guard let error = facts.fault else { return "receivers answer it with permerror" }
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
    private static let aboutSPF = "https://www.rfc-editor.org/rfc/rfc7208"

    fileprivate static func noSPF(_ domain: String) -> Self {
        FindingWords(
            summary: "\(domain) has no SPF record.",
            detail: "Receivers cannot tell which servers may send for the domain.",
            remedy: Remedy(
                who: .admin, steps: ["Publish the SPF record that the provider's help names."], links: [aboutSPF]))
    }

    fileprivate static func invalid(_ domain: String, _ fault: String) -> Self {
        FindingWords(
            summary: "The SPF record of \(domain) does not work: \(ServerText(fault).escaped).",
            detail: "Receivers answer it with permerror, as if there were none.",
            remedy: Remedy(who: .admin, steps: ["Fix the record; merge several into one."], links: [aboutSPF]))
    }

    fileprivate static func excludes(_ domain: String, _ provider: String) -> Self {
        FindingWords(
            summary: "The SPF record of \(domain) does not name the servers of \(provider).",
            detail: "Mail that the mailbox sends through them may fail SPF, unless the record lists their addresses.",
            remedy: Remedy(who: .admin, steps: ["Add the include that the provider's help names."], links: [aboutSPF]))
    }
}

/// The DMARC policy of the sending domain (RFC 7489): missing, or without effect. Never an error.
struct DMARCRule: DiagnosisRule {
    func findings(in input: DiagnosisInput) -> [Finding] {
        input.observations.compactMap { observation in
            guard case .dmarc(let facts)? = observation.facts, observation.outcome == .observed else { return nil }
            switch PublishedRecordState(facts) {
            case .missing:
                return Finding(
                    .dmarcMissing, severity: .info, confidence: 0.9, on: observation, .noDMARC(facts))
            case .failing:
                return Finding(.dmarcInvalid, severity: .warning, confidence: 0.95, on: observation, .invalid(facts))
            case .pass, .unknown: return nil
            }
        }
    }
}

extension FindingWords {
    private static let aboutDMARC = "https://www.rfc-editor.org/rfc/rfc7489"

    fileprivate static func noDMARC(_ facts: DMARCFacts) -> Self {
        let above = facts.organizationalLookup.map { ", and none at \($0.name)" } ?? ""
        return FindingWords(
            summary: "There is no DMARC record at \(facts.lookup.name)\(above).",
            detail: "Large receivers ask it of whoever sends many messages.",
            remedy: Remedy(
                who: .admin, steps: ["Publish one; \"v=DMARC1; p=none\" is a beginning."],
                links: [aboutDMARC]))
    }

    fileprivate static func invalid(_ facts: DMARCFacts) -> Self {
        FindingWords(
            summary: facts.recordCount > 1
                ? "There are \(facts.recordCount) DMARC records at \(facts.decisiveLookup.name), which count as none."
                : "The DMARC record at \(facts.decisiveLookup.name) has no policy that counts.",
            detail: facts.problems.isEmpty
                ? "Receivers ignore it." : "Wrong in it: \(facts.problems.joined(separator: ", ")).",
            remedy: Remedy(
                who: .admin, steps: ["Keep one record, with p=none, p=quarantine or p=reject."],
                links: [aboutDMARC]))
    }
}

/// The keys that the provider signs with (RFC 6376) are not in the DNS of the domain. Never an error.
struct DKIMRule: DiagnosisRule {
    func findings(in input: DiagnosisInput) -> [Finding] {
        input.observations.compactMap { observation in
            guard case .dkim(let facts)? = observation.facts, PublishedRecordState(facts).isBad else { return nil }
            return Finding(
                .dkimMissing, severity: .info, confidence: 0.6, on: observation,
                .noKey(facts, input.provider.name ?? "the provider"))
        }
    }
}

extension FindingWords {
    fileprivate static func noKey(_ facts: DKIMFacts, _ provider: String) -> Self {
        let names = facts.selectors.map(\.name).joined(separator: ", ")
        return FindingWords(
            summary: "None of the DKIM selectors of \(provider) has a key in the domain's DNS: \(names).",
            detail:
                "Mail is then signed for the provider's own domain, or not at all. A selector of one's own is possible.",
            remedy: Remedy(
                who: .admin, steps: ["Switch DKIM on in the provider's console, and publish the keys it shows."],
                links: ["https://www.rfc-editor.org/rfc/rfc6376"]))
    }
}
