import MailModel
import ProviderCatalog

/// All numbers that a mailbox must not go beyond: its provider's, and those of pages about cold mail where they bind.
struct LimitCaps {
    private let evidence: DailyLimitEvidence
    private let decision: StageDecision
    private let bands: DailyLimitBands
    private let practice: DailyLimitPractice?

    init(_ evidence: DailyLimitEvidence, _ decision: StageDecision, _ bands: DailyLimitBands) {
        self.evidence = evidence
        self.decision = decision
        self.bands = bands
        practice = bands.practice(for: evidence.profile, inboxType: evidence.inboxType, at: evidence.domain)
    }

    /// The caps that hold, in the order in which they are told.
    var all: [LimitCap] {
        [dailyCap].compactMap(\.self) + published.map(cap) + [firstWeeks, consumer].compactMap(\.self)
    }

    /// What is counted when a message goes to one stranger.
    private static let counted: Set<String> = [
        "messages", "recipients", "external_recipients", "unique_recipients", "non_relationship_recipients",
    ]

    private var dailyCap: LimitCap? {
        guard let cap = evidence.profile?.dailyCap else { return nil }
        return LimitCap(
            value: cap.value, hard: cap.value,
            reason: LimitReason("provider_cap", "The provider's own limit is \(cap.value) a day."),
            sources: [cap.source])
    }

    /// The published figures that hold for this mailbox; of those that depend on an age, the one for the assumed age.
    private var published: [SendingLimit] {
        (evidence.profile?.limits ?? []).filter { limit in
            guard Self.counted.contains(limit.what), [.minute, .hour, .day].contains(limit.per) else { return false }
            guard let condition = limit.applies else {
                // A plain figure for the day is the daily cap already, where the profile names one.
                return limit.per != .day || evidence.profile?.dailyCap == nil
            }
            return holds(condition)
        }
    }

    private func holds(_ condition: LimitCondition) -> Bool {
        if condition.isForTrials, !evidence.isTrial { return false }
        if let domain = condition.addressDomain {
            let name = evidence.domain?.description ?? ""
            guard name == domain || name.hasSuffix("." + domain) else { return false }
        }
        let age = decision.assumedAge
        return age >= condition.fromDay ?? 0 && age <= condition.toDay ?? .max
    }

    private func cap(_ limit: SendingLimit) -> LimitCap {
        let isShared = limit.applies?.isShared ?? false
        let isDaily = limit.per == .day
        let dependsOnAge = limit.applies?.dependsOnAge ?? false
        let percent = isShared ? bands.rules.sharedPercent : isDaily ? 100 : bands.rules.hourlyPercent
        // The catalogue keeps figures below 100,000,000, so nothing overflows.
        let share = max(1, limit.value * (limit.per == .minute ? 60 : 1) * percent / 100)
        let isCertain = isDaily && !(dependsOnAge && decision.age == nil) && !(limit.applies?.isExample ?? false)
        return LimitCap(
            value: share, hard: isCertain ? limit.value : nil, holdsAlways: !dependsOnAge,
            reason: reason(limit, share, isShared: isShared), sources: [limit.source])
    }

    private func reason(_ limit: SendingLimit, _ share: Int, isShared: Bool) -> LimitReason {
        let figure = "\(limit.value) \(limit.what.replacing("_", with: " ")) a \(limit.per.rawValue)"
        let note = limit.note.map { " (\($0))" } ?? ""
        if isShared {
            return LimitReason(
                "shared_cap",
                "The whole organisation may send \(figure)\(note); \(bands.rules.sharedPercent) % of it is \(share).",
                raise: "What would raise it: mail from a domain of the organisation's own, and no other senders there.")
        }
        if limit.applies?.dependsOnAge ?? false {
            return LimitReason(
                "contract_age", "The provider lets young contracts send \(figure)\(note): that allows \(share) a day.",
                action: .tellContractAge)
        }
        if limit.applies?.isExample ?? false {
            return LimitReason(
                "example_cap", "Hosters of this kind set limits of their own, such as \(figure): that allows \(share).",
                action: .setDailyLimit)
        }
        let perDay = "The provider's own limit is \(figure)\(note)."
        return limit.per == .day
            ? LimitReason("provider_cap", perDay)
            : LimitReason(
                "hourly_cap",
                "\(perDay) A day's messages may leave within one hour, beside other mail, so \(share) are advised.",
                raise: "What would raise it: a plan with a higher limit an hour.")
    }

    /// Hosters that watch a contract's age: what pages about cold mail advise for its first weeks.
    private var firstWeeks: LimitCap? {
        let watchesAge = evidence.profile?.limits.contains { $0.applies?.dependsOnAge ?? false } ?? false
        guard watchesAge, let age = decision.age, age < bands.warmingFrom, let practice,
            let step = practice.step(atAge: age)
        else { return nil }
        return LimitCap(
            value: step.daily, holdsAlways: false,
            reason: LimitReason(
                "first_weeks", "The contract is in its first weeks (day \(age)), which this provider watches.",
                raise: "What would raise it: time; see the weeks below."),
            sources: practice.sources)
    }

    private var consumer: LimitCap? {
        guard let practice, let value = practice.caps[decision.stage] else { return nil }
        return LimitCap(
            value: value, holdsAlways: false,
            reason: LimitReason(
                "consumer_mailbox", "Mailboxes of consumers are blocked early when they send cold mail.",
                raise: "What would raise it: a mailbox of an organisation, at a domain of its own."),
            sources: practice.sources)
    }
}

/// A number that the advice must not go beyond.
struct LimitCap {
    /// Messages a day, for the advice.
    var value: Int
    /// What the provider itself lets nobody go beyond, when that is certain: the user may not ask for more either.
    var hard: Int?
    /// Whether it holds at any age, so that the weeks of a ramp keep below it too.
    var holdsAlways = true
    /// What it is.
    var reason: LimitReason
    /// Where the figure stands.
    var sources: [String]
}
