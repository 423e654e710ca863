import MailDiagnosis
import MailModel
import Testing

@Suite("What to try next")
struct AlternativePlanTests {
    private static let reply = Samples.smtpReply(554, nil, "no")

    private func plan(
        _ endpoint: Endpoint, _ stage: Stage, _ failure: Failure, known: [Endpoint] = [], otherFamily: Bool = false
    ) -> [String] {
        AlternativePlan(
            after: endpoint, stage: stage, failure: failure, known: known, hasOtherFamily: otherFamily
        ).candidates.map { "\($0.reason.rawValue) \($0.endpoint)" }
    }

    @Test func connections() {
        #expect(plan(Samples.smtp, .connect, .notConnected([])) == ["other_port smtp.example.com:465/tls"])
        #expect(plan(Samples.smtps, .connect, .notConnected([])) == ["other_port smtp.example.com:587/starttls"])
        #expect(plan(Samples.imap, .connect, .notConnected([])) == ["other_port imap.example.com:143/starttls"])
    }

    @Test func silence() {
        let tried = plan(Samples.smtp, .greeting, .timedOut(after: .zero), otherFamily: true)
        #expect(
            tried == [
                "other_security smtp.example.com:587/tls", "other_family smtp.example.com:587/starttls",
                "other_port smtp.example.com:465/tls",
            ])
    }

    @Test func clearTextOnATLSPort() {
        let tried = plan(Samples.smtps, .tls, .tls(.notTLS(firstOctets: ServerText("220 hi"))))
        #expect(tried.first == "other_security smtp.example.com:465/starttls")
    }

    @Test func hostsOfTheProvider() {
        let other = Endpoint(service: .smtp, host: "smtp.eu.example.com", port: 587, security: .starttls)
        let gone = DNSResponse(name: "smtp.example.com", type: .a, outcome: .nameNotFound, duration: .zero)
        let silent = DNSResponse(name: "smtp.example.com", type: .a, outcome: .timedOut, duration: .zero)
        let known = [Samples.smtp, other]
        #expect(plan(Samples.smtp, .connect, .noAddress([gone]), known: known) == ["other_host \(other)"])
        #expect(plan(Samples.smtp, .connect, .noAddress([silent]), known: known) == [])
    }

    @Test func theServersOwnNoIsTaken() {
        #expect(plan(Samples.smtp, .greeting, .rejected(Self.reply)) == [])
        #expect(plan(Samples.smtp, .capabilities, .rejected(Self.reply)) == [])
        #expect(plan(Samples.smtp, .auth, .rejected(Self.reply)) == [])
        #expect(plan(Samples.smtp, .auth, .timedOut(after: .zero)) == [])
        #expect(plan(Samples.smtp, .auth, .closed(reset: false, lastWords: nil)) == [])
        #expect(plan(Samples.smtp, .auth, .noCommonMechanism(offered: ["XOAUTH2"])) == [])
    }

    @Test func anOddPortWasMeant() {
        var odd = Samples.smtp
        odd.port = 10_587
        #expect(plan(odd, .connect, .notConnected([])) == [])
    }
}
