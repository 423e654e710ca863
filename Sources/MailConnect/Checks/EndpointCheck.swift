internal import MailModel
internal import MailNetwork
internal import MailProtocol

/// Checks one endpoint over at most one connection: connect, TLS, capabilities, login, and for IMAP the mailbox.
///
/// It drives a session, which is a value and does no I/O: it does what each step asks for, keeps the trace, and tells each
/// check when its stage has ended. It never throws and never judges.
struct EndpointCheck: Sendable {
    let endpoint: Endpoint
    let login: LoginPlan
    let context: CheckContext
    /// The only address family to use, nil for both.
    var overIPv6: Bool?

    /// Runs the check. Whatever happens, the connection is closed when it returns.
    func run() async -> EndpointTrace {
        var trace = EndpointTrace(endpoint: endpoint)
        context.sink?.waiting(.connect, at: endpoint)
        let begun = ContinuousClock.now
        let result = await context.connector.connect(
            host: endpoint.host, port: endpoint.port, overIPv6: overIPv6, until: context.deadline(for: .connect))
        trace.connection = result.facts
        trace.durations[.dns] = result.lookupDuration
        trace.durations[.connect] = ContinuousClock.now - begun - result.lookupDuration
        if result.isCancelled { return trace }
        guard let connection = result.connection else {
            trace.failure = SessionFailure(stage: .connect, failure: result.failure ?? .notConnected([]))
            context.sink?.observations(trace.observations)
            return trace
        }
        context.sink?.note("connected to \(result.facts.connectedAddress ?? endpoint.host)", .event, at: endpoint)
        var dialogue = EndpointDialogue(context: context, login: login, connection: connection, trace: trace)
        await dialogue.run()
        if let disclosure = dialogue.trace.disclosure { context.sink?.emit(.disclosure(disclosure)) }
        return dialogue.trace
    }
}

/// One session over one connection.
private struct EndpointDialogue {
    private let context: CheckContext
    private let login: LoginPlan
    private let connection: MailConnection
    private var session: any MailSession
    private(set) var trace: EndpointTrace
    private var heard = 0
    private var isReady = false
    private var told = 0
    private var attempt: LoginAttempt?
    /// What the server said to the same login of another account.
    private var knownLogin: LoginFacts?
    private var deadlines: [Stage: RunInstant] = [:]
    private var bonusDeadline: RunInstant?
    private var isCancelled = false

    init(context: CheckContext, login: LoginPlan, connection: MailConnection, trace: EndpointTrace) {
        self.context = context
        self.login = login
        self.connection = connection
        self.trace = trace
        var configuration = SessionConfiguration(
            security: trace.endpoint.security, clientName: Self.clientName(connection.localAddress),
            redactor: context.redactor, cryptography: SASLDigests())
        configuration.unprovenMechanisms = context.unprovenMechanisms
        configuration.testMessage = context.delivery?.message
        session =
            switch trace.endpoint.service {
            case .smtp: SMTPSession(configuration)
            case .imap: IMAPSession(configuration)
            }
    }

    mutating func run() async {
        let implicit = trace.endpoint.security == .tls
        if !implicit { context.sink?.waiting(.greeting, at: trace.endpoint) }
        var isUp = !implicit
        if implicit { isUp = await handshake(afterStartTLS: false) }
        if isUp {
            var step = session.start(secured: implicit)
            while let next = await perform(step) { step = next }
            adopt()
        }
        if trace.failure == nil, let failure = session.record.failure { note(failure) }
        if let attempt { await context.logins.ended(attempt, trace.record.login) }
        if !isCancelled { context.sink?.observations(Array(trace.observations.dropFirst(told))) }
    }

    /// Takes over what the session has learnt.
    private mutating func adopt() {
        trace.record = session.record
        if let knownLogin { trace.record.login = knownLogin }
        if context.removesBlanks { trace.record.login?.blanksRemoved = true }
    }

    /// A server that leaves once all is known takes nothing back.
    private mutating func note(_ failure: SessionFailure) {
        if case .rejected = failure.failure, session.record.isEssentialKnown { return }
        trace.failure = failure
    }

    /// Does what one step asks for; nil at the end.
    private mutating func perform(_ step: SessionStep) async -> SessionStep? {
        switch step {
        case .wait:
            guard let octets = await read() else { return nil }
            return await received(octets)
        case .send(let data):
            send(data)
            return await received([])
        case .startTLS:
            tellSettled()
            guard await handshake(afterStartTLS: true) else { return nil }
            return session.tlsEstablished()
        case .ready:
            isReady = true
            tellSettled()
            return await logInOrLeave()
        case .pause: return await waitForDelivery()
        case .finished(let farewell), .stopped(let farewell):
            if let farewell { note(.client, farewell.shown) }
            connection.close(farewell: farewell?.octets)
            return nil
        }
    }

    /// Tells the checks whose stages have ended.
    private mutating func tellSettled() {
        guard let sink = context.sink else { return }
        adopt()
        let settled = trace.settledCount(isReady: isReady)
        guard settled > told else { return }
        sink.observations(Array(trace.observations[told..<settled]))
        told = settled
    }

    private mutating func read() async -> [UInt8]? {
        let stage = session.stage
        let begun = ContinuousClock.now
        defer { trace.durations[stage, default: .zero] += ContinuousClock.now - begun }
        do throws(ConnectionError) {
            return try await connection.read(until: deadline(for: stage))
        } catch {
            if session.record.isEssentialKnown {
                leave()
                return nil
            }
            switch error {
            case .cancelled: cancel()
            case .timedOut:
                let earlier = trace.durations[stage] ?? .zero
                fail(stage, .timedOut(after: earlier + (ContinuousClock.now - begun)))
            case .tls(let failure): fail(.tls, .tls(failure.redacted(by: context.redactor)))
            case .closed(let reset):
                fail(
                    stage, .closed(reset: reset, lastWords: session.unfinished.last ?? session.record.heard.last)
                )
            }
            return nil
        }
    }

