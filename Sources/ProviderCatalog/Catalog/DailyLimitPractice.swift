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

    private let providers: Set<String>
    private let inboxTypes: Set<InboxType>
    private let kinds: Set<ProviderKind>
    let date: CatalogDate

    /// Whether the entry is about a mailbox of that kind.
    ///
    /// - Parameters:
    ///   - profile: The provider, nil when it is not known.
    ///   - inboxType: What kind of mailbox it is; nil counts as any server.
    /// - Returns: True when it fits.
    func fits(_ profile: ProviderProfile?, _ inboxType: InboxType?) -> Bool {
        if !providers.isEmpty { return profile.map { providers.contains($0.id) } ?? false }
        return inboxTypes.contains(inboxType ?? .customSMTP) && kinds.contains(profile?.kind ?? .mailbox)
    }

    /// The step of a day in the mailbox's life.
    ///
    /// - Parameter age: Days since its first.
    /// - Returns: The step, the last one for an age beyond all.
    public func step(atAge age: Int) -> RampStep? {
        let week = age / 7 + 1
        return ramp.last { $0.fromWeek <= week } ?? ramp.first
    }

    /// Reads one entry.
    init(_ object: JSONObject) throws(CatalogError) {
        try object.allow(
            ["about", "inbox_types", "kinds", "ramp", "stop", "sources", "date"],
            optional: ["providers", "caps", "note"])
        _ = try object.text("about")
        providers = Set(try object.texts("providers"))
        inboxTypes = try Self.words("inbox_types", in: object)
        kinds = try Self.words("kinds", in: object)
        stop = try object.integer("stop", in: 1...1_000_000)
        sources = try object.texts("sources")
        date = try object.date("date")
        ramp = try Self.ramp(in: object)
        caps = try Self.caps(in: object)
    }

    private static func words<Word: RawRepresentable & Hashable>(
        _ key: String, in object: JSONObject
    ) throws(CatalogError) -> Set<Word> where Word.RawValue == String {
        var result: Set<Word> = []
        for text in try object.texts(key) {
            guard let word = Word(rawValue: text) else { throw object.error(.badValue, key, "\(text) is not known") }
            result.insert(word)
        }
        return result
    }

    /// The weeks follow each other without a gap, and the numbers never fall.
    private static func ramp(in object: JSONObject) throws(CatalogError) -> [RampStep] {
        var result: [RampStep] = []
        for item in try object.objects("ramp") {
            try item.allow(["from_week", "daily"])
            let week = try item.integer("from_week", in: 1...520)
            let daily = try item.integer("daily", in: 1...1_000_000)
            if let last = result.last {
                guard week > last.fromWeek, daily >= last.daily else {
                    throw item.error(.badValue, "from_week", "weeks and numbers must rise from step to step")
                }
                result[result.count - 1].toWeek = week - 1
            } else if week != 1 {
                throw item.error(.badValue, "from_week", "a ramp begins with week 1")
            }
            result.append(RampStep(fromWeek: week, toWeek: nil, daily: daily))
        }
        return result
    }

    private static func caps(in object: JSONObject) throws(CatalogError) -> [MailboxStage: Int] {
        guard let caps = try object.optionalObject("caps") else { return [:] }
        try caps.allow(MailboxStage.allCases.map(\.rawValue))
        var result: [MailboxStage: Int] = [:]
        for stage in MailboxStage.allCases { result[stage] = try caps.integer(stage.rawValue, in: 1...1_000_000) }
        return result
    }
}
