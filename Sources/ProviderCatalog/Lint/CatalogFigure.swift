import MailModel

/// Something of a profile that has a source of its own: a part, a limit, a cap, a figure of the pace.
struct CatalogFigure: Hashable, Sendable {
    /// Where its source stands in the profile.
    var keyPath: String
    /// Where it was learnt.
    var source: String
    /// When that was looked up.
    var date: CatalogDate
    /// The day on the page itself.
    var published: String?
    /// What is said about the source.
    var note: String?
    /// How sure it is said to be.
    var confidence: SourceConfidence?

    /// All that a profile has, in its order.
    static func all(of profile: ProviderProfile) -> [CatalogFigure] {
        parts(profile) + limits(profile) + pace(profile) + endings(profile)
    }

    private static func parts(_ profile: ProviderProfile) -> [CatalogFigure] {
        profile.sources.enumerated().map { number, item in
            CatalogFigure(
                keyPath: "sources[\(number)].source", source: item.source, date: item.date, published: item.published,
                note: item.note, confidence: item.confidence)
        }
    }

    private static func limits(_ profile: ProviderProfile) -> [CatalogFigure] {
        let limits = profile.limits.enumerated().map { number, item in
            CatalogFigure(
                keyPath: "limits[\(number)].source", source: item.source, date: item.date, published: item.published,
                note: item.note, confidence: item.confidence)
        }
        guard let cap = profile.dailyCap else { return limits }
        return limits + [
            CatalogFigure(
                keyPath: "daily_cap.source", source: cap.source, date: cap.date, published: cap.published, note: nil,
                confidence: cap.confidence)
        ]
    }

    private static func pace(_ profile: ProviderProfile) -> [CatalogFigure] {
        // A bare number says nowhere where it was learnt: its source is nothing, which is told as such.
        let figures = profile.pace.figures.compactMap { key, item in
            (item.date ?? profile.sources.map(\.date).max()).map { date in
                CatalogFigure(
                    keyPath: "pace.\(key).source", source: item.source ?? "", date: date, published: item.published,
                    note: item.note, confidence: item.confidence)
            }
        }
        guard let rule = profile.pace.lockout else { return figures }
        return figures + [
            CatalogFigure(
                keyPath: "pace.lockout.source", source: rule.source, date: rule.date, published: rule.published,
                note: nil, confidence: rule.confidence)
        ]
    }

    private static func endings(_ profile: ProviderProfile) -> [CatalogFigure] {
        profile.loginEndings.enumerated().map { number, item in
            CatalogFigure(
                keyPath: "login_endings[\(number)].source", source: item.source, date: item.date, published: nil,
                note: nil, confidence: nil)
        }
    }
}
