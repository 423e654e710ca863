import MailConnect
import MailLoopback
import MailModel
import Testing

/// The one message that a mailbox sends to itself, when the user asks for it.
@Suite("The test message")
struct SendTestTests {
    private static let password = "Tr0mbone-in-the-attic"
    private static let host = "mail.small.test"

    private static let login = """
        S: 220 hi
        C: EHLO *
        S: 250-mail
        S: 250 AUTH PLAIN
        C: AUTH PLAIN *
        S: 235 in

        """
    private static let takes =
        login + """
            C: MAIL FROM:<jane@small.test>
            S: 250 fine
            C: RCPT TO:<jane@small.test>
            S: 250 fine
            C: DATA
            S: 354 go on
            C: From: <jane@small.test>
            [more]
            C: . else: other
            S: 250 2.0.0 queued as 1
            C: QUIT
            S: 221 bye
            ! close
            [other]
            C: *
            ! goto more
            """
    private static let inbox = """
        S: * OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] hi
        C: * LOGIN *
        S: {tag} OK in
        C: * EXAMINE INBOX
        S: * 0 EXISTS
        S: {tag} OK done
        C: * LIST *
        S: * LIST (\\Junk) "/" Spam
        S: {tag} OK done

        """
    private static let arrives =
        inbox + """
            C: * EXAMINE INBOX
            S: * 0 EXISTS
            S: {tag} OK
            C: * SEARCH *
            S: * SEARCH
            S: {tag} OK
            C: * EXAMINE "Spam"
            S: * 3 EXISTS
            S: {tag} OK
            C: * SEARCH HEADER Message-ID *
            S: * SEARCH 3
            S: {tag} OK
            C: * FETCH 3 (BODY.PEEK*
            S: * 3 FETCH (BODY[HEADER.FIELDS (AUTHENTICATION-RESULTS)] "Authentication-Results: mx.small.test; spf=fail (no) x; dkim=pass; dmarc=fail")
            S: {tag} OK
            C: * LOGOUT
            S: * BYE bye
            """

    private func run(
        smtp: String, imap: String, asked: Bool, timeout: Duration = .seconds(30)
    ) async throws -> (diagnosis: Diagnosis, sent: [String]) {
        nonisolated(unsafe) var servers: [MailPeer] = []
        let scripts = try [Dialogue(smtp + "\n"), Dialogue(imap + "\n")]
        let internet = try await SmallInternet(
            sites: { authority in
                let certificate = try authority.issue(CertificateRequest(names: [Self.host]))
                return [465, 993].enumerated().map { index, port in
                    let server = MailPeer(script: scripts[index], tls: certificate, implicitTLS: true)
                    servers.append(server)
                    return LoopbackSite(host: Self.host, port: port, peer: server)
                }
            }, zone: ["small.test MX 10 \(Self.host)"])
        let diagnosis = try await internet.diagnose("jane@small.test", password: Self.password, timeout: timeout) {
            $0.smtpEndpoint = Endpoint(service: .smtp, host: Self.host, port: 465, security: .tls)
            $0.imapEndpoint = Endpoint(service: .imap, host: Self.host, port: 993, security: .tls)
            $0.sendsTest = asked
        }
        await internet.stop()
        return (diagnosis, servers.first?.received ?? [])
    }

    @Test func arrivesAndIsJudgedByTheReceivingServer() async throws {
        let run = try await run(smtp: Self.takes, imap: Self.arrives, asked: true)
        let sender = try #require(run.diagnosis.observations.first { $0.id.description == "smtp.sender" })
        guard case .delivery(let facts)? = sender.facts else {
            Issue.record("no facts: \(sender) \(run.diagnosis.told)")
            return
        }
        #expect(facts.arrivedIn?.escaped == "Spam")
        #expect(facts.authority?.escaped == "mx.small.test")
        #expect(facts.methods.map { "\($0.name)=\($0.result)" } == ["spf=fail", "dkim=pass", "dmarc=fail"])
        #expect(run.diagnosis.told.contains("smtp submit delivery_not_authenticated"))
        #expect(run.diagnosis.verdict == .readyWithWarnings)
        #expect(run.sent.count { $0.hasPrefix("MAIL FROM") } == 1)
        #expect(run.sent.contains { $0.hasPrefix("Message-ID: <") })
    }

    @Test func neverWithoutBeingAsked() async throws {
        let run = try await run(
            smtp: Self.login + "C: QUIT\nS: 221 bye", imap: Self.inbox + "C: * LOGOUT", asked: false)
        #expect(run.diagnosis.verdict == .ready, "\(run.diagnosis.told)")
        #expect(!run.sent.contains { line in ["MAIL", "RCPT", "DATA"].contains { line.hasPrefix($0) } })
        #expect(!run.diagnosis.observations.contains { $0.id.description == "smtp.sender" })
    }

    @Test func aRefusedSenderIsTold() async throws {
        let refused = Self.login + "C: MAIL FROM:*\nS: 553 5.7.1 Sender address rejected: not owned by user\nC: QUIT"
        let run = try await run(smtp: refused, imap: Self.inbox + "C: * LOGOUT", asked: true)
        #expect(run.diagnosis.told == ["smtp submit sender_not_allowed"])
        #expect(run.diagnosis.outcome("smtp.auth") == .observed)
        #expect(run.diagnosis.verdict == .actionNeeded)
    }

    @Test func notSeenInTime() async throws {
        let looks = "[again]\nC: * EXAMINE *\nS: {tag} OK\nC: * SEARCH *\nS: * SEARCH\nS: {tag} OK\n! goto again"
        let run = try await run(smtp: Self.takes, imap: Self.inbox + looks, asked: true, timeout: .seconds(6))
        #expect(run.diagnosis.told == ["smtp submit delivery_not_seen"])
        #expect(run.diagnosis.verdict == .readyWithWarnings)
    }
}
