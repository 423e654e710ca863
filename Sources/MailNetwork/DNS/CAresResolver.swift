internal import FoundationEssentials
public import MailModel
internal import Synchronization

/// Looks names up with c-ares.
///
/// It has one thread of its own, which alone touches c-ares. Queries go over UDP with EDNS (RFC 6891, 1232 octets) and
/// over TCP when an answer was truncated; no search domain is ever appended. IP addresses and `localhost` (RFC 6761)
/// are answered without a query, and so is what stands in `/etc/hosts`, unless a server was named explicitly. A name
/// that cannot be asked for, such as one with a label of more than 63 octets, is `broken` without a query. A server that
/// tells an alias and not where it leads is asked for the target as well.
///
/// Cancelling a task ends its look-up as `cancelled` and touches no other. When the last reference goes, everything
/// that still waits ends as `cancelled`.
public final class CAresResolver: SharedResolving, Sendable {
    /// How many aliases are followed by asking again.
    static let maximumHops = 8

    private let commands: CommandQueue<ResolverMessage>
    private let thread: OwnedThread
    private let hosts: HostsFile?
    private let lastID = Atomic<UInt64>(0)
    let output: ResolverOutput

    /// Starts a resolver.
    ///
    /// - Parameters:
    ///   - server: The only server to ask; nil for the system's, those of `/etc/resolv.conf`.
    ///   - limits: How patient it is, and how many queries are on the wire at once.
    /// - Throws: `ResolverError.cannotStart`.
    public convenience init(
        server: ResolverAddress? = nil, limits: ResolverLimits = ResolverLimits()
    ) throws(ResolverError) {
        let hosts = server == nil ? HostsFile(path: "/etc/hosts") : nil
        try self.init(servers: server.map { [$0] } ?? [], limits: limits, hosts: hosts)
    }

    /// Starts a resolver with servers and a table of names of its own.
    init(servers: [ResolverAddress], limits: ResolverLimits, hosts: HostsFile?) throws(ResolverError) {
        guard let wakeUp = WakeUp() else { throw .cannotStart("no file descriptor is left") }
        let commands = CommandQueue<ResolverMessage>(wakeUp: wakeUp)
        let output = ResolverOutput()
        let start = StartReport<ResolverError>()
        let thread = OwnedThread(name: "mail-dns") {
            do throws(ResolverError) {
                let worker = try ResolverWorker(servers: servers, limits: limits, commands: commands, output: output)
                start.report(nil)
                worker.run()
            } catch {
                start.report(error)
            }
        }
        if let error = start.wait() {
            thread.join()
            throw error
        }
        self.commands = commands
        self.thread = thread
        self.output = output
        self.hosts = hosts
    }

    // The thread ends by itself: whoever lets go last may be a task, which must not wait for it.
    deinit { commands.post(.stop) }

    /// What was done so far, and what is going on.
    public var counters: ResolverCounters { output.counters }

    /// Asks one question.
    ///
    /// - Parameters:
    ///   - name: The name, in A-labels, with or without a trailing dot.
    ///   - type: The record type.
    /// - Returns: The outcome and its time; a cancelled task gets `cancelled` at once.
    public func resolve(_ name: String, _ type: DNSRecordType) async -> DNSResponse {
        await resolve(DNSQuestion(name, type), lane: nil, wait: nil)
    }

    /// The resolver as one run sees it, with a turn and a clock of its own.
    ///
    /// - Parameter clock: The run's clock.
    /// - Returns: A resolver for this run; it shares everything with those of the others.
    public func view(for clock: RunClock) -> any DNSResolving { View(resolver: self, clock: clock) }

