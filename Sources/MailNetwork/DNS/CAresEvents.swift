internal import MailModel

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
        /// What it means.
        var outcome: DNSOutcome
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
