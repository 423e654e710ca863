internal import MailDiagnosis
internal import MailModel
internal import MailNetwork
internal import MailProtocol

/// Checks one side: the planned endpoint, and when it fails before a login was sent, what a good engineer would try next.
///
/// The others are tried without a login, all at once; the login, if it is still to be sent, goes to the best of those
/// that work. So no login is sent twice.
struct EndpointSearch: Sendable {
    let context: CheckContext
    /// The provider's endpoints of this side, best first.
    let known: [Endpoint]
    /// Whether the endpoint is the user's own choice.
    let isUserChoice: Bool

    /// What came of it.
    struct Result: Sendable {
        /// The planned endpoint, and the one that works in its place, if there is one.
        var traces: [EndpointTrace]
        /// What else was tried; nil when nothing was.
        var alternatives: AlternativesFacts?
    }

    func run(_ endpoint: Endpoint, login: LoginPlan) async -> Result {
        let planned = await EndpointCheck(endpoint: endpoint, login: login, context: context).run()
        let candidates = plan(after: planned)
        let left = context.deadline - .now
        guard !candidates.isEmpty, left > .milliseconds(500), !Task.isCancelled else {
            return Result(traces: [planned])
        }
        let probes = await probe(candidates, isIPv6: planned.isIPv6)
        var result = Result(traces: [planned])
        result.alternatives = AlternativesFacts(
            isUserChoice: isUserChoice, tried: zip(candidates, probes).map(Self.facts))
        guard let best = zip(candidates, probes).first(where: { Self.obstacle($0.1) == nil }) else { return result }
        guard case .login = login else {
            result.traces.append(best.1)
            return result
        }
        let check = EndpointCheck(
            endpoint: best.0.endpoint, login: login, context: context,
            overIPv6: best.0.reason == .otherFamily ? !planned.isIPv6 : nil)
        result.traces.append(await check.run())
        return result
    }

    private func plan(after trace: EndpointTrace) -> [AlternativePlan.Candidate] {
        guard let failure = trace.failure, trace.record.login == nil else { return [] }
        return AlternativePlan(
            after: trace.endpoint, stage: failure.stage, failure: failure.failure, known: known,
            hasOtherFamily: trace.hasOtherFamily
        ).candidates
    }

    private func probe(_ candidates: [AlternativePlan.Candidate], isIPv6: Bool) async -> [EndpointTrace] {
        var context = context
        context.deadline = min(context.deadline, .now + CheckContext.alternativeLimit)
        let probing = context
        return await withTaskGroup(of: (Int, EndpointTrace).self) { group in
            for (index, candidate) in candidates.enumerated() {
                group.addTask {
                    let check = EndpointCheck(
                        endpoint: candidate.endpoint, login: .none(reason: "only tried"), context: probing,
                        overIPv6: candidate.reason == .otherFamily ? !isIPv6 : nil)
                    return (index, await check.run())
                }
            }
            return await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    private static func facts(_ candidate: AlternativePlan.Candidate, _ trace: EndpointTrace) -> AlternativeFacts {
        let obstacle = obstacle(trace)
        return AlternativeFacts(
            endpoint: candidate.endpoint, reason: candidate.reason, stage: obstacle?.stage ?? .capabilities,
            failure: obstacle?.failure)
    }

    /// Why no login would be possible there; nil when one would be.
    private static func obstacle(_ trace: EndpointTrace) -> SessionFailure? {
        if let failure = trace.failure { return failure }
        guard let tls = trace.tls, VerifiedChannel(tls) != nil else {
            return SessionFailure(stage: .tls, failure: .tls(.other("its certificate cannot be trusted")))
        }
        return trace.record.mechanisms.isEmpty ? SessionFailure(stage: .auth, failure: .loginNotOffered) : nil
    }
}

extension EndpointTrace {
    /// Whether the connection was made over IPv6.
    var isIPv6: Bool { connection.connectedAddress.flatMap { IPAddress($0) }?.isIPv6 ?? false }

    /// Whether the host has addresses of the other family.
    var hasOtherFamily: Bool {
        guard connection.connectedAddress != nil else { return false }
        return connection.lookups.flatMap(\.records).contains { record in
            guard case .address(let text) = record, let address = IPAddress(text) else { return false }
            return address.isIPv6 != isIPv6
        }
    }
}
