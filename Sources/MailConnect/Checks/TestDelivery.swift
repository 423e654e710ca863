internal import FoundationEssentials
internal import MailModel
internal import MailProtocol

/// The one test message of a run, and what both sides tell each other about it.
actor TestDelivery {
    /// How long the reading side waits between two looks.
    static let pause = Duration.seconds(1)

    /// The message.
    nonisolated let message: TestMessage

    private var isFailed = false
    private var sentAt: ContinuousClock.Instant?

    /// Makes a message from a mailbox to itself; nil for an address that cannot stand in a command.
    init?(_ address: EmailAddress, now: Date, nonce: String) {
        let message = TestMessage(
            address: address.description, messageID: "<\(nonce)@mailconnect.invalid>", date: Self.text(now))
        guard let message else { return nil }
        self.message = message
    }

    /// Whether the message is under way, or still may be.
    var isExpected: Bool { !isFailed }

    /// How long ago it was taken by the server; nil when it was not.
    var age: Duration? { sentAt.map { .now - $0 } }

    /// The sending side is through.
    func settle(accepted: Bool) {
        if accepted { sentAt = .now } else { isFailed = true }
    }

    /// `Wed, 25 Nov 2026 18:00:00 +0000` (RFC 5322, section 3.3)
    private static func text(_ date: Date) -> String {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute, .second, .weekday], from: date)
        let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let time = [parts.hour, parts.minute, parts.second].map { number in
            let digits = String(number ?? 0)
            return digits.count < 2 ? "0" + digits : digits
        }.joined(separator: ":")
        let day = days[((parts.weekday ?? 1) + 6) % 7]
        let month = months[((parts.month ?? 1) + 11) % 12]
        return "\(day), \(parts.day ?? 1) \(month) \(parts.year ?? 2000) \(time) +0000"
    }
}

/// Puts together what both sides saw of the test message. Pure.
struct DeliveryObservation {
    private let smtp: EndpointTrace?
    private let imap: SideCheck.Result?

    init(_ sides: [SideCheck.Result]) {
        smtp = sides.first { $0.service == .smtp }?.last
        imap = sides.first { $0.service == .imap }
    }

    /// The check of the sender; nil when there was no sending side at all.
    var observation: Observation? {
        guard let smtp else { return nil }
        var facts = imap?.last.record.arrival ?? DeliveryFacts()
        facts.accepted = smtp.record.submitted
        facts.delay = facts.arrivedIn == nil ? nil : imap?.deliveryDelay
        var result = Observation(
            id: .sender, stage: .submit, endpoint: smtp.endpoint, outcome: .observed, facts: .delivery(facts),
            duration: smtp.durations[.submit])
        if let failure = smtp.failure, failure.stage == .submit {
            result.outcome = .failed(failure.failure)
        } else if smtp.record.submitted == nil {
            result.outcome = smtp.loginPassed ? .skipped(.addressCannotBeSentTo) : .blocked(by: .auth(.smtp))
            result.facts = nil
        }
        return result
    }
}
