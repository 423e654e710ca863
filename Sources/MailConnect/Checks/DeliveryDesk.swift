internal import Foundation
internal import MailModel
internal import MailProtocol

/// The one test message of a run, and what both sides tell each other about it.
actor DeliveryDesk {
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
