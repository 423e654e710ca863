import MailModel
import MailReport

/// What `detect` has to say.
extension Sample {
    private static let subject = doctor("subject", .cannotTell, [], []).report.diagnosis

    static let detectUnknown: Sample = {
        var diagnosis = Diagnosis(address: nil, domain: subject.domain, startedAt: SampleParts.start)
        diagnosis.duration = .milliseconds(912)
        diagnosis.evidence = [
            Evidence(
                source: .catalogue, kind: .known, query: "acme.example", outcome: .none, detail: "",
                duration: .microseconds(90)),
            Evidence(
                source: .mx, kind: .record, query: "MX acme.example", outcome: .found, detail: "10 mx1.mail.example",
                duration: .milliseconds(12)),
            Evidence(
                source: .autoconfig, kind: .document, query: "https://autoconfig.acme.example/mail/config-v1.1.xml",
                outcome: .timedOut, detail: "", duration: .seconds(5)),
            Evidence(
                source: .ispdb, kind: .document, query: "acme.example", outcome: .notAsked,
                detail: "no look-up was wanted"),
        ]
        return Sample(
            name: "detect_unknown", report: Report(tool: tool, command: .detect, diagnosis: diagnosis))
    }()

    static let detectKnown: Sample = {
        var diagnosis = subject
        diagnosis.provider.gateway = Gateway(id: "example_gateway", name: "Example Gateway")
        diagnosis.evidence = [
            Evidence(
                source: .mx, kind: .record, query: "MX acme.example", outcome: .found, detail: "10 in.gateway.example",
                pointsTo: "example_gateway", weight: 0.4, duration: .milliseconds(12)),
            Evidence(
                source: .autodiscover, kind: .alias, query: "CNAME autodiscover.acme.example", outcome: .found,
                detail: "alias of autodiscover.mail.example", pointsTo: "example_mail", weight: 0.85,
                duration: .milliseconds(340)),
        ]
        diagnosis.reason = "Autodiscover points to Example Mail. Against that speaks SPF, for Other Mail."
        diagnosis.candidates = [
            ProviderCandidate(
                id: "example_mail", name: "Example Mail", inboxType: .customSMTP, confidence: 0.7,
                votesFor: [EvidenceVote(source: .autodiscover, weight: 0.85, detail: "an alias")],
                votesAgainst: [EvidenceVote(source: .spf, weight: 0.4, detail: "includes spf.other.example")]),
            ProviderCandidate(
                id: "other_mail", name: "Other Mail", inboxType: nil, confidence: 0.23,
                votesFor: [EvidenceVote(source: .spf, weight: 0.4, detail: "includes spf.other.example")],
                votesAgainst: [EvidenceVote(source: .autodiscover, weight: 0.85, detail: "an alias")]),
        ]
        diagnosis.disclosures = [
            Disclosure(party: "the DNS resolver", matter: .names),
            Disclosure(party: "settings.example", matter: .domain, isThirdParty: true),
        ]
        diagnosis.alternatives = [
            AccountSettings(
                smtp: Endpoint(service: .smtp, host: "smtp.mail.example", port: 465, security: .tls),
                smtpUsername: nil,
                imap: Endpoint(service: .imap, host: "imap.mail.example", port: 143, security: .starttls),
                imapUsername: nil, source: .srv)
        ]
        return Sample(name: "detect_known", report: Report(tool: tool, command: .detect, diagnosis: diagnosis))
    }()
}
