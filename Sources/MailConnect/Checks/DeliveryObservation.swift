internal import MailModel
internal import MailProtocol

/// Puts together what both sides saw of the test message. Pure.
struct DeliveryObservation {
    private let smtp: EndpointTrace?
    private let imap: SideCheck.Result?

    init(_ sides: [SideCheck.Result]) {
        smtp = sides.first { $0.service == .smtp }?.traces.last
        imap = sides.first { $0.service == .imap }
    }

    /// The check of the sender; nil when there was no sending side at all.
    var observation: Observation? {
        guard let smtp else { return nil }
        var facts = imap?.traces.last?.record.arrival ?? DeliveryFacts()
        facts.accepted = smtp.record.submitted
        facts.delay = facts.arrivedIn == nil ? nil : imap?.deliveryDelay
        var result = Observation(
            id: .of(.smtp, "sender"), stage: .submit, endpoint: smtp.endpoint, outcome: .observed,
            facts: .delivery(facts), duration: smtp.durations[.submit])
        if let failure = smtp.failure, failure.stage == .submit {
            result.outcome = .failed(failure.failure)
        } else if smtp.record.submitted == nil {
            result.outcome =
                smtp.loginPassed ? .skipped("the address cannot be sent to") : .blocked(by: .of(.smtp, "auth"))
            result.facts = nil
        }
        return result
    }
}
