internal import FoundationEssentials
internal import MailBatch
internal import MailConnect
internal import MailModel

/// What is told of rows that the queue itself came in the way of.
enum FleetWords {
    /// Why something failed, in words that are safe to show.
    static func reason(_ error: any Error) -> String {
        switch error {
        case let error as QueueError: error.description
        case let error as JetStream.Refusal: error.words
        default: ServerText("\(error)").escaped
        }
    }

    /// A worker died while it tried the row.
    static func interrupted(_ diagnosis: Diagnosis) -> Diagnosis {
        var diagnosis = diagnosis
        diagnosis.verdict = .cannotTell
        diagnosis.dailyLimit = nil
        diagnosis.findings = [
            Finding(
                id: .internalError, severity: .error, confidence: 1, service: nil, stage: .auth,
                summary: "It is unknown: the account was being tried when a worker died",
                detail: "A login had been claimed for it and its end is not known. No login is sent twice by itself.",
                evidence: [],
                remedy: Remedy(
                    who: .support, steps: ["Try the rows that could not be told again."]),
                retry: .once)
        ]
        return diagnosis
    }

    /// The row's message was changed each time that it was sent.
    static func refused(_ job: RowJob) -> Diagnosis {
        var diagnosis = Diagnosis(address: job.row.address, domain: job.row.address.domain, startedAt: .now)
        diagnosis.verdict = .cannotTell
        diagnosis.findings = [
            Finding(
                id: .internalError, severity: .error, confidence: 1, service: nil, stage: nil,
                summary: "The row was changed in the queue, and no worker took it",
                detail: "What was sealed did not open as it was sealed. Nothing was tried for it.", evidence: [],
                remedy: Remedy(
                    who: .support, steps: ["Find out who else can write to the queue, then try the row again."]),
                retry: .once)
        ]
        return diagnosis
    }
}
