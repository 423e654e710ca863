internal import MailDiagnosis
internal import MailModel
internal import MailNetwork
internal import MailProtocol
internal import ProviderCatalog

/// Checks one side of an account from the planned endpoint to the login, with everything that is tried on the way.
///
/// When the planned endpoint fails before a login was sent, what a good engineer would try next is tried without a login, all
/// at once; the login, if it is still to be sent, goes to the best of those that work. So no login is sent twice.
struct SideCheck: Sendable {
    let service: MailService
    let settings: AccountSettings
    let account: Account
    let profile: ProviderProfile?
    let signatures: SignatureBase
    var context: CheckContext

    /// What came of it.
    struct Result: Sendable {
        var service: MailService
        /// The connection that counts in the end.
        var last: EndpointTrace
        var alternatives: AlternativesFacts?
        /// How long after the test message was taken this side was through; nil when none was taken.
        var deliveryDelay: Duration?

        /// The settings with what was found to work in place of what was planned.
        func corrected(_ planned: AccountSettings) -> AccountSettings {
            var settings = planned
            if let working = alternatives?.working {
                if service == .smtp { settings.smtp = working.endpoint } else { settings.imap = working.endpoint }
            }
            guard let login = last.record.login, last.loginPassed, !login.refusedUsernames.isEmpty else {
                return settings
            }
            if service == .smtp {
                settings.smtpUsername = login.username
            } else {
                settings.imapUsername = login.username
            }
            return settings
        }
    }

    func run() async -> Result {
        let endpoint = settings.endpoint(for: service)
        let planned = await check(endpoint, login, sink: liveSink).run()
        let candidates = plan(after: planned)
        var result = Result(service: service, last: planned)
        if candidates.isEmpty || context.deadline.remaining <= .milliseconds(500) || Task.isCancelled {
            result.last = await climb(from: planned)
            tellHeld(result.last)
        } else {
            tellHeld(planned)
            await tryOthers(candidates, after: planned, &result)
        }
        if let delivery = context.delivery {
            if service == .smtp { await delivery.settle(accepted: result.last.record.submitted != nil) }
            if service == .imap { result.deliveryDelay = await delivery.age }
        }
        return result
    }

    private func check(
        _ endpoint: Endpoint, _ login: LoginPlan, sink: RunSink?, overIPv6: Bool? = nil
    ) -> EndpointCheck {
        var context = context
        context.sink = sink
        return EndpointCheck(endpoint: endpoint, login: login, context: context, overIPv6: overIPv6)
    }

    /// While the user name may still change, what a connection saw is told when that is settled.
    private var liveSink: RunSink? { account.triesUsernames ? context.sink?.withoutObservations : context.sink }

    private func tellHeld(_ trace: EndpointTrace) {
        if account.triesUsernames { context.sink?.observations(trace.observations) }
    }

    private var login: LoginPlan {
        guard let credential, let username = settings.username(for: service) else { return .none(.passwordNotGiven) }
        return .login(username: username, credential: credential)
    }

    private var credential: Credential? {
        service == .smtp ? account.smtpCredential : account.imapCredential
    }
}

/// Other endpoints.
extension SideCheck {
    private func plan(after trace: EndpointTrace) -> [AlternativePlan.Candidate] {
        guard let failure = trace.failure, trace.record.login == nil else { return [] }
        let profiles = (service == .smtp ? profile?.smtp : profile?.imap) ?? []
        return AlternativePlan(
            after: trace.endpoint, stage: failure.stage, failure: failure.failure,
            known: profiles.compactMap { $0.endpoint(service, domain: account.domain) },
            hasOtherFamily: trace.hasOtherFamily
        ).candidates
    }

    private func tryOthers(
        _ candidates: [AlternativePlan.Candidate], after planned: EndpointTrace, _ result: inout Result
    ) async {
        let isUserChoice = (service == .smtp ? account.smtpEndpoint : account.imapEndpoint) != nil
        let tries = await probe(candidates, isIPv6: planned.isIPv6)
        let facts = AlternativesFacts(isUserChoice: isUserChoice, tried: zip(candidates, tries).map(Self.facts))
        result.alternatives = facts
        context.sink?.observations([
            Observation(
                id: .alternatives(service), stage: .connect, endpoint: planned.endpoint, outcome: .observed,
                facts: .alternatives(facts))
        ])
        guard let (candidate, best) = zip(candidates, tries).first(where: { $0.1.trace.obstacle == nil }) else {
            return
        }
        guard case .login = login else {
            result.last = best.trace
            best.buffer.flush(into: context.sink)
            return
        }
        let family = candidate.reason == .otherFamily ? !planned.isIPv6 : nil
        result.last = await climb(
            from: await check(candidate.endpoint, login, sink: liveSink, overIPv6: family).run())
        tellHeld(result.last)
    }

    private struct Try: Sendable {
        var trace: EndpointTrace
        /// What the connection told; it is passed on when this endpoint is the one to use.
        var buffer: EventBuffer
    }

    private func probe(_ candidates: [AlternativePlan.Candidate], isIPv6: Bool) async -> [Try] {
        var probing = self
        probing.context.deadline = context.deadline.orAfter(CheckContext.alternativeLimit)
        let side = probing
        return await candidates.concurrentMap { candidate in
            let buffer = EventBuffer()
            let check = side.check(
                candidate.endpoint, .none(.loginNotWanted), sink: context.sink.map { buffer.sink(like: $0) },
                overIPv6: candidate.reason == .otherFamily ? !isIPv6 : nil)
            let trace = await check.run()
            if let disclosure = trace.disclosure { context.sink?.emit(.disclosure(disclosure)) }
            return Try(trace: trace, buffer: buffer)
        }
    }

    private static func facts(_ candidate: AlternativePlan.Candidate, _ tried: Try) -> AlternativeFacts {
        let obstacle = tried.trace.obstacle
        return AlternativeFacts(
            endpoint: candidate.endpoint, reason: candidate.reason, stage: obstacle?.stage ?? .capabilities,
            failure: obstacle?.failure)
    }
}

/// Other user names.
extension SideCheck {
    /// Tries other forms of the user name, one after another, as long as nothing but the name or password is blamed.
    private func climb(from first: EndpointTrace) async -> EndpointTrace {
        guard account.triesUsernames, let address = account.address, let credential, let login = first.record.login
        else { return first }
        let form = (service == .smtp ? profile?.smtp : profile?.imap)?.first?.username
        let ladder = UsernameLadder(signatures: signatures, provider: profile?.id)
        var refused = [login.username]
        var reply = first.loginPassed ? nil : login.reply
        for name in UsernameLadder.forms(address, provider: form, without: login.username) {
            guard let last = reply, ladder.mayGoOn(after: last, service), !Task.isCancelled else { break }
            let next = LoginPlan.login(username: name, credential: credential)
            var trace = await check(first.endpoint, next, sink: liveSink).run()
            if trace.loginPassed {
                trace.record.login?.refusedUsernames = refused
                return trace
            }
            reply = trace.record.login?.reply
            refused.append(name)
        }
        var trace = first
        trace.record.login?.refusedUsernames = Array(refused.dropFirst())
        return trace
    }
}
