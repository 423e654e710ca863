internal import Foundation
internal import MailModel

/// What runs on the resolver's thread: it owns the channels, waits in `poll`, and resumes whoever asked.
///
/// Nothing here is shared: messages come through the inbox, answers leave through continuations. A look-up that was
/// cancelled or is overdue is resumed at once and forgotten; c-ares cannot take back a single query, so its late answer
/// is dropped when it comes, and until then it counts as in flight.
final class ResolverWorker {
    /// A look-up on its way.
    private struct Pending {
        var lookup: ResolverMessage.Lookup
        /// What the first round ended in, once there is a second.
        var firstOutcome: DNSOutcome?
        /// How many queries had been answered when this one was sent.
        var answeredBefore = 0
    }

    private let inbox: Inbox<ResolverMessage>
    private let limits: ResolverLimits
    private let channel: CAresChannel
    /// Asked when a server answered with a refusal and there are others: it goes through all of them.
    private let secondRound: CAresChannel?
    private var lookups: [UInt64: Pending] = [:]
    /// How many queries were answered so far.
    private var answered = 0
    private var queue: ArraySlice<UInt64> = []
    /// Look-ups in the order of their deadlines, which is that of their arrival; those that ended are skipped.
    private var deadlines: ArraySlice<(instant: ContinuousClock.Instant, id: UInt64)> = []
    private var isStopped = false

    /// Opens the channels. Call it on the thread that will run the worker.
    ///
    /// - Parameters:
    ///   - servers: The servers to ask, in order; none for the system's.
    ///   - limits: Patience and width.
    ///   - inbox: Where questions come from.
    /// - Throws: `ResolverError.cannotStart`.
    init(
        servers: [ResolverAddress], limits: ResolverLimits, inbox: Inbox<ResolverMessage>
    ) throws(ResolverError) {
        self.inbox = inbox
        self.limits = limits
        let first = try CAresChannel(servers: servers, limits: limits, passesRefusals: true)
        channel = first
        guard first.serverCount > 1 else {
            secondRound = nil
            return
        }
        secondRound = try? CAresChannel(servers: servers, limits: limits, passesRefusals: false)
    }

    /// Works until it is told to stop; then nobody is left waiting.
    func run() {
        while !isStopped {
            for message in inbox.takeAll() { handle(message) }
            settle()
            expire()
            sendQueued()
            if !isStopped { wait() }
        }
        for message in inbox.close() { handle(message) }
        for id in Array(lookups.keys) { finish(id, .timedOut) }
        channel.close()
        secondRound?.close()
    }

    private func handle(_ message: ResolverMessage) {
        switch message {
        case .start(let lookup):
            lookups[lookup.id] = Pending(lookup: lookup)
            queue.append(lookup.id)
            deadlines.append((lookup.deadline, lookup.id))
        case .cancel(let id): finish(id, .timedOut)
        case .stop: isStopped = true
        }
    }

    private func finish(_ id: UInt64, _ outcome: DNSOutcome) {
        lookups.removeValue(forKey: id)?.lookup.continuation.resume(returning: outcome)
    }

    private func sendQueued() {
        while inFlight < limits.inFlight, let id = queue.popFirst() {
            guard let question = lookups[id]?.lookup.question else { continue }
            lookups[id]?.answeredBefore = answered
            channel.send(question, id: id)
            // Without a network a query ends as it is sent; waiting for that would be waiting for nothing.
            settle()
        }
    }

    private var inFlight: Int { channel.events.queries.count + (secondRound?.events.queries.count ?? 0) }

    /// Passes on what ended; a refusal may open the second round, which may end at once too.
    ///
    /// c-ares sends all that goes over TCP through one connection. A server that closes it after each answer makes all
    /// others fail together, and after `tries` of that they are given up; so a look-up that lost its connection goes
    /// back into the queue as long as others get answers.
    private func settle() {
        while settleFirstRound() || settleSecondRound() {}
    }

    private func settleFirstRound() -> Bool {
        let endings = channel.events.takeEnded()
        for ending in endings {
            if ending.responseCode != nil { answered += 1 }
            guard let pending = lookups[ending.id] else { continue }
            if pending.firstOutcome == nil, let next = channelForSecondRound(after: ending) {
                lookups[ending.id]?.firstOutcome = ending.outcome
                next.send(pending.lookup.question, id: ending.id)
            } else if ending.lostConnection, answered > pending.answeredBefore {
                queue.append(ending.id)
            } else {
                finish(ending.id, ending.outcome)
            }
        }
        return !endings.isEmpty
    }

    private func settleSecondRound() -> Bool {
        let endings = secondRound?.events.takeEnded() ?? []
        for ending in endings {
            let first = lookups[ending.id]?.firstOutcome ?? ending.outcome
            finish(ending.id, ending.outcome.settlesTheQuestion ? ending.outcome : first)
        }
        return !endings.isEmpty
    }

    /// Where to ask once more.
    ///
    /// FORMERR says that the server does not know EDNS. c-ares then asks again without it and never uses it again, but
    /// it only does so for the first query that learns it: those already on the wire come back here. SERVFAIL, NOTIMP
    /// and REFUSED may be one server's trouble.
    private func channelForSecondRound(after ending: CAresEvents.Ending) -> CAresChannel? {
        switch ending.responseCode {
        case 1: channel
        case 2, 4, 5: secondRound
        default: nil
        }
    }

    private func expire() {
        let now = ContinuousClock.now
        while let first = deadlines.first, first.instant <= now || lookups[first.id] == nil {
            deadlines.removeFirst()
            finish(first.id, .timedOut)
        }
    }

    private func wait() {
        let channels = [channel, secondRound].compactMap { $0 }
        var times = channels.compactMap(\.timeout)
        if let first = deadlines.first { times.append(ContinuousClock.now.duration(to: first.instant)) }
        var descriptors = [pollfd(fd: inbox.wakeUp.readingEnd, events: Int16(POLLIN), revents: 0)]
        for channel in channels { descriptors += channel.pollDescriptors }
        _ = poll(&descriptors, nfds_t(descriptors.count), times.min()?.roundedUpMilliseconds ?? -1)
        for channel in channels { channel.process(descriptors) }
    }
}

extension DNSOutcome {
    /// Whether this says something about the name, and not about a server.
    fileprivate var settlesTheQuestion: Bool {
        switch self {
        case .records, .noData, .nameNotFound: true
        case .serverFailure, .refused, .timedOut, .broken: false
        }
    }
}
