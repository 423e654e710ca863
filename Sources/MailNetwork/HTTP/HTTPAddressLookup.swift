internal import MailModel

/// Finds out where a request may be sent: our resolver says where the host is, the policy what may be connected to.
struct HTTPAddressLookup: Sendable {
    /// Once one family is known, how long the other is waited for; some resolvers never answer for AAAA (RFC 8305,
    /// section 3 has 50 ms; a slow link is given more here).
    static let patienceForOtherFamily = Duration.milliseconds(300)

    /// Who looks names up.
    let resolver: any DNSResolving
    /// What may be connected to.
    let policy: AddressPolicy

    private enum Event: Sendable {
        case answer(DNSResponse)
        case enough
        case overdue
    }

    /// The addresses of a host, both families.
    ///
    /// - Parameters:
    ///   - host: A name in A-labels, or an IP address.
    ///   - deadline: When the whole exchange ends.
    /// - Returns: At least one address.
    /// - Throws: `HTTPFailure`: `lookup`, `timedOut`, `cancelled`, or `connect` when the policy lets none through.
    func addresses(of host: String, deadline: RunInstant) async throws(HTTPFailure) -> [IPAddress] {
        let (answers, isOverdue) = await ask(host, deadline: deadline)
        let found = answers.flatMap(\.records).compactMap { record in
            if case .address(let text) = record { IPAddress(text) } else { nil }
        }
        if Task.isCancelled { throw Self.failure(.cancelled, "cancelled") }
        guard !found.isEmpty else {
            if isOverdue { throw Self.failure(.timedOut, "\(host) could not be looked up in time") }
            throw Self.failure(.lookup, "\(host) has no address: \(Self.reason(answers))")
        }
        let allowed = found.filter { policy.allows($0.description) }
        guard !allowed.isEmpty else { throw Self.failure(.connect, "no address of \(host) may be connected to") }
        return allowed
    }

    private func ask(_ host: String, deadline: RunInstant) async -> ([DNSResponse], isOverdue: Bool) {
        let resolver = resolver.seen(by: deadline.clock)
        return await withTaskGroup(of: Event.self) { group in
            group.addTask { .answer(await resolver.resolve(host, .aaaa)) }
            group.addTask { .answer(await resolver.resolve(host, .a)) }
            group.addTask { await Self.wait(until: deadline, then: .overdue) }
            defer { group.cancelAll() }
            var answers: [DNSResponse] = []
            while answers.count < 2, let event = await group.next() {
                guard case .answer(let answer) = event else {
                    if case .overdue = event { return (answers, true) }
                    break
                }
                answers.append(answer)
                guard answers.count == 1, !answer.records.isEmpty else { continue }
                let patience = deadline.orAfter(Self.patienceForOtherFamily)
                group.addTask { await Self.wait(until: patience, then: .enough) }
            }
            return (answers, false)
        }
    }

    private static func wait(until instant: RunInstant, then event: Event) async -> Event {
        await instant.sleep()
        return event
    }

    /// The most telling of the two outcomes, in words.
    private static func reason(_ answers: [DNSResponse]) -> String {
        let outcomes = answers.map(\.outcome)
        if outcomes.contains(.nameNotFound) { return "the name does not exist" }
        if outcomes.contains(.timedOut) { return "the resolver gave no answer" }
        if outcomes.contains(.serverFailure) { return "the resolver could not find out" }
        if outcomes.contains(.refused) { return "the resolver refused to answer" }
        for case .broken(let reason) in outcomes { return reason }
        return "there is no record"
    }

    private static func failure(_ kind: HTTPFailure.Kind, _ detail: String) -> HTTPFailure {
        HTTPFailure(kind: kind, requestMayHaveLeft: false, detail: detail)
    }
}
