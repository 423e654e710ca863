internal import Foundation
internal import MailModel
internal import MailNetwork
internal import MailProtocol

/// Drives one session over one connection: does what each step asks for, and keeps the trace.
struct EndpointDialogue {
    private let context: CheckContext
    private let login: LoginPlan
    private let connection: MailConnection
    private var session: any MailSession
    private(set) var trace: EndpointTrace
    private var heard = 0
    private var deadlines: [Stage: ContinuousClock.Instant] = [:]

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

    /// Runs to the end of the dialogue. Whatever happens, the connection is closed when it returns.
    mutating func run() async {
        let implicit = trace.endpoint.security == .tls
        if implicit, await !handshake(afterStartTLS: false) { return }
        var step = session.start(secured: implicit)
        while let next = await perform(step) { step = next }
        trace.record = session.record
        guard trace.failure == nil, let failure = session.record.failure else { return }
        // A server that leaves once all is known takes nothing back.
        if case .rejected = failure.failure, session.record.isEssentialKnown { return }
        trace.failure = failure
    }

    /// Does what one step asks for; nil at the end.
    private mutating func perform(_ step: SessionStep) async -> SessionStep? {
        switch step {
        case .wait:
            guard let octets = await read() else { return nil }
            return received(octets)
        case .send(let data):
            send(data)
            return received([])
        case .startTLS:
            guard await handshake(afterStartTLS: true) else { return nil }
            return session.tlsEstablished()
        case .ready:
            return await logInOrLeave()
        case .pause: return await waitForDelivery()
        case .finished(let farewell), .stopped(let farewell):
            if let farewell { note(.client, farewell.shown) }
            connection.close(farewell: farewell?.octets)
            return nil
        }
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
            case .timedOut, .cancelled:
                let earlier = trace.durations[stage] ?? .zero
                fail(stage, .timedOut(after: earlier + (ContinuousClock.now - begun)))
            case .closed(let reset): fail(stage, .closed(reset: reset, lastWords: session.record.heard.last))
            }
            return nil
        }
    }

    /// A stage has its time as a whole, however often something is read in it: else a server that drips would hold us.
    private mutating func deadline(for stage: Stage) -> ContinuousClock.Instant {
        if session.record.isEssentialKnown { return min(context.deadline, .now + CheckContext.bonusLimit) }
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
    private mutating func received(_ octets: [UInt8]) -> SessionStep {
        let step = session.receive(octets)
        for line in session.record.heard.dropFirst(heard) { note(.server, line.escaped) }
        heard = session.record.heard.count
        return step
    }

    private mutating func send(_ data: OutgoingData) {
        note(.client, data.shown)
        connection.write(data.octets)
    }

    private mutating func handshake(afterStartTLS: Bool) async -> Bool {
        let begun = ContinuousClock.now
        defer { trace.durations[.tls, default: .zero] += ContinuousClock.now - begun }
        let early = session.record.discardedPlaintext
        do throws(HandshakeError) {
            guard let trust = try? await context.trust.context() else {
                throw .failed(.other("the trusted roots cannot be read"), discardedPlaintext: 0)
            }
            var facts = try await connection.startTLS(
                trust, host: trace.endpoint.host, afterStartTLS: afterStartTLS, until: context.deadline(for: .tls))
            facts.discardedPlaintext += early
            trace.tls = facts
            note(.event, "\(facts.version), \(facts.cipherSuite)")
            return true
        } catch {
            switch error {
            case .failed(let failure, _): fail(.tls, .tls(failure))
            case .timedOut, .cancelled: fail(.tls, .timedOut(after: ContinuousClock.now - begun))
            }
            return false
        }
    }

    /// Looks again in a second, unless the message was never sent or the time is over.
    private mutating func waitForDelivery() async -> SessionStep {
        guard let desk = context.delivery, await desk.isExpected, context.deadline - .now > .seconds(2) else {
            return session.finish()
        }
        try? await Task.sleep(for: DeliveryDesk.pause)
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
        guard await context.ledger.permit(trace.endpoint, username: username, credential: credential) else {
            trace.loginWithheld = .skipped("this login was tried before in this run")
            return session.finish()
        }
        return session.authenticate(username: username, credential: credential, over: channel)
    }

    private mutating func fail(_ stage: Stage, _ failure: Failure) {
        trace.failure = SessionFailure(stage: stage, failure: failure)
        trace.record = session.record
        note(.event, "stopped at the stage \(stage.rawValue)")
        connection.close()
    }

    private mutating func note(_ direction: TranscriptEntry.Direction, _ text: String) {
        trace.transcript.append(
            TranscriptEntry(
                at: ContinuousClock.now - context.started, endpoint: trace.endpoint, direction: direction, text: text))
    }

    /// An address literal (RFC 5321, section 4.1.3): honest, and it tells no host name.
    private static func clientName(_ address: String?) -> String {
        guard let address, let ip = IPAddress(address) else { return "[127.0.0.1]" }
        return ip.isIPv6 ? "[IPv6:\(ip)]" : "[\(ip)]"
    }
}
