internal import FoundationEssentials
import Glibc
internal import MailModel

/// What runs on the resolver's thread: it owns the channels, waits in `poll`, and resumes whoever asked.
///
/// Nothing here is shared: messages come through the queue of commands, answers leave through continuations. A look-up
/// that was cancelled or is overdue is resumed at once, gives its slot back and is forgotten; c-ares cannot take back a
/// single query, so its late answer goes to whoever keeps answers, if it comes.
final class ResolverWorker {
    /// A look-up on its way.
    private struct Pending {
        var lookup: ResolverMessage.Lookup
        /// When it ends without an answer; nil until it was sent for the first time.
        var deadline: ContinuousClock.Instant?
        var isOnWire = false
        var holdsSlot = false
        /// What the first round ended in, once there is a second.
        var firstAnswer: DNSAnswer?
        /// How many queries had been answered when this one was sent.
        var answeredBefore = 0
        /// Whether there was no socket for it.
        var lackedSocket = false
    }

    /// Look-ups in the order in which something is due; those that ended meanwhile are skipped.
    private typealias Agenda = ArraySlice<(instant: ContinuousClock.Instant, id: UInt64)>

    private let commands: CommandQueue<ResolverMessage>
    private let limits: ResolverLimits
    private let output: ResolverOutput
    private let channel: CAresChannel
    /// Asked when a server answered with a refusal and there are others: it goes through all of them.
    private let secondRound: CAresChannel?
    private var lookups: [UInt64: Pending] = [:]
    private var queue = FairQueue<UInt64>()
    private var deadlines: Agenda = []
    /// When the first tries are over.
    private var firstTries: Agenda = []
    private var slotsInUse = 0
    private var onWire = 0
    /// How many queries were sent and answered so far.
    private var (sent, answered) = (0, 0)
    /// Nothing is sent before, since there was no socket.
    private var pausedUntil: ContinuousClock.Instant?
    private var isStopped = false

