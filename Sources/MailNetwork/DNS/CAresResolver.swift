internal import Foundation
public import MailModel
internal import Synchronization

/// Looks names up with c-ares.
///
/// It has one thread of its own, which alone touches c-ares. Queries go over UDP with EDNS (RFC 6891, 1232 octets) and
/// over TCP when an answer was truncated; no search domain is ever appended. IP addresses and `localhost` (RFC 6761)
/// are answered without a query, and so is what stands in `/etc/hosts`, unless a server was named explicitly. A name
/// that cannot be asked for, such as one with a label of more than 63 octets, is `broken` without a query.
///
/// Cancelling a task ends its look-up as `timedOut` and touches no other. When the last reference goes, everything
/// that still waits ends as `timedOut`.
public final class CAresResolver: DNSResolving, Sendable {
    private let inbox: Inbox<ResolverMessage>
    private let thread: OwnedThread
    private let limits: ResolverLimits
    private let hosts: HostsFile?
    private let lastID = Atomic<UInt64>(0)

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
        let inbox = Inbox<ResolverMessage>(wakeUp: wakeUp)
        let start = StartReport<ResolverError>()
        let thread = OwnedThread(name: "mail-dns") {
            do throws(ResolverError) {
                let worker = try ResolverWorker(servers: servers, limits: limits, inbox: inbox)
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
        self.inbox = inbox
        self.thread = thread
        self.limits = limits
        self.hosts = hosts
    }

    deinit {
        inbox.post(.stop)
        thread.join()
    }

    /// Asks one question.
    ///
    /// - Parameters:
    ///   - name: The name, in A-labels, with or without a trailing dot.
    ///   - type: The record type.
    /// - Returns: The outcome and its time; a cancelled task gets `timedOut` at once.
    public func resolve(_ name: String, _ type: DNSRecordType) async -> DNSResponse {
        let begin = ContinuousClock.now
        let question = DNSQuestion(name, type)
        let outcome = await answer(question, deadline: begin.advanced(by: limits.deadline))
        return DNSResponse(
            name: question.name, type: type, outcome: outcome, duration: begin.duration(to: ContinuousClock.now))
    }

    private func answer(_ question: DNSQuestion, deadline: ContinuousClock.Instant) async -> DNSOutcome {
        if let known = question.knownAnswer { return known }
        if let fault = question.fault { return .broken(fault) }
        if let local = hosts?.answer(to: question) { return local }
        guard !Task.isCancelled else { return .timedOut }
        let id = lastID.wrappingAdd(1, ordering: .relaxed).newValue
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let lookup = ResolverMessage.Lookup(
                    id: id, question: question, deadline: deadline, continuation: continuation)
                if !inbox.post(.start(lookup)) { continuation.resume(returning: .timedOut) }
                // The handler may have run before there was anything to cancel.
                if Task.isCancelled { inbox.post(.cancel(id)) }
            }
        } onCancel: {
            inbox.post(.cancel(id))
        }
    }
}
