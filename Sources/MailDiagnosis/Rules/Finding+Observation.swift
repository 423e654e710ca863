import MailModel

extension Finding {
    /// A finding that rests on one observation: side, stage and reference come from it.
    init(
        _ id: FindingID, severity: Severity = .error, confidence: Double, on observation: Observation,
        _ words: FindingWords
    ) {
        self.init(
            id: id, severity: severity, confidence: confidence, service: observation.service, stage: observation.stage,
            summary: words.summary, detail: words.detail, serverText: words.serverText,
            evidence: [observation.id.description], remedy: words.remedy, retry: words.retry)
    }
}

/// The wording of a finding, kept in the file of the rule that makes it.
struct FindingWords {
    var summary: String
    var detail: String
    var serverText: String?
    var remedy: Remedy
    var retry: RetryAdvice = .no
}

extension Observation {
    /// `SMTP` or `IMAP`, for sentences.
    var side: String { service.map { $0.rawValue.uppercased() } ?? "DNS" }

    /// `smtp.example.com, port 587`, for sentences.
    var place: String { endpoint.map { "\($0.host), port \($0.port)" } ?? "the resolver" }
}
