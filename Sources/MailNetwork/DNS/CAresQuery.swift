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
    ///   - octets: The whole message, empty when none came.
    func ended(_ status: Int32, _ octets: [UInt8]) {
        var ending = CAresEvents.Ending(
            id: id, question: question, answer: DNSAnswer(outcome: Self.outcome(status)), responseCode: nil)
        if octets.isEmpty {
            ending.lostConnection = [Int(ARES_ECONNREFUSED), Int(ARES_EOF)].contains(Int(status))
        } else {
            do {
                let message = try DNSMessage(octets)
                (ending.answer, ending.responseCode) = (message.answer(to: question), message.responseCode)
            } catch {
                ending.answer = DNSAnswer(outcome: .broken(error.reason))
            }
        }
        events.queryEnded(ending)
    }

    private static func outcome(_ status: Int32) -> DNSOutcome {
        switch Int(status) {
        case Int(ARES_ETIMEOUT): .timedOut
        case Int(ARES_ECANCELLED), Int(ARES_EDESTRUCTION): .cancelled
        case Int(ARES_ENOTFOUND): .nameNotFound
        case Int(ARES_ENODATA): .noData
        case Int(ARES_ESERVFAIL): .serverFailure
        case Int(ARES_EREFUSED): .refused
        default: .broken(CAresChannel.reason(status))
        }
    }
}

/// What c-ares told in its callbacks, until the owning thread looks at it.
final class CAresEvents {
    /// What a socket is to be watched for.
    struct Interest: Hashable {
        /// It waits for octets.
        var reads: Bool
        /// It has octets to write.
        var writes: Bool
    }

    /// How a query ended.
    struct Ending {
        /// What the query was sent under.
        var id: UInt64
        /// What was asked.
        var question: DNSQuestion
        /// What it means.
        var answer: DNSAnswer
        /// The RCODE of the answer, nil when there is none.
        var responseCode: Int?
        /// Whether it ended because a connection could not be had or was lost.
        var lostConnection = false
    }

    /// The open sockets.
    private(set) var sockets: [Int32: Interest] = [:]
    /// The queries on the wire; c-ares holds a pointer to each.
    var queries: [UInt64: CAresQuery] = [:]
    private var ended: [Ending] = []

    /// A socket was opened, closed, or waits for something else now.
    func socketChanged(_ socket: Int32, reads: Bool, writes: Bool) {
        sockets[socket] = reads || writes ? Interest(reads: reads, writes: writes) : nil
    }

    /// A query came to its end.
    func queryEnded(_ ending: Ending) { ended.append(ending) }

    /// Takes out the queries that came to their end, and lets go of them.
    ///
    /// - Returns: How each ended.
    func takeEnded() -> [Ending] {
        defer { ended = [] }
        for ending in ended { queries[ending.id] = nil }
        return ended
    }
}
