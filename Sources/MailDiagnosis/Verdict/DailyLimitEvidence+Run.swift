public import Foundation
public import MailModel

/// Reading the evidence out of a run.
extension DailyLimitEvidence {
    /// What the checks of a run show.
    ///
    /// - Parameters:
    ///   - observations: What the checks saw.
    ///   - findings: What it means; a server that held the run back is told there.
    ///   - now: The time of the run, from which ages are counted.
    public init(observations: [Observation], findings: [Finding], at now: Date) {
        self.init()
        for case .mailbox(let facts) in observations.compactMap(\.facts) {
            inbox = Self.history(facts.inboxMessages, facts.inboxOldest, now)
            sent = Self.history(facts.sentMessages, facts.sentOldest, now)
        }
        spf = Self.state(of: .dnsSPF, beginning: "v=spf1", in: observations)
        dmarc = Self.state(of: .dnsDMARC, beginning: "v=dmarc1", in: observations)
        dkim = Self.state(of: CheckID("dns.dkim"), beginning: "v=dkim1", in: observations)
        // A selector is a guess: that there is no key under it says nothing.
        if dkim == .missing { dkim = .unknown }
        let heldBack: Set<FindingID> = [.rateLimited, .tooManyLogins]
        wasThrottled = findings.contains { heldBack.contains($0.id) }
    }

    private static func history(_ messages: Int?, _ oldest: Date?, _ now: Date) -> FolderHistory? {
        guard messages != nil || oldest != nil else { return nil }
        let days = oldest.map { Int(max(0, min(now.timeIntervalSince($0), 1e10)) / 86_400) }
        return FolderHistory(messages: messages, oldestAge: days)
    }

    /// A record that stands twice counts for none, and so fails (RFC 7208, section 4.5; RFC 7489, section 6.6.3).
    private static func state(
        of id: CheckID, beginning tag: String, in observations: [Observation]
    ) -> PublishedRecordState {
        var state = PublishedRecordState.unknown
        for observation in observations where observation.id == id && observation.outcome == .observed {
            guard case .dns(let response)? = observation.facts else { continue }
            switch response.outcome {
            case .records(let records):
                let texts = records.count { record in
                    if case .txt(let text) = record { text.lowercased().hasPrefix(tag) } else { false }
                }
                state = texts == 1 ? .pass : texts == 0 ? .missing : .failing
            case .noData, .nameNotFound: state = .missing
            default: break
            }
        }
        return state
    }
}
