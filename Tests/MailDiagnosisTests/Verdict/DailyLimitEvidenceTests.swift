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

    private static func lookup(_ outcome: DNSOutcome) -> DNSResponse {
        DNSResponse(name: "example.com", type: .txt, outcome: outcome, duration: .zero)
    }

    private static let there = lookup(.records([.txt("a record")]))

    private func seen(_ facts: CheckFacts, _ outcome: CheckOutcome = .observed) -> DailyLimitEvidence {
        evidence([Observation(id: CheckID("dns.test"), stage: .dns, outcome: outcome, facts: facts)])
    }

    @Test(arguments: [
        (SPFFacts(lookup: there, recordCount: 1, includesProvider: true), PublishedRecordState.pass),
        (SPFFacts(lookup: there, recordCount: 1, lookupCount: 10), .pass),
        (SPFFacts(lookup: there, recordCount: 1, lookupCount: 11), .failing),
        (SPFFacts(lookup: there, recordCount: 2), .failing),
        (SPFFacts(lookup: there, recordCount: 1, problems: ["bad"]), .failing),
        (SPFFacts(lookup: there, recordCount: 1, includesProvider: false), .unknown),
        (SPFFacts(lookup: there), .missing), (SPFFacts(lookup: lookup(.noData)), .missing),
        (SPFFacts(lookup: lookup(.nameNotFound)), .missing), (SPFFacts(lookup: lookup(.timedOut)), .unknown),
        (SPFFacts(lookup: lookup(.serverFailure)), .unknown),
    ])
    func spf(facts: SPFFacts, state: PublishedRecordState) {
        #expect(seen(.spf(facts)).spf == state)
        #expect(seen(.spf(facts), .skipped(.resolverSilent)).spf == .unknown)
    }

    @Test(arguments: [
        (DMARCFacts(lookup: there, recordCount: 1, policy: "none"), PublishedRecordState.pass),
        (DMARCFacts(lookup: there, recordCount: 1), .failing),
        (DMARCFacts(lookup: there, recordCount: 2, policy: "none"), .failing),
        (DMARCFacts(lookup: lookup(.nameNotFound)), .missing), (DMARCFacts(lookup: lookup(.refused)), .unknown),
    ])
    func dmarc(facts: DMARCFacts, state: PublishedRecordState) { #expect(seen(.dmarc(facts)).dmarc == state) }

    @Test(arguments: [
        ([DKIMFacts.State.key], PublishedRecordState.pass), ([.missing, .key], .pass), ([.withdrawn, .key], .pass),
        ([.withdrawn, .missing], .failing), ([.missing, .missing], .missing), ([.missing, .notKnown], .unknown),
        ([], .unknown),
    ])
    func dkim(states: [DKIMFacts.State], state: PublishedRecordState) {
        let selectors = states.map { DKIMFacts.Selector(name: "s", state: $0, lookup: Self.there) }
        #expect(seen(.dkim(DKIMFacts(selectors: selectors))).dkim == state)
    }

    @Test func whatIMAPShows() {
        let day = 86_400.0
        let facts = MailboxFacts(
            inboxMessages: 12, inboxOldest: Self.now.addingTimeInterval(-40 * day - 5), sentMessages: 3,
            sentOldest: Self.now.addingTimeInterval(3 * day))
        let endpoint = Endpoint(service: .imap, host: "imap.example.com", port: 993, security: .tls)
        let seen = evidence([
            Observation(
                id: .mailboxes, stage: .mailbox, endpoint: endpoint, outcome: .observed,
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
