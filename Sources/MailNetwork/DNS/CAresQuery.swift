internal import CAres
internal import MailModel

/// One query on the wire: what c-ares' callback is given back.
final class CAresQuery {
    private let id: UInt64
    private let question: DNSQuestion
    private let events: CAresEvents

    /// Makes the context of a query.
    init(id: UInt64, question: DNSQuestion, events: CAresEvents) {
        self.id = id
        self.question = question
        self.events = events
    }

    /// Notes the end.
    ///
    /// - Parameters:
    ///   - status: c-ares' status.
    ///   - answer: The whole message, empty when none came.
    func ended(_ status: Int32, _ answer: [UInt8]) {
        guard !answer.isEmpty else {
            let isLost = [Int(ARES_ECONNREFUSED), Int(ARES_EOF)].contains(Int(status))
            events.queryEnded(
                .init(id: id, outcome: Self.outcome(status), responseCode: nil, lostConnection: isLost))
            return
        }
        do {
            let message = try DNSMessage(answer)
            let outcome = message.outcome(for: question)
            events.queryEnded(.init(id: id, outcome: outcome, responseCode: message.responseCode))
        } catch {
            events.queryEnded(.init(id: id, outcome: .broken(error.reason), responseCode: nil))
        }
    }

    private static func outcome(_ status: Int32) -> DNSOutcome {
        switch Int(status) {
        case Int(ARES_ETIMEOUT), Int(ARES_ECANCELLED), Int(ARES_EDESTRUCTION): .timedOut
        case Int(ARES_ENOTFOUND): .nameNotFound
        case Int(ARES_ENODATA): .noData
        case Int(ARES_ESERVFAIL): .serverFailure
        case Int(ARES_EREFUSED): .refused
        default: .broken(CAresChannel.reason(status))
        }
    }
}
