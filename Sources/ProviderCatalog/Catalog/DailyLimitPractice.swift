internal import MailJSON
public import MailModel

/// What pages about cold mail advise for one family of mailboxes: an entry of `practice` in `daily-limits.json`.
public struct DailyLimitPractice: Hashable, Sendable {
    /// How a new mailbox grows, week by week.
    public let ramp: [RampStep]
    /// The number that these pages advise never to go beyond.
    public let stop: Int
    /// Numbers by stage that bind, for families where the API's own bands are too high; empty elsewhere.
    public let caps: [MailboxStage: Int]
    /// Where the figures come from.
    public let sources: [String]

    private let about: String
    private let providers: Set<String>
    private let inboxTypes: Set<InboxType>
    private let kinds: Set<ProviderKind>
    let date: CatalogDate
    private let note: String?

    /// Whether the entry is about a mailbox of that kind.
    ///
    /// - Parameters:
    ///   - profile: The provider, nil when it is not known.
    ///   - inboxType: What kind of mailbox it is; nil counts as any server.
    ///   - domain: The domain of the address: some providers have people's own mailboxes beside those of organisations.
    /// - Returns: True when it fits.
    func fits(_ profile: ProviderProfile?, _ inboxType: InboxType?, at domain: DomainName?) -> Bool {
        if !providers.isEmpty { return profile.map { providers.contains($0.id) } ?? false }
        let kind = profile.map { $0.isConsumer(at: domain) ? .consumer : $0.kind } ?? .mailbox
        return inboxTypes.contains(inboxType ?? .customSMTP) && kinds.contains(kind)
    }

    /// The step of a day in the mailbox's life.
    ///
    /// - Parameter age: Days since its first.
    /// - Returns: The step, the last one for an age beyond all.
    public func step(atAge age: Int) -> RampStep? {
        let week = age / 7 + 1
        return ramp.last { $0.fromWeek <= week } ?? ramp.first
    }
}

extension DailyLimitPractice {
    /// How an entry stands in its file.
    static let json = JSONDescription<DailyLimitPractice>.object(
        {
            DailyLimitPractice(
                ramp: $0, stop: $1, caps: $2, sources: $3, about: $4, providers: $5, inboxTypes: $6, kinds: $7,
                date: $8,
                note: $9)
        },
        .field("ramp", \.ramp, ramp, "How a new mailbox grows: the first week of each step, and its number."),
        .field("stop", \.stop, .integer(in: 1...1_000_000), "The number never to go beyond."),
        .field("caps", \.caps, caps, missing: [:], "Numbers by stage that bind."),
        .field("sources", \.sources, .filledTexts, "Where the figures come from."),
        .field("about", \.about, .filledText, "What the entry is about."),
        .field("providers", \.providers, .textSet, missing: Set(), "The providers it is about, by id."),
        .field("inbox_types", \.inboxTypes, .words("a kind of mailbox"), "The kinds of mailbox it is about."),
        .field("kinds", \.kinds, .words("a kind of provider"), "The kinds of provider it is about."),
        .field("date", \.date, CatalogDate.json, "When it was looked up."),
        .field("note", \.note, .optional(.filledText), missing: nil, "How the pages were read."))

    private static let caps = JSONDescription<[MailboxStage: Int]>.table(
        .integer(in: 1...1_000_000), "Messages a day.")

    private static let step = JSONDescription<RampStep>.object(
        { RampStep(fromWeek: $0, toWeek: nil, daily: $1) },
        .field("from_week", \.fromWeek, .integer(in: 1...520), "The first week, counted from 1."),
        .field("daily", \.daily, .integer(in: 1...1_000_000), "Messages a day."))

    /// The weeks follow each other without a gap, and the numbers never fall.
    private static let ramp = JSONDescription<[RampStep]>.list(step).mapped { steps throws(JSONMistake) -> [RampStep] in
        var result: [RampStep] = []
        for step in steps {
            if let last = result.last {
                guard step.fromWeek > last.fromWeek, step.daily >= last.daily else {
                    throw JSONMistake(.badValue, "weeks and numbers must rise from step to step")
                }
                result[result.count - 1].toWeek = step.fromWeek - 1
            } else if step.fromWeek != 1 {
                throw JSONMistake(.badValue, "a ramp begins with week 1")
            }
            result.append(step)
        }
        return result
    } write: { (steps: [RampStep]) -> [RampStep] in
        steps
    }
}

extension JSONDescription {
    /// Words of which none counts twice, sorted.
    fileprivate static func words<Word>(_ noun: String) -> JSONDescription
    where Value == Set<Word>, Word: RawRepresentable & CaseIterable & Sendable & Hashable, Word.RawValue == String {
        JSONDescription<[Word]>.list(.word(noun)).mapped { words in
            Set(words)
        } write: { (words: Set<Word>) -> [Word] in
            words.sorted { $0.rawValue < $1.rawValue }
        }
    }
}
