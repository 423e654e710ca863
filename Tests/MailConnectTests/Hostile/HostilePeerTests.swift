import MailConnect
import MailModel
import Testing

/// Whatever a hostile server does: no secret outside verified TLS, no success believed that was not earned, a finding,
/// and an end within the time.
@Suite("Hostile peers")
struct HostilePeerTests {
    static let startTLSCases =
        HostileTables.stripping + HostileTables.injection + HostileTables.canned + HostileTables.preauth
        + HostileTables.referrals
    static let loginCases =
        HostileTables.changed + HostileTables.planted + HostileTables.smtpLogins + HostileTables.imapLogins
    static let wireCases =
        HostileTables.floods + HostileTables.drips + HostileTables.characters + HostileTables.alerts
        + HostileTables.lost

    @Test func thereAreManyCases() { #expect((Self.startTLSCases + Self.loginCases + Self.wireCases).count >= 150) }

    @Test("STARTTLS, PREAUTH and referrals")
    func startTLS() async throws { try await FaultGate.shared.each(Self.startTLSCases) { try await Self.check($0) } }

    @Test("capabilities and logins")
    func logins() async throws { try await FaultGate.shared.each(Self.loginCases) { try await Self.check($0) } }

    @Test("floods, drips, control characters, lost connections")
    func wire() async throws { try await FaultGate.shared.each(Self.wireCases) { try await Self.check($0) } }

    /// A server that drips its answer to a question which is merely good to have is left soon, and nothing is taken back.
    @Test("drips once all that matters is known") func bonus() async throws {
        let script =
            SoundPath.script(.imap, .tls, to: .auth)
            + SoundEnd.mailbox
            .replacing("* 0 EXISTS", with: "* 5 EXISTS")
            .replacing(
                "C: * LOGOUT", with: "C: * FETCH *\n! drip 200\nS: * 1 FETCH (X \(String(repeating: "z", count: 300)))")
        var cell = FaultCell(
            name: "drips", service: .imap, security: .tls, script: script, told: [], status: 0, loginAllowed: true)
        cell.patience = .seconds(30)
        let run = try await FaultRunner(cell: cell).play()
        #expect(run.diagnosis.outcome("imap.auth") == .observed)
        #expect(run.diagnosis.told.isEmpty)
        #expect(run.received.contains { $0.contains("FETCH") })
        #expect(run.took < .seconds(12))
    }

    private static func check(_ peer: HostileCase) async throws {
        let name = peer.testDescription
        let runner = FaultRunner(cell: peer.cell)
        let run = try await runner.play()
        let own = run.diagnosis.findings.filter { $0.service == peer.cell.service }
        let ids = Set(own.map(\.id))
        #expect(!ids.isDisjoint(with: peer.told), "\(name), told: \(own.map { "\($0.id) \($0.summary)" })")
        let auth = run.diagnosis.outcome("\(peer.cell.service.rawValue).auth")
        if !peer.successAllowed {
            #expect(auth != .observed, "\(name)")
            #expect(!run.diagnosis.verdict.isReady, "\(name)")
        }
        #expect(run.took < peer.cell.timeout + .seconds(3), "\(name)")
        #expect(!run.questions.contains { $0.contains("evil.test") }, "\(name)")
        runner.expectNoLeak(run)
        expectPlain(run.diagnosis)
    }

    /// Nothing that is shown can move a cursor.
    private static func expectPlain(_ diagnosis: Diagnosis) {
        let shown =
            diagnosis.findings.flatMap { [$0.summary, $0.detail, $0.serverText ?? ""] }
            + diagnosis.transcript.map(\.text)
        #expect(shown.allSatisfy { text in text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F } })
    }
}
