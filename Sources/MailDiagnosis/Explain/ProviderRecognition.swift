import MailModel
import ProviderCatalog

/// Tells by hosts, addresses and words whose server speaks in a text.
struct ProviderRecognition {
    private var scores: [String: Int] = [:]
    private let catalog: Catalog

    /// Reads a text.
    ///
    /// - Parameters:
    ///   - context: The text.
    ///   - catalog: What is known of providers.
    init(_ context: TextContext, catalog: Catalog) {
        self.catalog = catalog
        for provider in catalog.traces.providers where context.has(provider.words) {
            // Longer words say more: those of one data centre more than those of the whole provider.
            let longest = provider.words.filter { context.octets.contains(word: $0) }.map(\.utf8.count).max() ?? 0
            scores[provider.id, default: 0] += 200 + min(longest, 40)
        }
        let names = HostReader.names(in: context.text)
        guard !names.isEmpty else { return }
        for profile in catalog.profiles { add(profile, names) }
    }

    /// The id of the provider that most speaks for, nil when nothing does.
    ///
    /// - Parameter candidates: The ids that words of a reply leave; all when empty.
    /// - Returns: The id.
    func best(among candidates: [String] = []) -> String? {
        let allowed = candidates.isEmpty ? scores : scores.filter { candidates.contains($0.key) }
        let best = allowed.max { ($0.value, $1.key) < ($1.value, $0.key) }
        return best?.key ?? candidates.first
    }

    private mutating func add(_ profile: ProviderProfile, _ names: HostReader.Names) {
        var score = 0
        for server in profile.smtp + profile.imap where names.hosts.contains(server.host) { score = max(score, 300) }
        for pattern in profile.mxPatterns where names.all.contains(pattern.name) { score = max(score, 150) }
        for domain in profile.domains where names.all.contains(domain.name) {
            score = max(score, names.domains.contains(domain.name) ? 60 : 100)
        }
        if score > 0 { scores[profile.id, default: 0] += score }
    }
}