    /// Asks one question for one or many runs.
    ///
    /// - Parameters:
    ///   - question: The question.
    ///   - lane: Whose turn it is asked in.
    ///   - wait: What stands still until it is on the wire.
    /// - Returns: The outcome, its time and its TTL.
    func resolve(_ question: DNSQuestion, lane: ObjectIdentifier?, wait: SharedWait?) async -> DNSResponse {
        let begin = ContinuousClock.now
        var (next, ttl) = (question, Duration?.none)
        var answer = DNSAnswer(outcome: .broken(DNSMessageError.aliasLoop.reason))
        for hop in 0...Self.maximumHops {
            let found = await self.answer(to: next, lane: lane, wait: wait)
            ttl = hop == 0 ? found.ttl : found.ttl.flatMap { new in ttl.map { min($0, new) } ?? new }
            guard let target = found.alias else {
                answer = found
                break
            }
            next = DNSQuestion(target, question.type)
        }
        return DNSResponse(
            name: question.name, type: question.type, outcome: answer.outcome,
            duration: begin.duration(to: ContinuousClock.now), ttl: ttl)
    }

    private func answer(to question: DNSQuestion, lane: ObjectIdentifier?, wait: SharedWait?) async -> DNSAnswer {
        if let known = question.knownAnswer { return DNSAnswer(outcome: known) }
        if let fault = question.fault { return DNSAnswer(outcome: .broken(fault)) }
        if let local = hosts?.answer(to: question) { return DNSAnswer(outcome: local) }
        guard !Task.isCancelled else { return DNSAnswer(outcome: .cancelled) }
        let id = lastID.wrappingAdd(1, ordering: .relaxed).newValue
        wait?.begin()
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let lookup = ResolverMessage.Lookup(
                    id: id, question: question, lane: lane, wait: wait, continuation: continuation)
                if !commands.post(.start(lookup)) { Self.refuse(lookup) }
                // The handler may have run before there was anything to cancel.
                if Task.isCancelled { commands.post(.cancel(id)) }
            }
        } onCancel: {
            commands.post(.cancel(id))
        }
    }

    private static func refuse(_ lookup: ResolverMessage.Lookup) {
        lookup.wait?.end()
        lookup.continuation.resume(returning: DNSAnswer(outcome: .cancelled))
    }

    /// What one run sees.
    private struct View: DNSResolving {
        let resolver: CAresResolver
        let clock: RunClock

        func resolve(_ name: String, _ type: DNSRecordType) async -> DNSResponse {
            let wait = SharedWait()
            wait.join(0, clock)
            defer { wait.leave(0) }
            return await resolver.resolve(DNSQuestion(name, type), lane: ObjectIdentifier(clock), wait: wait)
        }
    }
}

/// What tasks tell the thread that owns the resolver's channels.
enum ResolverMessage: Sendable {
    /// A question, and who waits for its answer.
    case start(Lookup)
    /// Nobody waits for that answer any more.
    case cancel(UInt64)
    /// The resolver is gone: end everything.
    case stop

    /// One question on its way.
    struct Lookup: Sendable {
        /// What it is known under.
        var id: UInt64
        /// The question, legal.
        var question: DNSQuestion
        /// Whose turn it is sent in.
        var lane: ObjectIdentifier?
        /// What ends when it is sent.
        var wait: SharedWait?
        /// Who waits. Only the owning thread resumes it, once.
        var continuation: CheckedContinuation<DNSAnswer, Never>
    }
}

/// What the resolver's thread tells besides the answers: how much it did, and answers that come when nobody waits.
final class ResolverOutput: Sendable {
    /// Takes an answer that nobody waits for any more.
    typealias LateAnswer = @Sendable (DNSQuestion, DNSAnswer) -> Void

    /// A structure and no tuple: in a tuple Swift would wrap the closure anew at each access, until its call overflows the stack.
    private struct State {
        var counters = ResolverCounters()
        var taker: LateAnswer?
    }

    private let state = Mutex(State())

    /// How much was done so far.
    var counters: ResolverCounters { state.withLock { $0.counters } }

    /// Changes the counters.
    func update(_ change: (inout ResolverCounters) -> Void) { state.withLock { change(&$0.counters) } }

    /// Names who takes late answers.
    func onLateAnswer(_ taker: @escaping LateAnswer) { state.withLock { $0.taker = taker } }

    /// A late answer has come.
    func late(_ question: DNSQuestion, _ answer: DNSAnswer) {
        guard answer.alias == nil else { return }
        state.withLock { $0.taker }?(question, answer)
    }
}
