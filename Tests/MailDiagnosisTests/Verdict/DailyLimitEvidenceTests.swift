import Foundation
import MailDiagnosis
import MailModel
import Testing

/// What of a run becomes evidence for the daily limit.
@Suite struct DailyLimitEvidenceTests {
    private static let now = Date(timeIntervalSince1970: 1_795_000_000)

    private func evidence(_ observations: [Observation], _ findings: [Finding] = []) -> DailyLimitEvidence {
        DailyLimitEvidence(observations: observations, findings: findings, at: Self.now)
    }

    private static func lookup(_ id: CheckID, _ outcome: DNSOutcome) -> Observation {
        Observation(
            id: id, stage: .dns, outcome: .observed,
            facts: .dns(DNSResponse(name: "example.com", type: .txt, outcome: outcome, duration: .zero)))
    }

    @Test(arguments: [
        (DNSOutcome.records([.txt("v=spf1 -all")]), PublishedRecordState.pass),
        (.records([.txt("V=SPF1 include:a.test ~all"), .txt("other")]), .pass),
        (.records([.txt("v=spf1 a"), .txt("v=spf1 mx")]), .failing),
        (.records([.txt("other")]), .missing), (.noData, .missing), (.nameNotFound, .missing),
        (.serverFailure, .unknown), (.timedOut, .unknown), (.refused, .unknown), (.broken("x"), .unknown),
    ])
    func spf(outcome: DNSOutcome, state: PublishedRecordState) {
        #expect(evidence([Self.lookup(.dnsSPF, outcome)]).spf == state)
    }

    @Test func theOtherRecords() {
        let seen = evidence([
            Self.lookup(.dnsDMARC, .records([.txt("v=DMARC1; p=none")])),
            Self.lookup(CheckID("dns.dkim"), .records([.txt("v=DKIM1; k=rsa; p=abc")])),
        ])
        #expect(seen.dmarc == .pass && seen.dkim == .pass && seen.spf == .unknown)
        // A selector is a guess.
        #expect(evidence([Self.lookup(CheckID("dns.dkim"), .nameNotFound)]).dkim == .unknown)
    }

    @Test func whatIMAPShows() {
        let day = 86_400.0
        let facts = MailboxFacts(
            inboxMessages: 12, inboxOldest: Self.now.addingTimeInterval(-40 * day - 5), sentMessages: 3,
            sentOldest: Self.now.addingTimeInterval(3 * day))
        let endpoint = Endpoint(service: .imap, host: "imap.example.com", port: 993, security: .tls)
        let seen = evidence([
            Observation(
                id: .of(.imap, "mailboxes"), stage: .mailbox, endpoint: endpoint, outcome: .observed,
                facts: .mailbox(facts))
        ])
        #expect(seen.inbox == FolderHistory(messages: 12, oldestAge: 40))
        // A date in the future is no age.
        #expect(seen.sent == FolderHistory(messages: 3, oldestAge: 0))
        #expect(evidence([]).inbox == nil && evidence([]).sent == nil)
    }

    @Test(arguments: [
        (FindingID.rateLimited, true), (.tooManyLogins, true), (.badCredentials, false), (.serverBusy, false),
    ])
    func throttling(id: FindingID, isThrottled: Bool) {
        let finding = Finding(
            id: id, severity: .error, confidence: 0.9, service: .smtp, stage: .auth, summary: "", detail: "",
            evidence: [], remedy: Remedy(who: .user, steps: []), retry: .no)
        #expect(evidence([], [finding]).wasThrottled == isThrottled)
    }
}