    /// Opens the channels. Call it on the thread that will run the worker.
    ///
    /// - Parameters:
    ///   - servers: The servers to ask, in order; none for the system's.
    ///   - limits: Patience and width.
    ///   - commands: Where questions come from.
    ///   - output: Where counters and late answers go.
    /// - Throws: `ResolverError.cannotStart`.
    init(
        servers: [ResolverAddress], limits: ResolverLimits, commands: CommandQueue<ResolverMessage>,
        output: ResolverOutput = ResolverOutput()
    ) throws(ResolverError) {
        self.commands = commands
        self.limits = limits
        self.output = output
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
            for message in commands.takeAll() { handle(message) }
            settle()
            expire()
            sendQueued()
            report()
            if !isStopped { wait() }
        }
        for message in commands.close() { handle(message) }
        for id in Array(lookups.keys) { finish(id, DNSAnswer(outcome: .cancelled)) }
        channel.close()
        secondRound?.close()
        report()
    }

    private func handle(_ message: ResolverMessage) {
        switch message {
        case .start(let lookup):
            lookups[lookup.id] = Pending(lookup: lookup)
            queue.append(lookup.id, lane: lookup.lane)
        case .cancel(let id): finish(id, DNSAnswer(outcome: .cancelled))
        case .stop: isStopped = true
        }
    }

    private func finish(_ id: UInt64, _ answer: DNSAnswer) {
        leaveWire(id)
        guard let pending = lookups.removeValue(forKey: id) else { return }
        pending.lookup.wait?.end()
        pending.lookup.continuation.resume(returning: answer)
    }

    private func leaveWire(_ id: UInt64) {
        releaseSlot(id)
        guard lookups[id]?.isOnWire == true else { return }
        lookups[id]?.isOnWire = false
        onWire -= 1
    }

    private func releaseSlot(_ id: UInt64) {
        guard lookups[id]?.holdsSlot == true else { return }
        lookups[id]?.holdsSlot = false
        slotsInUse -= 1
    }

    private func sendQueued() {
        if let pausedUntil {
            guard pausedUntil <= .now else { return }
            self.pausedUntil = nil
        }
        while pausedUntil == nil, slotsInUse < limits.inFlight, outstanding < limits.outstanding, let id = queue.pop() {
            guard var pending = lookups[id] else { continue }
            let now = ContinuousClock.now
            if pending.deadline == nil {
                pending.deadline = now + limits.deadline
                deadlines.append((now + limits.deadline, id))
                sent += 1
            }
            (pending.isOnWire, pending.holdsSlot, pending.answeredBefore) = (true, true, answered)
            lookups[id] = pending
            firstTries.append((now + limits.firstTry, id))
            slotsInUse += 1
            onWire += 1
            pending.lookup.wait?.end()
            channel.send(pending.lookup.question, id: id)
            // Without a network a query ends as it is sent; waiting for that would be waiting for nothing.
            settle()
        }
    }

    private func sendAgain(_ id: UInt64) {
        leaveWire(id)
        guard let lookup = lookups[id]?.lookup else { return }
        lookup.wait?.begin()
        queue.append(id, lane: lookup.lane)
    }

    /// All that c-ares knows of.
    private var outstanding: Int { channel.events.queries.count + (secondRound?.events.queries.count ?? 0) }

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
            guard let pending = lookups[ending.id] else {
                if ending.responseCode != nil { output.late(ending.question, ending.answer) }
                continue
            }
            if pending.firstAnswer == nil, let next = channelForSecondRound(after: ending) {
                lookups[ending.id]?.firstAnswer = ending.answer
                next.send(pending.lookup.question, id: ending.id)
            } else if ending.lostConnection, lacksSockets {
                lookups[ending.id]?.lackedSocket = true
                pausedUntil = .now + Self.pause
                sendAgain(ending.id)
            } else if ending.lostConnection, answered > pending.answeredBefore {
                sendAgain(ending.id)
            } else {
                finish(ending.id, ending.answer)
            }
        }
        return !endings.isEmpty
    }

    private func settleSecondRound() -> Bool {
        let endings = secondRound?.events.takeEnded() ?? []
        for ending in endings {
            let first = lookups[ending.id]?.firstAnswer ?? ending.answer
            finish(ending.id, ending.answer.outcome.settlesTheQuestion ? ending.answer : first)
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

    /// How long nothing is sent when there is no socket.
    private static let pause = Duration.milliseconds(100)

    /// Whether this process or machine has no socket left. c-ares calls that a server that cannot be reached.
    private var lacksSockets: Bool {
        let probe = socket(AF_INET, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        if probe < 0 { return SystemLimit.isReached(errno) }
        close(probe)
        return false
    }

    private func expire() {
        let now = ContinuousClock.now
        while let first = firstTries.first, first.instant <= now || lookups[first.id]?.holdsSlot != true {
            firstTries.removeFirst()
            releaseSlot(first.id)
        }
        while let first = deadlines.first, first.instant <= now || lookups[first.id] == nil {
            deadlines.removeFirst()
            let isOurs = lookups[first.id]?.lackedSocket == true && lookups[first.id]?.isOnWire == false
            finish(first.id, DNSAnswer(outcome: isOurs ? .broken(SystemLimit.reason) : .timedOut))
        }
    }

    private func report() {
        output.update { counters in
            counters.asked = sent
            counters.queued = lookups.count - onWire
            counters.inFlight = onWire
            counters.abandoned = isStopped ? 0 : outstanding - onWire
        }
    }

    private func wait() {
        let channels = [channel, secondRound].compactMap { $0 }
        let now = ContinuousClock.now
        var times = channels.compactMap(\.timeout)
        if let first = deadlines.first { times.append(now.duration(to: first.instant)) }
        if let pausedUntil {
            times.append(now.duration(to: pausedUntil))
        } else if !queue.isEmpty, let first = firstTries.first {
            times.append(now.duration(to: first.instant))
        }
        var descriptors = [pollfd(fd: commands.wakeUp.readingEnd, events: Int16(POLLIN), revents: 0)]
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
        case .serverFailure, .refused, .timedOut, .broken, .cancelled: false
        }
    }
}
