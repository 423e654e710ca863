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
        for observation in observations where observation.outcome == .observed {
            switch observation.facts {
            case .spf(let facts)?: spf = Self.state(facts)
            case .dmarc(let facts)?: dmarc = Self.state(facts)
            case .dkim(let facts)?: dkim = Self.state(facts)
            default: break
            }
        }
        let heldBack: Set<FindingID> = [.rateLimited, .tooManyLogins]
        wasThrottled = findings.contains { heldBack.contains($0.id) }
    }

    private static func history(_ messages: Int?, _ oldest: Date?, _ now: Date) -> FolderHistory? {
        guard messages != nil || oldest != nil else { return nil }
        let days = oldest.map { Int(max(0, min(now.timeIntervalSince($0), 1e10)) / 86_400) }
        return FolderHistory(messages: messages, oldestAge: days)
    }

    /// What receivers answer with permerror fails (RFC 7208, sections 4.5 and 4.6). Whether a record without the
    /// provider's include lets its servers send in another way is not known.
    private static func state(_ facts: SPFFacts) -> PublishedRecordState {
        guard facts.lookup.isAnswered else { return .unknown }
        if facts.recordCount == 0 { return .missing }
        if facts.fault != nil { return .failing }
        return facts.includesProvider == false ? .unknown : .pass
    }

    /// Several records count for none, and one without a policy does nothing (RFC 7489, section 6.6.3).
    private static func state(_ facts: DMARCFacts) -> PublishedRecordState {
        guard facts.decisiveLookup.isAnswered else { return .unknown }
        if facts.recordCount == 0 { return .missing }
        return facts.recordCount == 1 && facts.policy != nil ? .pass : .failing
    }

    /// One key is enough: providers hand out several names and use one at a time.
    private static func state(_ facts: DKIMFacts) -> PublishedRecordState {
        let states = facts.selectors.map(\.state)
        if states.contains(.key) { return .pass }
        if states.isEmpty || states.contains(.notKnown) { return .unknown }
        return states.contains(.withdrawn) ? .failing : .missing
    }
}
