import MailConnect
import MailModel
import Testing

/// Whatever a hostile server does: no secret outside verified TLS, no success believed that was not earned, a finding,
/// and an end within the time.
@Suite("Hostile peers")
struct HostilePeerTests {
    static let startTLSCases =
        HostileTables.stripping + HostileTables.injection + HostileTables.preauth + HostileTables.referrals
    static let loginCases =
        HostileTables.changed + HostileTables.planted + HostileTables.smtpLogins + HostileTables.imapLogins
    static let wireCases =
        HostileTables.floods + HostileTables.drips + HostileTables.characters + HostileTables.alerts
        + HostileTables.lost

    @Test func thereAreManyCases() { #expect((Self.startTLSCases + Self.loginCases + Self.wireCases).count >= 150) }

    @Test("STARTTLS, PREAUTH and referrals", arguments: startTLSCases)
    func startTLS(_ peer: HostileCase) async throws { try await check(peer) }

    @Test("capabilities and logins", arguments: loginCases)
    func logins(_ peer: HostileCase) async throws { try await check(peer) }

    @Test("floods, drips, control characters, lost connections", arguments: wireCases)
    func wire(_ peer: HostileCase) async throws { try await check(peer) }

    private func check(_ peer: HostileCase) async throws {
        try await FaultGate.shared.pass {
            let runner = FaultRunner(cell: peer.cell)
            let run = try await runner.play()
            let own = run.diagnosis.findings.filter { $0.service == peer.cell.service }
            let ids = Set(own.map(\.id))
            #expect(!ids.isDisjoint(with: peer.told), "told: \(own.map { "\($0.id) \($0.summary)" })")
            let auth = run.diagnosis.outcome("\(peer.cell.service.rawValue).auth")
            if !peer.successAllowed {
                #expect(auth != .observed)
                #expect(!run.diagnosis.verdict.isReady)
            }
            #expect(run.took < peer.cell.timeout + .seconds(3))
            #expect(!run.questions.contains { $0.contains("evil.test") })
            runner.expectNoLeak(run)
            Self.expectPlain(run.diagnosis)
        }
    }

    /// Nothing that is shown can move a cursor.
    private static func expectPlain(_ diagnosis: Diagnosis) {
        let shown =
            diagnosis.findings.flatMap { [$0.summary, $0.detail, $0.serverText ?? ""] }
            + diagnosis.transcript.map(\.text)
        #expect(shown.allSatisfy { text in text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F } })
    }
}