    /// A stage has its time as a whole, however often something is read in it, and so has everything together that is only
    /// good to have: else a server that drips would hold us.
    private mutating func deadline(for stage: Stage) -> RunInstant {
        if session.record.isEssentialKnown, context.delivery == nil {
            let due = bonusDeadline ?? context.deadline.orAfter(CheckContext.bonusLimit)
            bonusDeadline = due
            return due
        }
        let due = deadlines[stage] ?? context.deadline(for: stage)
        deadlines[stage] = due
        return due
    }

    /// What is still asked for is good to have and not worth a failure.
    private mutating func leave() {
        note(.event, "no answer to the last question")
        connection.close()
    }

    /// Hands octets to the session, and what the server said to the transcript.
    private mutating func received(_ octets: [UInt8]) async -> SessionStep {
        let stage = session.stage
        let step: SessionStep
        if stage == .auth, session.calculates, !octets.isEmpty {
            // An answer to a challenge may take as many rounds of PBKDF2 as the server likes to ask for.
            let before = session
            (session, step) = await HeavyWork.run {
                var session = before
                let step = session.receive(octets)
                return (session, step)
            }
        } else {
            step = session.receive(octets)
        }
        for line in session.record.heard.dropFirst(heard) { note(.server, line.escaped) }
        heard = session.record.heard.count
        if session.stage != stage {
            context.sink?.waiting(session.stage, at: trace.endpoint)
            tellSettled()
        }
        return step
    }

    private mutating func send(_ data: OutgoingData) {
        note(.client, data.shown)
        connection.write(data.octets)
    }

    private mutating func handshake(afterStartTLS: Bool) async -> Bool {
        context.sink?.waiting(.tls, at: trace.endpoint)
        let begun = ContinuousClock.now
        defer { trace.durations[.tls, default: .zero] += ContinuousClock.now - begun }
        let early = session.record.discardedPlaintext
        do throws(HandshakeError) {
            guard let trust = try? await context.trust.context() else {
                throw .failed(.other("the trusted roots cannot be read"), discardedPlaintext: 0)
            }
            var facts = try await connection.startTLS(
                trust, host: trace.endpoint.host, afterStartTLS: afterStartTLS,
                until: context.deadline(for: .tls).instant)
            facts.discardedPlaintext += early
            trace.tls = facts.redacted(by: context.redactor)
            note(.event, "\(facts.version), \(facts.cipherSuite)")
            return true
        } catch {
            switch error {
            case .failed(let failure, _): fail(.tls, .tls(failure.redacted(by: context.redactor)))
            case .cancelled: cancel()
            // Octets that the server should not have sent, and then nothing: they were meant to be taken for its answers.
            case .timedOut where early > 0: fail(.tls, .violation(.injectedPlaintext, text: nil))
            case .timedOut: fail(.tls, .timedOut(after: ContinuousClock.now - begun))
            }
            return false
        }
    }

    /// Looks again in a second, unless the message was never sent or the time is over.
    private mutating func waitForDelivery() async -> SessionStep {
        guard let delivery = context.delivery, await delivery.isExpected, context.deadline.remaining > .seconds(2)
        else {
            return session.finish()
        }
        try? await Task.sleep(for: TestDelivery.pause)
        return Task.isCancelled ? session.finish() : session.resume()
    }

    /// The gate: a login goes out only over a verified channel, and once.
    private mutating func logInOrLeave() async -> SessionStep {
        guard case .login(let username, let credential) = login else {
            if case .none(let reason) = login { trace.loginWithheld = .skipped(reason) }
            return session.finish()
        }
        guard let facts = trace.tls, let channel = VerifiedChannel(facts) else {
            trace.loginWithheld = .channelNotVerified
            return session.finish()
        }
        let attempt = LoginAttempt(
            endpoint: trace.endpoint, username: username, credential: credential, provider: context.provider)
        switch await context.logins.permission(for: attempt) {
        case .granted: self.attempt = attempt
        case .refused(let reason):
            trace.loginWithheld = .skipped(reason)
            return session.finish()
        case .answered(let facts):
            knownLogin = facts
            trace.isLoginKnown = true
            return session.finish()
        }
        context.sink?.waiting(.auth, at: trace.endpoint)
        return session.authenticate(username: username, credential: credential, over: channel)
    }

    private mutating func fail(_ stage: Stage, _ failure: Failure) {
        trace.failure = SessionFailure(stage: stage, failure: failure)
        adopt()
        for line in session.unfinished { note(.server, line.escaped) }
        note(.event, "stopped at the stage \(stage.rawValue)")
        connection.close()
    }

    /// The run is cancelled: that is no fact about the server, and nothing is told.
    private mutating func cancel() {
        isCancelled = true
        adopt()
        connection.close()
    }

    private func note(_ direction: TranscriptEntry.Direction, _ text: String) {
        context.sink?.note(text, direction, at: trace.endpoint)
    }

    /// An address literal (RFC 5321, section 4.1.3): honest, and it tells no host name.
    private static func clientName(_ address: String?) -> String {
        guard let address, let ip = IPAddress(address) else { return "[127.0.0.1]" }
        return ip.isIPv6 ? "[IPv6:\(ip)]" : "[\(ip)]"
    }
}
