import MailModel
import ProviderCatalog

/// Adds up what the hints of the ledger say for each provider.
struct ProviderVotes {
    /// Providers with mailboxes, the best supported first.
    let ranked: [(profile: ProviderProfile, score: Double)]

    /// Counts each source once for a provider: three selectors of one hoster are one hint.
    ///
    /// - Parameters:
    ///   - hints: Lines of the ledger that may point to a provider.
    ///   - factor: What every hint is worth here.
    ///   - catalog: The profiles.
    init(_ hints: [Evidence], factor: Double, catalog: Catalog) {
        var strongest: [String: [String: Double]] = [:]
        for hint in hints where hint.outcome == .found && hint.weight > 0 {
            guard let id = hint.pointsTo else { continue }
            strongest[id, default: [:]][hint.source] = max(strongest[id]?[hint.source] ?? 0, hint.weight * factor)
        }
        let scored = strongest.compactMap { id, weights -> (profile: ProviderProfile, score: Double)? in
            guard let profile = catalog.profile(id: id), profile.kind.hasMailboxes else { return nil }
            return (profile, 1 - weights.values.reduce(1) { $0 * (1 - $1) })
        }
        ranked = scored.sorted { ($0.score, $1.profile.id) > ($1.score, $0.profile.id) }
    }
}
