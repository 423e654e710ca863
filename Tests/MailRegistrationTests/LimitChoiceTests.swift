import MailModel
import MailRegistration
import Testing

@Suite struct LimitChoiceTests {
    private func choice(_ asked: Int?, cap: Int?, force: Bool = false) -> (number: Int?, note: String?) {
        let advice = DailyLimit(
            recommended: 20, low: 20, high: 30, stage: .unknown, providerCap: cap, reasons: [], sources: [])
        switch LimitChoice(asked: asked, advice: advice, force: force) {
        case .send(let number, let note): return (number, note)
        case .refused(let reason): return (nil, reason)
        }
    }

    @Test func theAdviceUnlessAsked() {
        #expect(choice(nil, cap: 500).number == 20 && choice(nil, cap: 500).note == nil)
        #expect(choice(5, cap: 500).number == 5 && choice(5, cap: 500).note == nil)
        #expect(choice(20, cap: nil).note == nil)
    }

    @Test func aboveTheAdviceWithAWarning() throws {
        let above = choice(21, cap: nil)
        #expect(above.number == 21)
        let note = try #require(above.note)
        #expect(note.contains("21") && note.contains("20"))
        #expect(choice(500, cap: 500).number == 500)
    }

    @Test func aboveTheCapOnlyByForce() throws {
        let refused = choice(501, cap: 500)
        #expect(refused.number == nil && refused.note?.contains("own limit of 500") == true)
        let forced = choice(501, cap: 500, force: true)
        #expect(forced.number == 501 && forced.note?.contains("500") == true)
    }

    @Test func onlySTARTTLSForIMAPIsDoubtful() throws {
        var settings = AccountSettings(
            smtp: Endpoint(service: .smtp, host: "smtp.example.com", port: 587, security: .starttls),
            smtpUsername: "jane", imap: Endpoint(service: .imap, host: "imap.example.com", port: 993, security: .tls),
            imapUsername: "jane", source: .user)
        #expect(SettingsDoubt.about(settings).isEmpty)
        settings.imap.port = 143
        settings.imap.security = .starttls
        let doubt = try #require(SettingsDoubt.about(settings).first)
        #expect(doubt.contains("imap_use_ssl") && doubt.contains("143") && doubt.contains("993"))
    }
}
